//! What the host is told. Its handlers run later and apart, so that none of them can disturb us.

use crate::features::session::Happening;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsValue;

/// Tells the loader, which tells the host's handlers.
pub(super) fn tell(emit: &Function, happening: Happening) {
    let detail = Object::new();
    let name = match happening {
        Happening::Created(id) => with(&detail, "request:created", "id", id as f64),
        Happening::Updated(id) => with(&detail, "request:updated", "id", id as f64),
        Happening::Unread(count) => with(&detail, "unread", "count", count as f64),
    };
    _ = emit.call2(&JsValue::UNDEFINED, &name.into(), &detail);
}

/// Ids stay below 2^53, so a JS number holds them.
fn with(detail: &Object, name: &'static str, key: &str, number: f64) -> &'static str {
    _ = Reflect::set(detail, &key.into(), &JsValue::from_f64(number));
    name
}
