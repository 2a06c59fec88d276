//! The calls of the table: which record, which body, which query.

use super::{
    fixture::{Fixture, NOTE, TAG, WORDS},
    people,
    table::Row,
};
use crate::app::{Answer, Client};
use axum::{body::Body, response::Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// Whether a call goes to the record of the table or to one that does not exist.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    There,
    Missing,
}

/// A call that can be made.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Without its question mark.
    pub(crate) query: String,
    pub(crate) body: Sent,
}

/// What a call carries.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    Nothing,
    Json(Value),
    Bytes(&'static str),
}

const MISSING: i64 = 999_999;
const STREAM: &str = "/api/handrail/v1/events";
/// Longer than anything takes that comes at all.
const LONG: Duration = Duration::from_secs(20);

/// The call of a row.
pub(crate) fn call(fixture: &Fixture, row: &Row, aim: Aim) -> Call {
    Call {
        method: row.method,
        path: path(fixture, row, aim),
        query: query(fixture, row),
        body: body(fixture, row),
    }
}

impl Call {
    pub(crate) async fn by(&self, client: &Client) -> Answer {
        let path = match self.query.as_str() {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        };
        let body = match &self.body {
            Sent::Nothing => Body::empty(),
            Sent::Json(body) => Body::from(body.to_string()),
            Sent::Bytes(bytes) => Body::from(*bytes),
        };
        let request = client.request(self.method, &path, body);
        match self.path.starts_with(STREAM) {
            true => heard(client.open(request).await).await,
            false => client.send(request).await,
        }
    }
}

/// An answer that may be a stream, which is then read until all is told that was missed.
async fn heard(answer: Response) -> Answer {
    let (parts, mut body) = answer.into_parts();
    let mut bytes = Vec::new();
    while !bytes.windows(12).any(|part| part == b"event: ready") {
        let Some(frame) = timeout(LONG, body.frame()).await.unwrap() else { break };
        bytes.extend(frame.unwrap().into_data().unwrap());
    }
    Answer { status: parts.status, headers: parts.headers, bytes }
}

fn path(fixture: &Fixture, row: &Row, aim: Aim) -> String {
    let ids = &fixture.ids;
    let file = match row.variant {
        "of the note" => &ids.files[1],
        "that waits" => &ids.files[2],
        _ => &ids.files[0],
    };
    let (id, token) = match (row.path, row.variant) {
        ("/api/v2/users/{id}/requests", _) => (ids.ana, ""),
        ("/api/v2/organizations/{id}/requests" | "/api/v2/organizations/{id}/tickets", _) => {
            (ids.acme, "")
        }
        (path, _) if path.starts_with("/api/v2/users/{id}/tickets/") => (ids.ana, ""),
        ("/api/v2/slas/policies/{id}", _) => (1, ""),
        ("/api/v2/job_statuses/{job}", _) => (0, fixture.job.as_str()),
        ("/api/v2/attachments/{id}", _) => (file.id, ""),
        ("/attachments/token/{token}/", _) => (0, file.address.as_str()),
        ("/api/v2/uploads/{token}", _) => (0, file.upload.as_str()),
        (_, "comment on closed" | "on closed") => (ids.closed, ""),
        _ => (ids.request, ""),
    };
    let (id, second) = match people::numbers(fixture, row) {
        _ if row.path.ends_with("/requests") => (id, 0),
        Some((id, second)) => (id, second),
        None => (id, 0),
    };
    let comment = if row.variant == "of the note" { ids.note } else { ids.comment };
    let number = |id: i64| if aim == Aim::There { id } else { MISSING }.to_string();
    let path = row.path.replace("{id}", &number(id)).replace("{comment_id}", &number(comment));
    let path = path.replace("{audit_id}", &number(ids.audit));
    let token = if aim == Aim::There { token } else { "missing" };
    let path = path.replace("{token}", token).replace("{job}", token);
    let path = path.replace("{identity_id}", &number(second));
    let path = path.replace("{membership_id}", &number(second));
    assert!(!path.contains('{'), "what stands for the braces of {}?", row.path);
    path
}

