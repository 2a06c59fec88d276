//! What the stream looks like.

use super::listener::{EVENTS, Listener};
use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn what_happens_is_told_in_few_words_and_none_of_a_comment() {
    let app = App::new().await;
    let ana = app.ana();
    let (mut listener, cursor) = Listener::now(&ana).await;
    assert_eq!(listener.headers["content-type"], "text/event-stream");
    assert_eq!(listener.headers["cache-control"], "no-store, no-transform");
    assert_eq!(listener.headers["x-accel-buffering"], "no");
    assert!(listener.headers.contains_key("x-rate-limit-remaining"));
    assert!(!listener.headers.contains_key("etag"));

    let me = ana.get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let id = ana.create("One", json!({"priority": "high"})).await;
    let made = listener.next().await;
    assert_eq!(made.name, "request");
    assert!(made.id > cursor);
    assert_eq!(
        made.data,
        json!({"id": made.id, "kind": "request.created", "request_id": id, "author_id": me,
            "changes": [], "created_at": "2026-03-02T08:14:05Z"})
    );
    app.advance(60);
    let answer = json!({"ticket": {"comment": {"body": "A secret word."}, "status": "pending",
        "priority": "urgent", "assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), answer).await.is(200);
    let changed = listener.next().await;
    assert_eq!(changed.data["kind"], "request.updated");
    assert_eq!(changed.data["changes"], json!(["comment", "status", "priority", "assignee_id"]));
    assert_eq!(changed.data["created_at"], "2026-03-02T08:15:05Z");
    assert!(changed.id > made.id);
    let copy = json!({"request": {"email_ccs": [{"user_email": "ben@customer.example"}]}});
    ana.put(&format!("/api/v2/requests/{id}"), copy).await.is(200);
    assert_eq!(listener.changes().await, (id, vec!["cc".to_owned()]));
}

#[tokio::test]
async fn cursors_that_are_none_are_refused() {
    let app = App::new().await;
    for cursor in ["-1", "x", "1.5", "99999999999999999999", "1%00"] {
        let answer = app.ana().get(&format!("{EVENTS}?since={cursor}")).await;
        assert_eq!(answer.is(400)["error"], "InvalidValue", "{cursor}");
    }
    let header = [("last-event-id", "ready")];
    assert_eq!(app.ana().get_with(EVENTS, &header).await.is(400)["error"], "InvalidValue");
    app.anonymous().get(EVENTS).await.is(401);
    app.bearer("x.y.z").get(EVENTS).await.is(401);
}

#[tokio::test]
async fn head_opens_nothing_that_stays() {
    let app = App::new().await;
    let ana = app.ana();
    let answer = ana.send(ana.request("HEAD", EVENTS, axum::body::Body::empty())).await;
    assert_eq!(answer.status, 200);
    assert_eq!(app.state.hub.count(), 0);
}

#[tokio::test]
async fn a_sign_of_life_comes_when_nothing_happens() {
    let app = App::with(|config| config.events.beat_seconds = 1).await;
    let (mut listener, _) = Listener::now(&app.ana()).await;
    assert_eq!(listener.line().await.as_deref(), Some(": beat"));
    assert_eq!(listener.line().await.as_deref(), Some(": beat"));
}
