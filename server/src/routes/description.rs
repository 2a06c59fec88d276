//! `GET /api/handrail/v1/openapi.json`: what this API is, for programs. No sign-in needed.

use crate::{body::Json, caller::Caller, describe, router::routes};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| describe::document(&routes()));

/// Answers the description, with the address that the caller used.
pub async fn show_description(caller: Caller) -> Json<Map<String, Value>> {
    let mut description = DESCRIPTION.as_object().cloned().unwrap_or_default();
    description.insert(String::from("servers"), json!([{"url": caller.base}]));
    Json(description)
}
