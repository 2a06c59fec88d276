//! Which pages may call the API from a browser: those whose origin is configured, compared as a
//! whole. No cookies are involved, so credentials mode stays off.

use crate::{
    idempotency::{KEY, LOOKUP},
    rates,
};
use axum::http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The layer for a list of origins.
pub fn layer(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            KEY,
            header::IF_NONE_MATCH,
            HeaderName::from_static("last-event-id"),
            header::RANGE,
            header::IF_RANGE,
        ])
        .expose_headers(
            [
                header::LOCATION,
                header::RETRY_AFTER,
                HeaderName::from_static("x-request-id"),
                LOOKUP,
                header::ETAG,
                header::CONTENT_DISPOSITION,
                header::CONTENT_RANGE,
                header::ACCEPT_RANGES,
            ]
            .into_iter()
            .chain(rates::HEADERS)
            .collect::<Vec<_>>(),
        )
        .max_age(Duration::from_secs(600))
}
