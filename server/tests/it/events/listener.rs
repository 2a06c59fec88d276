//! Somebody who listens, and what they hear.

use crate::app::Client;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

pub(super) const EVENTS: &str = "/api/handrail/v1/events";

/// Longer than anything takes that comes at all.
const LONG: Duration = Duration::from_secs(20);

/// An open stream.
pub(super) struct Listener {
    pub(super) headers: HeaderMap,
    body: Body,
    heard: String,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) name: String,
    pub(super) id: i64,
    pub(super) data: Value,
}

impl Listener {
    /// Opens a stream at a cursor, and hears the first line.
    pub(super) async fn open(client: &Client, since: Option<i64>) -> Self {
        let query = since.map(|since| format!("?since={since}")).unwrap_or_default();
        Self::open_with(client, &query, &[]).await
    }

    pub(super) async fn open_with(
        client: &Client,
        query: &str,
        headers: &[(&'static str, &str)],
    ) -> Self {
        let mut request = client.request("GET", &format!("{EVENTS}{query}"), Body::empty());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let answer = client.open(request).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let (parts, body) = answer.into_parts();
        let mut listener = Self { headers: parts.headers, body, heard: String::new() };
        assert_eq!(listener.line().await.as_deref(), Some(": handrail\nretry: 3000"));
        listener
    }

    /// A stream from now on, which is ready; with its cursor.
    pub(super) async fn now(client: &Client) -> (Self, i64) {
        let mut listener = Self::open(client, None).await;
        let ready = listener.next().await;
        assert_eq!(ready.name, "ready");
        assert_eq!(ready.data, serde_json::json!({"cursor": ready.id}));
        (listener, ready.id)
    }

    /// The next event, signs of life left out.
    pub(super) async fn next(&mut self) -> Heard {
        loop {
            let line = self.line().await.unwrap();
            if line.starts_with(':') {
                continue;
            }
            let field = |name: &str| {
                let mut lines = line.lines();
                lines.find_map(|line| line.strip_prefix(name)).unwrap().to_owned()
            };
            return Heard {
                name: field("event: "),
                id: field("id: ").parse().unwrap(),
                data: serde_json::from_str(&field("data: ")).unwrap(),
            };
        }
    }

    /// Events up to `ready`, as ids; the cursor of that last.
    pub(super) async fn until_ready(&mut self) -> (Vec<i64>, i64) {
        let mut ids = Vec::new();
        loop {
            let heard = self.next().await;
            if heard.name == "ready" {
                return (ids, heard.id);
            }
            assert_eq!(heard.name, "request");
            ids.push(heard.id);
        }
    }

    /// The next event of a request: its id and what changed.
    pub(super) async fn changes(&mut self) -> (i64, Vec<String>) {
        let heard = self.next().await;
        assert_eq!(heard.name, "request");
        let changes = heard.data["changes"].as_array().unwrap().iter();
        let changes = changes.map(|change| change.as_str().unwrap().to_owned()).collect();
        (heard.data["request_id"].as_i64().unwrap(), changes)
    }

    /// The next block, whatever it is; `None` at the end.
    pub(super) async fn line(&mut self) -> Option<String> {
        loop {
            if let Some((line, rest)) = self.heard.split_once("\n\n") {
                let line = line.to_owned();
                self.heard = rest.to_owned();
                return Some(line);
            }
            let frame = timeout(LONG, self.body.frame()).await.unwrap()?;
            let bytes: Bytes = frame.unwrap().into_data().unwrap();
            self.heard.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    /// Whatever is still said is no event, and then it ends.
    pub(super) async fn ends(mut self) {
        while let Some(line) = self.line().await {
            assert!(line.starts_with(':'), "{line}");
        }
    }
}
