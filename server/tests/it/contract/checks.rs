//! contract.md 14.3, the lines about single calls: (g), (i), (k), (l), (m) and (n). Those that hold
//! on every path are in `everywhere.rs`, (h) is in `notes.rs`.

use super::{agent_sets, id_of};
use crate::app::{App, Client, follow};
use axum::body::Body;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

async fn put(client: &Client, id: i64, request: Value) -> crate::app::Answer {
    client.put(&format!("/api/v2/requests/{id}"), json!({"request": request})).await
}

async fn with_ben(app: &App, more: Value) -> i64 {
    let mut request = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.ana().create("One", request).await
}

async fn comments(app: &App, id: i64) -> i64 {
    let list = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    list["count"].as_i64().unwrap()
}

/// (g) `solved` as `"true"` and `true`
#[tokio::test]
async fn g_the_requester_solves_in_either_spelling_once_somebody_works_on_it() {
    let app = App::new().await;
    for solved in [json!(true), json!("true")] {
        let id = with_ben(&app, json!({})).await;
        let shown = put(&app.ana(), id, json!({"solved": solved})).await.is(200);
        assert_eq!(shown["request"]["status"], "new", "nobody works on it yet");
        assert_eq!(shown["request"]["can_be_solved_by_me"], false);
        agent_sets(&app, id, "open").await;
        for no in [json!(false), json!("false"), json!("yes")] {
            let shown = put(&app.ana(), id, json!({"solved": no})).await.is(200);
            assert_eq!(shown["request"]["status"], "open");
            assert_eq!(shown["request"]["can_be_solved_by_me"], true);
        }
        let shown = put(&app.ana(), id, json!({"solved": solved})).await.is(200);
        assert_eq!(shown["request"]["status"], "solved");
        assert_eq!(shown["request"]["solved"], true);
    }
}

/// (i) a chunked upload with a JSON type stores the raw bytes
#[tokio::test]
async fn i_a_chunked_upload_with_a_json_type_stores_the_raw_bytes() {
    let app = App::new().await;
    let pieces = [b"{\"not\": ".as_slice(), b"\xff\x00 json", b"\r\n"];
    let body = Body::from_stream(ReaderStream::new(pieces[0].chain(pieces[1]).chain(pieces[2])));
    let mut request =
        app.ana().request("POST", "/api/v2/uploads.json?filename=a.bin&binary=undefined", body);
    request.headers_mut().insert("accept", "*/*".parse().unwrap());
    assert_eq!(request.headers()["content-type"], "application/json");
    let upload = app.ana().send(request).await.is(201)["upload"].clone();
    assert_eq!(upload["attachment"]["size"], pieces.concat().len());
    let file = app.ana().get(&follow(&upload["attachment"]["content_url"])).await;
    assert_eq!(file.bytes, pieces.concat());
}

/// (k) `/tickets/{id}/comments` without `users` unless asked
#[tokio::test]
async fn k_ticket_comments_come_without_users_unless_asked_for() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/tickets/{id}/comments.json");
    for query in ["", "?include=None", "?include=comments", "?page[size]=5", "?sort_order=desc"] {
        let answer = app.agent().get(&format!("{path}{query}")).await.is(200);
        assert!(answer.get("users").is_none(), "{query}");
    }
    let asked = app.agent().get(&format!("{path}?include=users")).await.is(200);
    assert_eq!(asked["users"][0]["id"], json!(id_of(&app.ana()).await));
}

/// (l) PUT `solved` by a non-requester changes nothing
#[tokio::test]
async fn l_solving_by_somebody_else_or_of_a_problem_changes_nothing() {
    let app = App::new().await;
    let id = with_ben(&app, json!({})).await;
    agent_sets(&app, id, "pending").await;
    let before = app.ben().get(&format!("/api/v2/requests/{id}")).await.is(200);
    app.advance(60);
    for solved in [json!(true), json!("true")] {
        let after = put(&app.ben(), id, json!({"id": id, "solved": solved})).await.is(200);
        assert_eq!(after, before);
    }
    put(&app.stranger(), id, json!({"solved": true})).await.is(404);
    assert_eq!(
        app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200)["request"]["status"],
        "pending"
    );

    let problem = with_ben(&app, json!({"type": "problem"})).await;
    agent_sets(&app, problem, "open").await;
    let shown = put(&app.ana(), problem, json!({"solved": true})).await.is(200);
    assert_eq!(shown["request"]["status"], "open");
}

/// (m) a comment on solved gives open
#[tokio::test]
async fn m_a_comment_reopens_what_waits_or_is_solved() {
    let app = App::new().await;
    let id = with_ben(&app, json!({})).await;
    for status in ["pending", "hold", "solved"] {
        for client in [app.ana(), app.ben()] {
            agent_sets(&app, id, status).await;
            let shown = put(&client, id, json!({"comment": {"body": "Still so"}})).await.is(200);
            assert_eq!(shown["request"]["status"], "open", "{status}");
        }
    }
}

/// (m) … on closed 422 RecordInvalid
#[tokio::test]
async fn m_a_closed_request_takes_nothing_more() {
    let app = App::new().await;
    let id = with_ben(&app, json!({})).await;
    agent_sets(&app, id, "closed").await;
    for change in [
        json!({"comment": {"body": "Still so"}}),
        json!({"email_ccs": [{"user_email": "eva@acme.example"}]}),
        json!({"additional_collaborators": ["eva@acme.example"]}),
    ] {
        let body = put(&app.ana(), id, change).await.is(422);
        assert_eq!(body["error"], "RecordInvalid");
        assert_eq!(body["details"]["status"][0]["error"], "ClosedTicket");
    }
    let shown = put(&app.ana(), id, json!({"solved": true})).await.is(200);
    assert_eq!(shown["request"]["status"], "closed");
    assert_eq!(comments(&app, id).await, 1);
}

// (n) the real zenpy and node-zendesk run against our server: `tests/zenpy.rs` and
// `tests/node_zendesk.rs` of the root package, in `cargo xtask test`.
