//! A number for every call, on its answer and on its one line of the log.
//!
//! The line names the route and not the path, and neither query, headers nor body: those hold
//! addresses and tokens.

use crate::{AppState, error::Cause};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::{Instrument, info_span};

/// The route that answered, e.g. `/api/v2/requests/{id}`.
#[derive(Clone)]
struct Route(String);

/// Notes the matched route on the answer, where the outer layer finds it.
pub async fn remember_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}

/// Gives the call its number, answers it, logs it.
pub async fn stamp(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = state.env.hex::<8>();
    let method = request.method().clone();
    let path = request.uri().path();
    let in_api = path.starts_with("/api") || path.starts_with("/attachments/");
    // How long an answer took is for the log alone; no rule depends on this clock.
    let started = Instant::now();
    let span = info_span!("request", request_id = %id);
    let mut response = next.run(request).instrument(span).await;
    let milliseconds = started.elapsed().as_millis();

    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    if in_api {
        let version = HeaderName::from_static("x-zendesk-api-version");
        response.headers_mut().insert(version, HeaderValue::from_static("v2"));
    }
    let route = response.extensions().get::<Route>().map_or("-", |route| route.0.as_str());
    let status = response.status().as_u16();
    if let Some(Cause(cause)) = response.extensions().get::<Cause>() {
        tracing::error!(request_id = %id, %method, route, status, milliseconds, ?cause, "call failed");
    } else if in_api {
        tracing::info!(request_id = %id, %method, route, status, milliseconds, "call answered");
    } else {
        tracing::debug!(request_id = %id, %method, status, milliseconds, "call answered");
    }
    response
}
