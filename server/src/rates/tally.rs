//! What is told about limits on the answer of one call: noted where a limit is taken, written to the
//! headers by the middleware that made the tally.

use super::{Standing, locked};
use axum::http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use std::sync::{Arc, Mutex};

/// Travels with the call in its extensions.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    all: Option<Standing>,
    endpoint: Option<(HeaderName, Standing)>,
}

/// Names of the headers, for pages that want to read them.
pub const HEADERS: [HeaderName; 7] = [
    HeaderName::from_static("x-rate-limit"),
    HeaderName::from_static("x-rate-limit-remaining"),
    HeaderName::from_static("ratelimit-limit"),
    HeaderName::from_static("ratelimit-remaining"),
    HeaderName::from_static("ratelimit-reset"),
    REQUEST_CREATE,
    REQUEST_UPDATE,
];

/// Tells of the limit on new requests.
pub const REQUEST_CREATE: HeaderName =
    HeaderName::from_static("zendesk-ratelimit-ticket-request-create");
/// Tells of the limit on changes to one request.
pub const REQUEST_UPDATE: HeaderName =
    HeaderName::from_static("zendesk-ratelimit-ticket-request-update");

impl Tally {
    /// The tally of a call; one that nobody reads when the middleware is not there.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        parts.extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Notes the limit on all calls of whoever calls.
    pub fn all(&self, standing: Standing) {
        locked(&self.0).all = Some(standing);
    }

    /// Notes the limit of this endpoint.
    pub fn endpoint(&self, name: HeaderName, standing: Standing) {
        locked(&self.0).endpoint = Some((name, standing));
    }

    /// Writes what was noted.
    pub fn tell(&self, headers: &mut HeaderMap) {
        let noted = locked(&self.0);
        if let Some(Standing { limit, remaining, reset, .. }) = noted.all {
            let numbers = [limit, remaining, limit, remaining, reset];
            for (name, number) in HEADERS.into_iter().zip(numbers) {
                headers.insert(name, HeaderValue::from(number));
            }
        }
        if let Some((name, Standing { limit, remaining, reset, .. })) = &noted.endpoint {
            let text = format!("total={limit}; remaining={remaining}; resets={reset}");
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}
