//! `GET /api/handrail/v1/events`: what happens to the caller's requests, as it happens.

use crate::{AppState, auth::Subscriber, caller::Caller, error::Error, live, store::EventId};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

const LAST_EVENT_ID: &str = "last-event-id";

/// Opens the stream. `since`, or the header that browsers send when they come again, is the last
/// event that the caller knows of; without either it begins now.
///
/// # Errors
/// When a cursor is none, there are too many streams, or the database fails.
pub async fn stream_events(
    State(state): State<AppState>,
    who: Subscriber,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let asked = caller.query.get("since").map(cursor).transpose()?;
    let known = headers.get(LAST_EVENT_ID).map(|value| cursor(value.to_str().unwrap_or("?")));
    // A browser that comes again repeats the address, so the greater one is the later one.
    let since = asked.max(known.transpose()?);
    let body = live::open(state, who, since).await?;
    let said = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store, no-transform"),
        // nginx would gather events until they fill a buffer.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((said.map(|(name, value)| (name, HeaderValue::from_static(value))), body).into_response())
}

fn cursor(text: &str) -> Result<EventId, Error> {
    let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
    number.map(EventId).ok_or_else(|| Error::BadRequest {
        code: "InvalidValue",
        text: String::from("since: is not the id of an event"),
    })
}
