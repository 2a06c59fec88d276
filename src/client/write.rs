//! Types to bodies, through the browser's own JSON writer. Keys without a value are left out.

use api::request::NewRequest;
use js_sys::{Array, JSON, Object, Reflect};
use sla::Severity;
use wasm_bindgen::JsValue;

/// Body of `POST /requests`.
pub(super) fn create_request(request: &NewRequest) -> String {
    let ccs: Array = request
        .email_ccs
        .iter()
        .map(|cc| object(&[("user_email", text(&cc.user_email)), ("action", text(&cc.action))]))
        .collect();
    let body = request.comment.as_ref().and_then(|comment| comment.body.clone());
    body_of(&[
        ("subject", text(&request.subject)),
        ("comment", object(&[("body", text(&body))])),
        (
            "priority",
            request
                .priority
                .map_or(JsValue::UNDEFINED, |priority| Severity::from(priority).priority().into()),
        ),
        ("email_ccs", if ccs.length() > 0 { ccs.into() } else { JsValue::UNDEFINED }),
    ])
}

/// Body of `PUT /requests/{id}` that adds a comment.
pub(super) fn reply(text: &str) -> String {
    body_of(&[("comment", object(&[("body", text.into())]))])
}

fn body_of(request: &[(&str, JsValue)]) -> String {
    let body = object(&[("request", object(request))]);
    JSON::stringify(&body).map(String::from).unwrap_or_default()
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        _ = Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

fn text(value: &Option<String>) -> JsValue {
    value.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str)
}
