//! Answers that need not be sent again: each JSON answer to a GET has a tag of its own bytes, and a
//! caller who has these bytes already gets 304 instead.
//!
//! The tag is made of what this caller would be sent. So whatever changes the answer changes the
//! tag: a comment, a right that was given or taken, another address in the links.

use crate::{env::hex, error::Error};
use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// Bytes of the digest that stand in the tag.
const TAG: usize = 16;

/// Tags, compares, and says how long answers may be kept: what is ours to tag privately and only to
/// be asked about, everything else not at all, unless the handler said otherwise.
pub async fn tag(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.headers().get_all(header::IF_NONE_MATCH);
    let known: Vec<HeaderValue> = asked.iter().cloned().collect();
    let mut response = next.run(request).await;
    if reads && is_taggable(&response) {
        response = tagged(response, &known).await;
    }
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether an answer is JSON of ours that is there as a whole; a stream is not.
fn is_taggable(response: &Response) -> bool {
    let headers = response.headers();
    response.status() == StatusCode::OK
        && headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == api::JSON)
        && !headers.contains_key(header::ETAG)
        && !headers.contains_key(header::CONTENT_DISPOSITION)
        && response.body().size_hint().exact().is_some()
}

async fn tagged(response: Response, known: &[HeaderValue]) -> Response {
    let (mut parts, body) = response.into_parts();
    // Its size is known, so there is nothing to wait for and no more than is held anyway.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Error::Panic.into_response() };
    let digest = Sha256::digest(&bytes);
    // Weak, since a proxy may compress the bytes on their way.
    let tag = format!("W/\"{}\"", hex(digest.get(..TAG).unwrap_or_default()));
    let headers = &mut parts.headers;
    let fits = names(known, &tag);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("authorization"));
    if !fits {
        return Response::from_parts(parts, Body::from(bytes));
    }
    parts.status = StatusCode::NOT_MODIFIED;
    forget_body(headers);
    Response::from_parts(parts, Body::empty())
}

/// What told of the body that is not sent.
fn forget_body(headers: &mut HeaderMap) {
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
}

/// Whether `If-None-Match` names the tag: weak and strong alike (RFC 9110, 13.1.2), several in one
/// line or in several, or `*` for any. Our tags hold no comma, so cutting at commas is enough.
fn names(lines: &[HeaderValue], tag: &str) -> bool {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    let tags = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    tags.map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == opaque)
}
