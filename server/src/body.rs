//! JSON bodies: read whole within a limit, whatever the stated type, and refused by name.
//!
//! Real clients state `application/json` on everything, and some state nothing; so the type is not
//! looked at. Answers to a broken body have the contract's shape and are never a 500.

mod objects;

use crate::{AppState, domain::Invalid, error::Error};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use objects::ObjectsOnly;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::time::timeout;
use tower_http::timeout::TimeoutError;

/// A body of some type, and its bytes for the idempotency digest.
pub struct JsonBody<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Error> {
        let most = state.config.limits.body_bytes;
        let read = to_bytes(request.into_body(), most);
        let read = timeout(state.config.connections.body(), read).await;
        let bytes = read.map_err(|_| Error::RequestTimeout)?.map_err(|error| {
            if is_late(&error) {
                return Error::RequestTimeout;
            }
            // 422 and not 413, which node-zendesk takes for success.
            let text = format!("The body could not be read or is above {most} bytes");
            Invalid::one("base", "TooLong", text).into()
        })?;
        // Asked first, since the reader does not look into texts that it ignores.
        if let Err(error) = std::str::from_utf8(&bytes) {
            let text = format!("The body is not UTF-8: byte {}", error.valid_up_to());
            return Err(Error::BadRequest { code: "InvalidJSON", text });
        }
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value =
            serde_path_to_error::deserialize(ObjectsOnly(&mut reader)).map_err(|error| {
                let path = error.path().to_string();
                refuse(&path, error.inner(), &bytes)
            })?;
        reader.end().map_err(|error| refuse("", &error, &bytes))?;
        Ok(Self { value, bytes })
    }
}

/// Whether a body ended because nothing more of it came (`Connections::body_seconds`).
pub(crate) fn is_late(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<TimeoutError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// A broken text is a bad request; a value of the wrong type is an invalid field.
fn refuse(path: &str, error: &serde_json::Error, bytes: &[u8]) -> Error {
    // The reader calls a number where a word is wanted a broken text; a second look tells.
    if !error.is_data() && serde_json::from_slice::<Value>(bytes).is_err() {
        return Error::BadRequest {
            code: "InvalidJSON",
            text: format!("The body is not JSON: line {}, column {}", error.line(), error.column()),
        };
    }
    // `request.email_ccs[2].user_id` is told as `email_ccs`, the name that the caller can mend.
    let field = path.split('.').nth(1).and_then(|field| field.split('[').next());
    let field = field.filter(|field| !field.is_empty() && !field.contains('?')).unwrap_or("base");
    Invalid::one(field, "InvalidValue", format!("{field}: is missing or not of the right type"))
        .into()
}

/// Room for an answer as it is written. A page of a list has some 50 KB; one that had to find more room
/// each time it doubled would be copied twice over.
const ROOM: usize = 64 * 1024;

/// An answer of JSON.
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut text = Vec::with_capacity(ROOM);
        match serde_json::to_writer(&mut text, &self.0) {
            Ok(()) => text_response(StatusCode::OK, text),
            Err(_) => Error::Panic.into_response(),
        }
    }
}

/// An answer that says only that it is done.
pub struct Nothing;

impl IntoResponse for Nothing {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// An answer about a record that was there, or was made now, at an address.
pub enum Saved<T> {
    Known(T),
    New { location: String, body: T },
}

impl<T: Serialize> IntoResponse for Saved<T> {
    fn into_response(self) -> Response {
        let (body, location) = match self {
            Self::Known(body) => (body, None),
            Self::New { location, body } => (body, HeaderValue::from_str(&location).ok()),
        };
        let mut response = Json(body).into_response();
        if let Some(location) = location {
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// JSON that is text already.
pub(crate) fn text_response(status: StatusCode, text: impl Into<Bytes>) -> Response {
    let kind = HeaderValue::from_static(api::JSON);
    (status, [(header::CONTENT_TYPE, kind)], text.into()).into_response()
}
