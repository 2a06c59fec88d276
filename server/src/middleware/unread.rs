//! What is left of a body when the answer is there already, as after a refusal.
//!
//! A connection that is closed while its other end sends can lose the answer on its way, and one
//! that is closed behind an answer is taken up again by clients that keep theirs, which then fail at
//! their next call. So the rest is read for a moment, and forgotten.

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::header,
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;
use hyper::body::Frame;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// As much is still read, and for as long.
const MOST_BYTES: usize = 16 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(2);

/// Reads on, beside the answer, where the handler did not.
pub async fn read_on(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // Who asks first whether to send, and is not told to, sends nothing.
    let asks = parts.headers.contains_key(header::EXPECT);
    let shared = Shared(Arc::new(Mutex::new(Reading { body, begun: false, ended: false })));
    let rest = Shared(shared.0.clone());
    let answer = next.run(Request::from_parts(parts, Body::new(shared))).await;
    let (begun, ended) = rest.with(|reading| (reading.begun, reading.ended));
    if !ended && (begun || !asks) {
        tokio::spawn(forget(Body::new(rest)));
    }
    answer
}

async fn forget(mut body: Body) {
    let end = Instant::now() + PATIENCE;
    let mut left = MOST_BYTES;
    while let Ok(Some(Ok(frame))) = timeout_at(end, body.frame()).await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(length.max(1)) {
            Some(rest) => left = rest,
            None => break,
        }
    }
}

/// A body, and how far somebody came with it.
struct Reading {
    body: Body,
    begun: bool,
    ended: bool,
}

/// A body that outlives the handler to which it was given.
struct Shared(Arc<Mutex<Reading>>);

impl Shared {
    fn with<T>(&self, look: impl FnOnce(&mut Reading) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.with(|reading| {
            reading.begun = true;
            let frame = Pin::new(&mut reading.body).poll_frame(context);
            reading.ended |= matches!(frame, Poll::Ready(None | Some(Err(_))));
            reading.ended |= reading.body.is_end_stream();
            frame
        })
    }

    fn is_end_stream(&self) -> bool {
        self.with(|reading| reading.body.is_end_stream())
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.with(|reading| reading.body.size_hint())
    }
}
