//! The one error type of the wire: every refusal in the shapes of contract.md 9.1.
//!
//! Layers below say what is wrong in their own words ([`Refusal`], [`StoreError`], [`TokenError`]);
//! this file alone knows status codes and bodies. What went wrong inside never leaves: the body of a
//! 500 is fixed, and the cause rides along as [`Cause`] for the one line of the log.

use crate::{
    domain::{Invalid, Refusal, file_name::NameError, search::Unsearchable},
    identity::TokenError,
    store::StoreError,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Why a call was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 401: nobody, or not who they say.
    #[error("no or wrong credentials")]
    Unauthenticated,
    /// 401: the identity token is refused; the text says why.
    #[error("token refused: {0}")]
    Token(TokenError),
    /// 403: known, but this is not for them.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// 404: no such record, or none that the caller may know of.
    #[error("no such record")]
    RecordNotFound,
    /// 404: no such path.
    #[error("no such path")]
    InvalidEndpoint,
    /// 405: the path exists, the verb does not.
    #[error("no such verb here")]
    MethodNotAllowed,
    /// 400: the body is not JSON, or the query cannot be meant.
    #[error("bad request: {code}")]
    BadRequest { code: &'static str, text: String },
    /// 400: more ids than a call may name.
    #[error("too many ids")]
    TooManyValues { most: usize },
    /// 400: the key was used with another body; `location` is what it made then.
    #[error("idempotency key used twice")]
    IdempotentRequest { text: &'static str, location: Option<String> },
    /// 406: a search of more words than it may have.
    #[error("too many search words")]
    TooManyWords { most: usize },
    /// 422: a search that cannot be made, or a page of hits that it does not reach.
    #[error("invalid search")]
    InvalidSearch(String),
    /// 409: somebody else was faster.
    #[error("update conflict")]
    UpdateConflict,
    /// 422: values do not pass.
    #[error("invalid record")]
    RecordInvalid(Invalid),
    /// 429: too much work on many tickets is waiting.
    #[error("too many jobs")]
    TooManyJobs,
    /// 422: a file is too large; 413 would pass for success with a real client.
    #[error("file too large")]
    AttachmentTooLarge { most: u64 },
    /// 422: a file's name is too long.
    #[error("file name too long")]
    AttachmentFilenameTooLong { most: u32 },
    /// 416: no byte of the file is in the range that was asked for.
    #[error("range beyond {size} bytes")]
    RangeNotSatisfiable { size: u64 },
    /// 429: too many calls; `wait` is in seconds.
    #[error("too many calls")]
    TooManyCalls { wait: i64 },
    /// 400: the body did not come in time. Not 408, which node-zendesk takes for success.
    #[error("the body did not come in time")]
    RequestTimeout,
    /// 503: as many event streams are open as there may be; `wait` is in seconds.
    #[error("too many streams")]
    Full { wait: i64 },
    /// 503: the database is busy; worth another try.
    #[error("busy")]
    Busy(StoreError),
    /// 500: our fault.
    #[error(transparent)]
    Internal(StoreError),
    /// 500: a handler panicked.
    #[error("panic")]
    Panic,
}

/// The inner cause of a 5xx, for the log.
#[derive(Clone)]
pub struct Cause(pub Arc<Error>);

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        if error.is_busy() { Self::Busy(error) } else { Self::Internal(error) }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::RecordNotFound,
            Refusal::Forbidden(text) => Self::Forbidden(text),
            Refusal::Invalid(invalid) => Self::RecordInvalid(invalid),
            Refusal::Conflict => Self::UpdateConflict,
            Refusal::Identity(error) => Self::Token(error),
            Refusal::Store(error) => error.into(),
        }
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Invalid(invalid) => Self::RecordInvalid(invalid),
            NameError::TooLong { most } => Self::AttachmentFilenameTooLong { most },
        }
    }
}

impl From<Unsearchable> for Error {
    fn from(why: Unsearchable) -> Self {
        match why {
            Unsearchable::TooManyWords { most } => Self::TooManyWords { most },
            Unsearchable::Invalid(text) => Self::InvalidSearch(text),
        }
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::RecordInvalid(invalid)
    }
}

