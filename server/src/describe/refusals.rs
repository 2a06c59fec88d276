//! The bodies of refusals, by status: the shapes that `error.rs` gives them.

use serde_json::{Value, json};

/// The response component of a status.
pub(super) fn name(status: u16) -> &'static str {
    match status {
        400 => "BadRequest",
        401 => "Unauthenticated",
        403 => "Forbidden",
        404 => "NotFound",
        406 => "TooManyWords",
        409 => "Conflict",
        416 => "NoSuchRange",
        422 => "Invalid",
        429 => "TooManyCalls",
        503 => "Busy",
        _ => "InternalError",
    }
}

/// All of them.
pub(super) const STATUSES: [u16; 11] = [400, 401, 403, 404, 406, 409, 416, 422, 429, 500, 503];

/// What stands in the components under [`name`].
pub(super) fn response(status: u16) -> Value {
    let description = match status {
        400 => {
            "The body is not JSON, a value of the query cannot be meant, there are too many of them, \
             or a key was used twice."
        }
        401 => "No credentials, or none that hold.",
        403 => "Known, but this is not for them.",
        404 => "No such record, or none that the caller may know of.",
        406 => "The search has more words than it may have.",
        409 => "The record has moved on.",
        416 => "No byte of the file is in the range.",
        422 => "Values do not pass; `details` tells by field.",
        429 => "Too many calls.",
        503 => "Busy; worth another try.",
        _ => "Our fault; the log has the cause under the `x-request-id`.",
    };
    let mut response = json!({
        "description": description,
        "content": {"application/json": {"schema": body(status)}},
    });
    let header = match status {
        416 => Some(("content-range", json!({"type": "string"}))),
        401 => Some(("www-authenticate", json!({"type": "string"}))),
        429 | 503 => Some(("retry-after", json!({"type": "integer", "description": "Seconds."}))),
        _ => None,
    };
    if let (Some((name, schema)), Some(response)) = (header, response.as_object_mut()) {
        response.insert(String::from("headers"), json!({name: {"schema": schema}}));
    }
    response
}

fn body(status: u16) -> Value {
    let text = json!({"type": "string"});
    match status {
        401 => json!({
            "type": "object",
            "required": ["error"],
            "properties": {"error": text, "error_description": text},
        }),
        403 => json!({
            "type": "object",
            "required": ["error"],
            "properties": {"error": {
                "type": "object",
                "required": ["title", "message"],
                "properties": {"title": text, "message": text},
            }},
        }),
        406 => json!({
            "type": "object",
            "required": ["error"],
            "properties": {"error": text},
        }),
        422 => json!({
            "type": "object",
            "required": ["error", "description"],
            "properties": {
                "error": text,
                "description": text,
                "details": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {
                        "type": "object",
                        "required": ["description", "error"],
                        "properties": {"description": text, "error": text},
                    }},
                },
            },
        }),
        400 => json!({
            "type": "object",
            "required": ["error", "description"],
            "properties": {
                "error": text,
                "description": text,
                "max_count": {"type": "integer", "description": "With `TooManyValues`."},
            },
        }),
        _ => json!({
            "type": "object",
            "required": ["error", "description"],
            "properties": {"error": text, "description": text},
        }),
    }
}
