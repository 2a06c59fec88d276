//! Types to bodies, through the browser's own JSON writer. Keys without a value are left out.

use api::{comment::NewComment, request::NewRequest};
use js_sys::{Array, JSON, Object, Reflect};
use sla::Severity;
use wasm_bindgen::JsValue;

/// Body of `POST /requests`. The custom fields come as JSON, since they are anything that a host has.
pub(super) fn create_request(request: &NewRequest, custom_fields: &str) -> String {
    let ccs: Array = request
        .email_ccs
        .iter()
        .map(|cc| object(&[("user_email", text(&cc.user_email)), ("action", text(&cc.action))]))
        .collect();
    body_of(&[
        ("subject", text(&request.subject)),
        ("comment", request.comment.as_ref().map_or(JsValue::UNDEFINED, comment)),
        (
            "priority",
            request
                .priority
                .map_or(JsValue::UNDEFINED, |priority| Severity::from(priority).priority().into()),
        ),
        ("custom_fields", JSON::parse(custom_fields).unwrap_or(JsValue::UNDEFINED)),
        (
            "via_followup_source_id",
            // Ids stay below 2^53, so a JS number holds them.
            request.via_followup_source_id.map_or(JsValue::UNDEFINED, |id| (id as f64).into()),
        ),
        ("email_ccs", if ccs.length() > 0 { ccs.into() } else { JsValue::UNDEFINED }),
    ])
}

fn comment(comment: &NewComment) -> JsValue {
    let uploads: Array = comment.uploads.iter().map(|token| JsValue::from_str(token)).collect();
    let uploads = if uploads.length() > 0 { uploads.into() } else { JsValue::UNDEFINED };
    object(&[("body", text(&comment.body)), ("uploads", uploads)])
}

pub(super) fn body_of(request: &[(&str, JsValue)]) -> String {
    let body = object(&[("request", object(request))]);
    JSON::stringify(&body).map(String::from).unwrap_or_default()
}

pub(crate) fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        _ = Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

fn text(value: &Option<String>) -> JsValue {
    value.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str)
}
