//! Calls about one request: what it is, what was said and done about it, and what one does oneself.

use super::{
    Client, Error,
    http::Call,
    read::{self, Reader},
    write::{body_of, object},
};
use api::{
    attachment::Attachment,
    comment::{Author, Comment},
    request::{Can, Request, Status},
    timeline::{Moved, TimelineChange, TimelineEntry},
};
use js_sys::Array;
use sla::Severity;
use wasm_bindgen::JsValue;

/// A request with those who have to do with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub request: Request,
    pub people: Vec<Author>,
}

/// A page of a list, the newest first, and the address of the next one.
#[derive(Clone, Debug)]
pub struct Part<T> {
    pub rows: Vec<T>,
    pub people: Vec<Author>,
    pub next: Option<String>,
}

/// What somebody does to a request, all in one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doing {
    /// A public comment; none when it is empty and there are no files.
    pub text: String,
    /// Tokens of files that go with it.
    pub files: Vec<String>,
    pub solve: bool,
    /// Addresses to copy.
    pub copy: Vec<String>,
    /// Somebody to copy no more.
    pub uncopy: Option<i64>,
}

impl Client {
    /// One request with its clock, what the caller may do with it, and its people.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] also for a request of others.
    pub async fn opened(&self, id: i64) -> Result<Opened, Error> {
        let address = self.v2(&["requests/", &id.to_string(), "?include=slas,users"]);
        let answer = self.get(address).await?;
        Ok(Opened { request: one(&answer)?, people: answer.list("users", read::author) })
    }

    /// Where the newest comments are.
    #[must_use]
    pub fn newest_comments(&self, id: i64) -> String {
        self.v2(&["requests/", &id.to_string(), "/comments", NEWEST])
    }

    /// Where the latest events are.
    #[must_use]
    pub fn newest_events(&self, id: i64) -> String {
        self.own(&["/requests/", &id.to_string(), "/timeline", NEWEST].concat())
    }

    /// A page of comments.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn comments(&self, address: String) -> Result<Part<Comment>, Error> {
        Ok(part(&self.get(address).await?, "comments", comment))
    }

    /// A page of what happened beside the comments.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] from a server that has no such thing.
    pub async fn happenings(&self, address: String) -> Result<Part<TimelineEntry>, Error> {
        Ok(part(&self.get(address).await?, "timeline", entry))
    }

    /// Comments, solves, copies; the changed request comes back. `key` makes a repetition harmless.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::Repeated`] when the server has another call under this key.
    pub async fn update(&self, id: i64, doing: &Doing, key: &str) -> Result<Request, Error> {
        let address = self.v2(&["requests/", &id.to_string(), "?include=slas"]);
        one(&self.send(Call::put(address, body(doing), key)).await?)
    }
}

const NEWEST: &str = "?sort=-created_at&page%5Bsize%5D=50";

/// `{"request": …}` with what only the view of one request shows.
fn one(answer: &Reader) -> Result<Request, Error> {
    let from = answer.get("request");
    let can = from.get("can");
    let id = |id: &Reader| Some(id.0.as_f64()? as i64);
    Ok(Request {
        requester_id: from.number("requester_id"),
        assignee_id: from.number("assignee_id"),
        followup_source_id: from.number("followup_source_id"),
        email_cc_ids: from.list("email_cc_ids", id),
        can: can.0.is_object().then(|| Can {
            comment: can.flag("comment"),
            solve: can.flag("solve"),
            cc: can.flag("cc"),
            uncc: can.list("uncc", id),
        }),
        // What a server says that knows no `can`.
        can_be_solved_by_me: from.flag("can_be_solved_by_me"),
        ..read::request_envelope(answer)?
    })
}

fn part<T>(answer: &Reader, rows: &str, row: fn(&Reader) -> Option<T>) -> Part<T> {
    Part {
        rows: answer.list(rows, row),
        people: answer.list("users", read::author),
        next: answer.get("links").word("next"),
    }
}

fn comment(from: &Reader) -> Option<Comment> {
    Some(Comment {
        id: from.number("id")?,
        author_id: from.number("author_id"),
        plain_body: from.word("plain_body").or_else(|| from.word("body")).unwrap_or_default(),
        html_body: from.word("html_body").unwrap_or_default(),
        attachments: from.list("attachments", attachment),
        created_at: from.time("created_at"),
        ..Comment::default()
    })
}

fn attachment(from: &Reader) -> Option<Attachment> {
    Some(Attachment {
        id: from.number("id")?,
        file_name: from.word("file_name").unwrap_or_default(),
        content_url: from.word("content_url")?,
        size: from.number("size").unwrap_or_default(),
        width: from.number("width"),
        height: from.number("height"),
        thumbnails: from.list("thumbnails", attachment),
        ..Attachment::default()
    })
}

fn entry(from: &Reader) -> Option<TimelineEntry> {
    Some(TimelineEntry {
        id: from.number("id")?,
        author_id: from.number("author_id"),
        created_at: from.time("created_at")?,
        changes: from.list("changes", change),
    })
}

/// A change that can be told; what a later server may add is left out.
fn change(from: &Reader) -> Option<TimelineChange> {
    let ids = |key: &str| from.list(key, |id| Some(id.0.as_f64()? as i64));
    let status = |key: &str| Status::from_name(&from.word(key)?);
    let priority = |key: &str| Some(Severity::from_priority(&from.word(key)?)?.into());
    Some(match from.word("field")?.as_str() {
        "status" => TimelineChange::Status { from: status("from"), to: status("to")? },
        "priority" => {
            let moved = from.get("first_reply");
            let first_reply = moved.time("from").zip(moved.time("to"));
            TimelineChange::Priority {
                from: priority("from")?,
                to: priority("to")?,
                first_reply: first_reply.map(|(from, to)| Moved { from, to }),
            }
        }
        "cc" => TimelineChange::Cc { added: ids("added"), removed: ids("removed") },
        "assignee_id" => {
            TimelineChange::AssigneeId { from: from.number("from"), to: from.number("to") }
        }
        "requester_id" => {
            TimelineChange::RequesterId { from: from.number("from"), to: from.number("to") }
        }
        _ => return None,
    })
}

/// Body of `PUT /requests/{id}`. The same doing always gives the same body: that makes the key hold.
fn body(doing: &Doing) -> String {
    let texts = |texts: &[String]| -> JsValue {
        texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
    };
    let (mut request, mut said) = (Vec::new(), Vec::new());
    if !doing.text.is_empty() {
        said.push(("body", doing.text.as_str().into()));
    }
    if !doing.files.is_empty() {
        said.push(("uploads", texts(&doing.files)));
    }
    if !said.is_empty() {
        request.push(("comment", object(&said)));
    }
    if doing.solve {
        request.push(("solved", JsValue::TRUE));
    }
    if !doing.copy.is_empty() {
        request.push(("additional_collaborators", texts(&doing.copy)));
    }
    if let Some(id) = doing.uncopy {
        // Ids stay below 2^53, so a JS number holds them.
        let id = object(&[("user_id", JsValue::from_f64(id as f64)), ("action", "delete".into())]);
        request.push(("email_ccs", Array::of1(&id).into()));
    }
    body_of(&request)
}
