//! `GET /attachments/token/{token}/`: the bytes of a file.
//!
//! The address is no proof of anything; the caller has to be somebody who may see the comment. What
//! comes back was made by a stranger, so a browser is told to save it, not to guess what it is, and
//! to run nothing should it be opened all the same.

use super::range::{Part, wanted};
use crate::{
    AppState,
    auth::{FileReader, PathToken},
    domain::{
        attachments::{Reader, may_read},
        file_type,
    },
    error::Error,
    store::{
        StoreError,
        attachments::{self, Attachment},
        files::{FileId, part},
    },
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::fmt::Write;
use tokio_util::io::ReaderStream;

/// Bytes that are read from disk at once.
const PIECE: usize = 64 * 1024;

/// Nothing may be loaded, run, or sent from such a file, and it has no origin.
const POLICY: &str = "default-src 'none'; sandbox";

/// Sends a file, or a part of it, or says that the caller has it already.
///
/// # Errors
/// When there is none that the caller may have, or disk or database fail.
pub async fn download_attachment(
    State(state): State<AppState>,
    FileReader { viewer, agent }: FileReader,
    PathToken(token): PathToken,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut read = state.store.read().await?;
    let row = attachments::by_token(&mut read, &token).await?.ok_or(Error::RecordNotFound)?;
    if !may_read(&mut read, Reader { viewer: &viewer, agent }, &row, state.env.now()).await? {
        return Err(Error::RecordNotFound);
    }
    drop(read);

    let size = u64::try_from(row.size).unwrap_or(0);
    let tag = format!("\"{}\"", row.digest);
    let (status, first, length) = match wanted(&headers, &tag, size) {
        Part::Whole => (StatusCode::OK, 0, size),
        Part::Range { first, last } => {
            (StatusCode::PARTIAL_CONTENT, first, last.saturating_sub(first).saturating_add(1))
        }
        Part::Unsatisfiable => return Err(Error::RangeNotSatisfiable { size }),
        Part::Known => (StatusCode::NOT_MODIFIED, 0, 0),
    };
    let sends = length > 0 && method == Method::GET;
    let body = if sends { content(&state, &row.file, first, length).await? } else { Body::empty() };
    let mut response = (status, body).into_response();
    let said = response.headers_mut();
    describe(said, &row, &tag);
    match status {
        StatusCode::NOT_MODIFIED => {
            said.remove(header::CONTENT_TYPE);
            said.remove(header::CONTENT_DISPOSITION);
            return Ok(response);
        }
        StatusCode::PARTIAL_CONTENT => {
            let last = first.saturating_add(length).saturating_sub(1);
            said.insert(header::CONTENT_RANGE, text(&format!("bytes {first}-{last}/{size}")));
        }
        _ => {}
    }
    said.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

async fn content(
    state: &AppState,
    id: &FileId,
    first: u64,
    length: u64,
) -> Result<Body, StoreError> {
    let file = state.files.open(id).await?;
    let bytes = part(file, first, length).await?;
    Ok(Body::from_stream(ReaderStream::with_capacity(bytes, PIECE)))
}

/// Says what the file is and what may be done with it.
fn describe(said: &mut HeaderMap, row: &Attachment, tag: &str) {
    let mut say = |name: HeaderName, value: &'static str| {
        said.insert(name, HeaderValue::from_static(value));
    };
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::CONTENT_SECURITY_POLICY, POLICY);
    say(header::ACCEPT_RANGES, "bytes");
    // Rights can end, so it is asked for each time, and then mostly not sent again.
    say(header::CACHE_CONTROL, "private, no-cache");
    say(header::VARY, "authorization");
    say(header::REFERRER_POLICY, "no-referrer");
    // A page of another origin reads it by CORS, which this does not touch; it keeps such pages from
    // drawing it into themselves without asking.
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    let kind = text(file_type::served(&row.content_type));
    said.insert(header::CONTENT_TYPE, kind);
    said.insert(header::ETAG, text(tag));
    said.insert(header::CONTENT_DISPOSITION, text(&disposition(row)));
}

/// A header of characters that we know to be fit for one.
fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""))
}

/// How to save it: the name in UTF-8, and for old clients in ASCII. Only a picture may be shown.
fn disposition(row: &Attachment) -> String {
    let way = if file_type::is_picture(&row.content_type) { "inline" } else { "attachment" };
    let plain = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%');
    let ascii: String = row.file_name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let mut encoded = String::with_capacity(row.file_name.len());
    for byte in row.file_name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("{way}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}
