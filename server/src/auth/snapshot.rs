//! One state of the database for a whole call that reads: that in which the caller was found. So what
//! they may see and what they are shown are of the same moment, and one transaction does for both.

use crate::{AppState, error::Error, store::Read};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use std::sync::{Arc, Mutex, PoisonError};

/// The state of the database that a call reads.
pub struct Snapshot(pub Read);

/// It, between the extractor that found the caller and the one that wants it. A handler that wants
/// none gives it back before it begins, with the rest of the call's head.
#[derive(Clone)]
struct Kept(Arc<Mutex<Option<Read>>>);

/// Keeps what the caller was found in for the rest of the call. A call that writes has no use for it,
/// and while its body is on its way it must not hold what others read by.
pub(super) fn keep(parts: &mut Parts, read: Read) {
    if parts.method == Method::GET || parts.method == Method::HEAD {
        parts.extensions.insert(Kept(Arc::new(Mutex::new(Some(read)))));
    }
}

impl FromRequestParts<AppState> for Snapshot {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let kept = parts.extensions.remove::<Kept>();
        let kept =
            kept.and_then(|kept| kept.0.lock().unwrap_or_else(PoisonError::into_inner).take());
        match kept {
            Some(read) => Ok(Self(read)),
            None => Ok(Self(state.store.read().await?)),
        }
    }
}
