//! A panic in a handler is answered like any other fault of ours, and the server goes on.

use crate::error::Error;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

type Answer = fn(Box<dyn Any + Send + 'static>) -> Response;

/// The layer. What the panic said goes to stderr by the standard hook and never to the caller.
pub fn layer() -> CatchPanicLayer<Answer> {
    CatchPanicLayer::custom((|_| Error::Panic.into_response()) as Answer)
}