fn query(fixture: &Fixture, row: &Row) -> String {
    if let Some(query) = people::query(fixture, row) {
        return query;
    }
    let ids = &fixture.ids;
    let search = |text: &str| {
        let pairs = [("query", text), ("include", "users,slas")];
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    match row.variant {
        "for its words" => search(WORDS),
        "for all" => search("*"),
        "for the note's words" => search(NOTE),
        "by requester" => search(&format!("requester:{} status<solved", ids.ana)),
        "by organization" => search("organization:Acme order_by:created_at sort:asc"),
        "by organization's id" => format!("{}&organization_id={}", search("*"), ids.acme),
        "by copies" => format!("{}&cc_id=true", search("*")),
        "by a tag of staff's" => search(&format!("tags:{TAG}")),
        "with people" => "include=users,slas".to_owned(),
        "a file" => "filename=list.txt".to_owned(),
        "a file beside hers" => format!("filename=list.txt&token={}", ids.files[2].upload),
        "from the beginning" => "since=0".to_owned(),
        _ => match row.path {
            "/api/v2/tickets/show_many" | "/api/v2/tickets/update_many" => {
                format!("ids={},{},{MISSING}", ids.request, ids.closed)
            }
            "/api/v2/job_statuses/show_many" => format!("ids={},nothing", fixture.job),
            _ => String::new(),
        },
    }
}

fn body(fixture: &Fixture, row: &Row) -> Sent {
    let ids = &fixture.ids;
    let mia = "mia@support.example";
    let Row { method, path, variant, .. } = row;
    Sent::Json(match (*method, *path, *variant) {
        ("GET" | "DELETE", ..) => return Sent::Nothing,
        _ if let Some(body) = people::body(fixture, row) => body,
        ("POST", "/api/v2/uploads", _) => return Sent::Bytes("bytes of a file"),
        ("POST", "/api/v2/requests", variant) => {
            // Whose name somebody gives matters only where nobody has to sign in.
            let mut request = json!({"subject": "Another", "comment": {"body": "Hello"},
                "requester": {"name": "Not Ana", "email": "ana@customer.example"}});
            let (key, value) = match variant {
                "" => ("priority", json!("low")),
                "after the closed one" => ("via_followup_source_id", json!(ids.closed)),
                "copying requester by id" => ("email_ccs", json!([{"user_id": ids.ana}])),
                "with her waiting file" => {
                    let uploads = [&ids.files[2].upload];
                    ("comment", json!({"body": "Hello", "uploads": uploads}))
                }
                variant => unknown(row, variant),
            };
            request[key] = value;
            json!({"request": request})
        }
        ("PUT", "/api/v2/requests/{id}", variant) => json!({"request": match variant {
            "nothing" => json!({}),
            "comment" | "comment on closed" => json!({"comment": {"body": "Hello"}}),
            "private comment" => json!({"comment": {"body": "Hello", "public": false}}),
            "comment with her waiting file" => {
                let uploads = [&ids.files[2].upload];
                json!({"comment": {"body": "Hello", "uploads": uploads}})
            }
            "solve" => json!({"solved": true}),
            "copy" => json!({"email_ccs": [{"user_email": "eva@elsewhere.example"}]}),
            "copy oneself" => json!({"additional_collaborators": [
                "ana@customer.example", "ben@customer.example"]}),
            "uncopy" => json!({"email_ccs": [
                {"user_email": "ben@customer.example", "action": "delete"}]}),
            "read-only fields" => json!({"id": 7, "subject": "x", "status": "closed",
                "priority": "urgent", "type": "task", "requester_id": 1, "organization_id": 1,
                "assignee_id": 1, "is_public": false, "tags": ["x"]}),
            variant => unknown(row, variant),
        }}),
        ("POST", "/api/v2/tickets", variant) => {
            let mut ticket = json!({"subject": "Another", "comment": {"body": "Hello"}});
            let (key, value) = match variant {
                "for the requester" => ("requester_id", json!(ids.ana)),
                "as a note" => ("comment", json!({"body": "Hello", "public": false})),
                "after the closed one" => ("via_followup_source_id", json!(ids.closed)),
                variant => unknown(row, variant),
            };
            ticket[key] = value;
            json!({"ticket": ticket})
        }
        ("PUT", "/api/v2/tickets/update_many", _) => json!({"ticket": {"priority": "high"}}),
        ("POST", "/api/v2/tickets/create_many", _) => {
            json!({"tickets": [{"subject": "Another", "comment": {"body": "Hello"}}]})
        }
        ("PUT", "/api/v2/tickets/{id}/comments/{comment_id}/make_private", _) => {
            return Sent::Nothing;
        }
        ("PUT", "/api/v2/tickets/{id}", variant) => json!({"ticket": match variant {
            "answer" | "on closed" => json!({"comment": {"body": "Hello"}}),
            "note" => json!({"comment": {"body": "Hello", "public": false}}),
            "in the requester's name" => json!({"comment": {"body": "Hi", "author_id": ids.ana}}),
            "solve" => json!({"status": "solved", "assignee_email": mia}),
            "every field" => json!({"subject": "Quite another", "type": "task", "tags": ["x"],
                "requester_id": ids.ana, "organization_id": ids.acme, "external_id": "x",
                "custom_fields": [{"id": 7, "value": "x"}], "due_at": "2026-04-01T00:00:00Z",
                "collaborator_ids": [], "followers": [{"user_email": mia}], "priority": "urgent"}),
            variant => unknown(row, variant),
        }}),
        (_, _, variant) => unknown(row, variant),
    })
}

fn unknown<T>(row: &Row, variant: &str) -> T {
    panic!("what is sent to {} {} {variant}?", row.method, row.path)
}
