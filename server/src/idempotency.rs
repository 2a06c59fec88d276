//! `Idempotency-Key`: a call that is repeated is answered as before and done once.
//!
//! The answer is stored in the transaction that made what it tells of, so there is no moment at
//! which one is on disk and the other is not. Of two calls at once, the write lock lets one be
//! first; the other then finds its answer.

use crate::{
    AppState,
    body::text_response,
    env::hex,
    error::Error,
    store::{
        StoreError, UserId,
        idempotency::{self, Kept},
        sqlite::Conn,
    },
};
use api::Time;
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use std::marker::PhantomData;

/// Answers are kept this long; the contract asks for two hours.
pub const LIFE: TimeDelta = TimeDelta::hours(24);
/// Header of the answer: `hit` for a repetition, `miss` for the first call.
pub const LOOKUP: HeaderName = HeaderName::from_static("x-idempotency-lookup");
/// Header of the call.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const LONGEST: usize = 255;

/// The key of a call, if it has one, and the part of the digest that stands before the body.
pub struct IdempotencyKey {
    key: Option<String>,
    digest: Sha256,
}

/// A key with the digest of the whole call.
pub struct Once {
    key: Option<String>,
    digest: String,
}

/// An answer that can be stored and given again: a `T`, with a status that is part of the type so
/// that the description of the API knows it.
pub struct Answer<T, const STATUS: u16 = 200> {
    location: Option<String>,
    body: String,
    lookup: Option<&'static str>,
    of: PhantomData<fn() -> T>,
}

/// An answer that tells of something new, at `location`.
pub type Created<T> = Answer<T, 201>;

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let key = match parts.headers.get(KEY) {
            None => None,
            Some(value) => match value.to_str() {
                // Tabs pass `to_str` and are not visible.
                Ok(key) if (1..=LONGEST).contains(&key.len()) && !key.contains('\t') => {
                    Some(key.to_owned())
                }
                _ => {
                    let text = "Idempotency-Key must be 1 to 255 visible ASCII characters";
                    return Err(Error::IdempotentRequest { text, location: None });
                }
            },
        };
        let mut digest = Sha256::new();
        digest.update(parts.method.as_str());
        digest.update([b' ']);
        digest.update(parts.uri.path());
        digest.update([b'\n']);
        Ok(Self { key, digest })
    }
}

impl IdempotencyKey {
    /// Whether the key was used before, whatever for. Says that a call may be a repetition before its
    /// body is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_known(&self, conn: &mut Conn, user: UserId) -> Result<bool, StoreError> {
        match &self.key {
            Some(key) => Ok(idempotency::find(conn, user, key).await?.is_some()),
            None => Ok(false),
        }
    }

    /// Takes in the body.
    #[must_use]
    pub fn with(mut self, body: &[u8]) -> Once {
        self.digest.update(body);
        Once { key: self.key, digest: hex(&self.digest.finalize()) }
    }
}

impl Once {
    /// The answer that this very call was given before.
    ///
    /// # Errors
    /// When the key was used for another call, or the database fails.
    pub async fn replay<T, const STATUS: u16>(
        &self,
        conn: &mut Conn,
        user: UserId,
        now: Time,
    ) -> Result<Option<Answer<T, STATUS>>, Error> {
        let Some(key) = &self.key else { return Ok(None) };
        let Some(kept) = idempotency::find(conn, user, key).await? else { return Ok(None) };
        if kept.created_at < now - LIFE {
            idempotency::remove(conn, user, key).await?;
            return Ok(None);
        }
        if kept.digest != self.digest {
            let text = "Idempotency-Key was used before with another method, path or body";
            return Err(Error::IdempotentRequest { text, location: kept.location });
        }
        Ok(Some(Answer {
            location: kept.location,
            body: kept.body,
            lookup: Some("hit"),
            of: PhantomData,
        }))
    }

    /// Keeps the answer beside what it tells of and hands it back to be given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep<T, const STATUS: u16>(
        &self,
        conn: &mut Conn,
        user: UserId,
        now: Time,
        mut answer: Answer<T, STATUS>,
    ) -> Result<Answer<T, STATUS>, StoreError> {
        if let Some(key) = &self.key {
            let kept = Kept {
                digest: self.digest.clone(),
                status: STATUS,
                location: answer.location.clone(),
                body: answer.body.clone(),
                created_at: now,
            };
            idempotency::insert(conn, user, key, &kept).await?;
            answer.lookup = Some("miss");
        }
        Ok(answer)
    }
}

impl<T: serde::Serialize, const STATUS: u16> Answer<T, STATUS> {
    /// An answer with a body.
    ///
    /// # Errors
    /// Never for the types of the wire; they have no maps with odd keys.
    pub fn new(location: Option<String>, body: &T) -> Result<Self, Error> {
        let body = serde_json::to_string(body).map_err(|_| Error::Panic)?;
        Ok(Self { location, body, lookup: None, of: PhantomData })
    }
}

impl<T, const STATUS: u16> IntoResponse for Answer<T, STATUS> {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(STATUS).unwrap_or(StatusCode::OK);
        let mut response = text_response(status, self.body);
        let headers = response.headers_mut();
        // A location on a 200 says where the key's record is; only a 201 tells of a new one.
        if let Some(Ok(location)) = self.location.map(|text| HeaderValue::from_str(&text))
            && status == StatusCode::CREATED
        {
            headers.insert(header::LOCATION, location);
        }
        if let Some(lookup) = self.lookup {
            headers.insert(LOOKUP, HeaderValue::from_static(lookup));
        }
        response
    }
}