impl Error {
    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated | Self::Token(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::RecordNotFound | Self::InvalidEndpoint => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest { .. }
            | Self::IdempotentRequest { .. }
            | Self::TooManyValues { .. }
            | Self::RequestTimeout => StatusCode::BAD_REQUEST,
            Self::UpdateConflict => StatusCode::CONFLICT,
            Self::TooManyWords { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::RangeNotSatisfiable { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::RecordInvalid(_)
            | Self::InvalidSearch(_)
            | Self::AttachmentTooLarge { .. }
            | Self::AttachmentFilenameTooLong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyCalls { .. } | Self::TooManyJobs => StatusCode::TOO_MANY_REQUESTS,
            Self::Full { .. } | Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) | Self::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn body(&self) -> Value {
        match self {
            Self::Unauthenticated => json!({"error": "Couldn't authenticate you"}),
            Self::Token(why) => {
                json!({"error": "invalid_token", "error_description": why.to_string()})
            }
            // `error` is an object here and a string everywhere else; real clients know it so.
            Self::Forbidden(text) => json!({"error": {"title": "Forbidden", "message": text}}),
            Self::RecordNotFound => described("RecordNotFound", "Not found"),
            Self::InvalidEndpoint => described("InvalidEndpoint", "Not found"),
            Self::MethodNotAllowed => {
                described("MethodNotAllowed", "This path does not take that method")
            }
            Self::BadRequest { code, text } => described(code, text),
            Self::TooManyValues { most } => json!({
                "error": "TooManyValues",
                "description": format!("At most {most} values can be named in one call"),
                "max_count": most,
            }),
            Self::IdempotentRequest { text, .. } => described("IdempotentRequestError", text),
            Self::UpdateConflict => described(
                "UpdateConflict",
                "The record was changed since updated_stamp; read it again and decide anew",
            ),
            Self::TooManyWords { most } => {
                json!({"error": format!("The number of search words exceeds the limit of {most}")})
            }
            // A real client knows this pair and gives up asking for more.
            Self::InvalidSearch(text) => described("invalid", text),
            Self::RecordInvalid(invalid) => invalid_body(invalid),
            Self::AttachmentTooLarge { most } => described(
                "AttachmentTooLarge",
                &format!("The file is too large (maximum is {most} bytes)"),
            ),
            Self::AttachmentFilenameTooLong { most } => described(
                "AttachmentFilenameTooLong",
                &format!("The name of the file is too long (maximum is {most} characters)"),
            ),
            Self::RangeNotSatisfiable { size } => described(
                "RangeNotSatisfiable",
                &format!("The file has {size} bytes, and none of them is in the range"),
            ),
            Self::TooManyCalls { .. } => described(
                "APIRateLimitExceeded",
                "Too many calls; please wait as long as Retry-After says",
            ),
            Self::TooManyJobs => described(
                "TooManyJobs",
                "Too much work on many tickets is waiting already; please try again later",
            ),
            Self::RequestTimeout => {
                described("RequestTimeout", "The body of the call did not come in time")
            }
            Self::Full { .. } => described("ServiceUnavailable", "Too many event streams are open"),
            Self::Busy(_) => described("ServiceUnavailable", "Busy; please try again in a moment"),
            Self::Internal(_) | Self::Panic => {
                described("InternalError", "Something went wrong on our side")
            }
        }
    }
}

fn described(error: &str, description: &str) -> Value {
    json!({"error": error, "description": description})
}

fn invalid_body(invalid: &Invalid) -> Value {
    let details: serde_json::Map<String, Value> = invalid
        .problems
        .iter()
        .map(|(field, problems)| {
            let problems = problems.iter();
            let list: Vec<Value> = problems
                .map(|problem| json!({"description": problem.text, "error": problem.code}))
                .collect();
            (field.clone(), Value::Array(list))
        })
        .collect();
    json!({
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": details,
    })
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, self.body().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(api::JSON));
        match &self {
            Self::Busy(_) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            // Always a number of seconds: real clients cannot read a date here.
            Self::TooManyCalls { wait } | Self::Full { wait } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*wait));
            }
            Self::TooManyJobs => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            // The rest of the body may still come, and must not be taken for the next call.
            Self::RequestTimeout => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Self::IdempotentRequest { location: Some(location), .. } => {
                if let Ok(value) = HeaderValue::from_str(location) {
                    headers.insert(header::LOCATION, value);
                }
            }
            Self::RangeNotSatisfiable { size } => {
                if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
                    headers.insert(header::CONTENT_RANGE, value);
                }
            }
            Self::Unauthenticated | Self::Token(_) => {
                // Bearer only: `Basic` here would make browsers ask for a password.
                let scheme = HeaderValue::from_static("Bearer");
                headers.insert(header::WWW_AUTHENTICATE, scheme);
            }
            _ => {}
        }
        if status.is_server_error() {
            response.extensions_mut().insert(Cause(Arc::new(self)));
        }
        response
    }
}
