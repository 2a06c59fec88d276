//! For whoever watches the process: does it live, and can it work?

use crate::{AppState, body::Json, error::Error};
use axum::extract::State;
use serde_json::{Value, json};

/// `GET /healthz`: the process answers. Says nothing about the database, so that a slow disk does
/// not get the process killed.
pub async fn show_liveness() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `GET /readyz`: the database answers too.
///
/// # Errors
/// When it does not.
pub async fn show_readiness(State(state): State<AppState>) -> Result<Json<Value>, Error> {
    state.store.ping().await.map_err(Error::Busy)?;
    Ok(Json(json!({"status": "ok"})))
}
