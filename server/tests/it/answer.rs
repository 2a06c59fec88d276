//! What came back from a call.

use crate::app::BASE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json; charset=utf-8"));
        let mut body: Value = serde_json::from_slice(&self.bytes).unwrap();
        // Tests built together with other packages' keep the order of keys, alone they sort it.
        body.sort_all_objects();
        body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Done, and nothing to say about it.
    #[track_caller]
    pub(crate) fn is_done(&self) {
        assert_eq!(self.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&self.bytes));
        assert!(self.bytes.is_empty());
    }

    /// The body, after a look at the status.
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status.as_u16(), status, "{text}");
        self.json()
    }
}

/// The ids of a list.
pub(crate) fn ids(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// The path and query of an absolute link.
pub(crate) fn follow(link: &Value) -> String {
    link.as_str().unwrap().strip_prefix(BASE).unwrap().to_owned()
}
