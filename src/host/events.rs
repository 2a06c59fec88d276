//! What the host is told. Its handlers run later and apart, so that none of them can disturb us.

use crate::features::session::Happening;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsValue;

/// Tells the loader, which tells the host's handlers.
pub(super) fn tell(emit: &Function, happening: Happening) {
    let detail = Object::new();
    let name = match happening {
        Happening::Created(id) => with_id(&detail, "request:created", id),
        Happening::Updated(id) => with_id(&detail, "request:updated", id),
    };
    _ = emit.call2(&JsValue::UNDEFINED, &name.into(), &detail);
}

fn with_id(detail: &Object, name: &'static str, id: i64) -> &'static str {
    // Ids stay below 2^53, so a JS number holds them.
    _ = Reflect::set(detail, &"id".into(), &JsValue::from_f64(id as f64));
    name
}
