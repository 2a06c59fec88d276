//! One HTTP exchange: what is sent, and how an answer becomes a value or an [`Error`].

use super::{Error, FieldError, read::Reader, uploads::Outgoing};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::{JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// A call that can be sent more than once.
pub(super) struct Call {
    method: Method,
    pub(super) address: String,
    body: Option<String>,
    pub(super) key: String,
    file: Option<Outgoing>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) body: String,
}

impl Call {
    pub(super) const fn get(address: String) -> Self {
        Self { method: Method::GET, address, body: None, key: String::new(), file: None }
    }

    pub(super) fn delete(address: String) -> Self {
        Self { method: Method::DELETE, ..Self::get(address) }
    }

    pub(super) fn post(address: String, body: String, key: &str) -> Self {
        Self { method: Method::POST, address, body: Some(body), key: key.to_owned(), file: None }
    }

    pub(super) fn put(address: String, body: String, key: &str) -> Self {
        Self { method: Method::PUT, ..Self::post(address, body, key) }
    }

    pub(super) fn upload(address: String, file: Outgoing, key: &str) -> Self {
        Self { file: Some(file), ..Self::post(address, String::new(), key) }
    }
}

/// Sends a call; the parsed body of a good answer comes back.
pub(super) async fn send(call: &Call, token: &str) -> Result<Reader, Error> {
    let answer = match &call.file {
        Some(file) => file.exchange(call, token).await?,
        None => fetch(call, token).await?,
    };
    let body = JSON::parse(&answer.body);
    if (200..300).contains(&answer.status) {
        return body.map(Reader).map_err(|_| Error::Server);
    }
    Err(failure(&answer, &Reader(body.unwrap_or(JsValue::UNDEFINED))))
}

async fn fetch(call: &Call, token: &str) -> Result<Answer, Error> {
    let mut request = RequestBuilder::new(&call.address)
        .method(call.method.clone())
        .header("authorization", &["Bearer ", token].concat());
    if !call.key.is_empty() {
        request = request.header("idempotency-key", &call.key);
    }
    let request = match &call.body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Error::Server)?.send().await.map_err(|_| Error::Offline)?;
    let body = response.text().await.map_err(|_| Error::Offline)?;
    let location = response.headers().get("location");
    Ok(Answer { status: response.status(), location, body })
}

fn failure(answer: &Answer, body: &Reader) -> Error {
    match answer.status {
        400 if body.word("error").as_deref() == Some("IdempotentRequestError") => {
            Error::Repeated(answer.location.as_deref().and_then(id_of))
        }
        401 => Error::SignedOut,
        403 => Error::Denied,
        404 => Error::NotFound,
        429 => Error::TooMany,
        400..=499 => Error::Invalid(field_errors(body)),
        _ => Error::Server,
    }
}

/// The number at the end of `…/api/v2/requests/1031.json`.
fn id_of(location: &str) -> Option<i64> {
    let name = location.rsplit('/').next()?;
    name.strip_suffix(".json").unwrap_or(name).parse().ok()
}

/// Reads `{"details": {field: [{"description": …}]}}`.
fn field_errors(body: &Reader) -> Vec<FieldError> {
    let details = body.get("details");
    if !details.0.is_object() {
        return Vec::new();
    }
    let fields = Object::keys(details.0.unchecked_ref::<Object>());
    let fields = fields.iter().filter_map(|field| field.as_string());
    fields
        .flat_map(|field| {
            let descriptions = details.list(&field, |error| error.word("description"));
            descriptions
                .into_iter()
                .map(move |description| FieldError { field: field.clone(), description })
        })
        .collect()
}
