//! Which pages may call the API from a browser: those whose origin is configured, compared as a
//! whole. No cookies are involved, so credentials mode stays off.

use crate::idempotency::{KEY, LOOKUP};
use axum::http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

fn listed(origins: &[String]) -> AllowOrigin {
    AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()))
}

/// The layer for a list of origins.
pub fn layer(origins: &[String]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(listed(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, KEY])
        .expose_headers([
            header::LOCATION,
            header::RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
            LOOKUP,
        ])
        .max_age(Duration::from_secs(600))
}

/// The layer for the bytes of files: they are only read, and may be read in parts.
pub fn files_layer(origins: &[String]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(listed(origins))
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([
            header::AUTHORIZATION,
            header::RANGE,
            header::IF_RANGE,
            header::IF_NONE_MATCH,
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::CONTENT_RANGE,
            header::ACCEPT_RANGES,
            header::ETAG,
            header::RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
        ])
        .max_age(Duration::from_secs(600))
}
