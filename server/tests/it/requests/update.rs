//! `PUT /api/v2/requests/{id}`, contract.md 2.7; see also `contract/checks.rs`.

use crate::app::{App, Client};
use serde_json::{Value, json};

async fn put(client: &Client, id: i64, request: Value) -> crate::app::Answer {
    client.put(&format!("/api/v2/requests/{id}"), json!({"request": request})).await
}

/// Sets a status as the agent, who takes the ticket.
async fn agent_sets(app: &App, id: i64, status: &str) {
    let change = json!({"ticket": {"status": status, "assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), change).await.is(200);
}

async fn with_ben(app: &App) -> i64 {
    app.ana().create("One", json!({"email_ccs": [{"user_email": "ben@customer.example"}]})).await
}

async fn comments(app: &App, id: i64) -> i64 {
    let list = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    list["count"].as_i64().unwrap()
}

#[tokio::test]
async fn requester_and_copied_comment_and_the_time_moves() {
    let app = App::new().await;
    let id = with_ben(&app).await;
    app.advance(60);
    let body = json!({"comment": {"body": "Any news?", "public": false}});
    let shown = put(&app.ana(), id, body).await.is(200);
    assert_eq!(shown["request"]["updated_at"], "2026-03-02T08:15:05Z");
    assert_eq!(shown["request"]["status"], "new");
    put(&app.ben(), id, json!({"comment": {"body": "Me too"}})).await.is(200);
    // `public: false` of an end user was ignored: all three can be read.
    assert_eq!(comments(&app, id).await, 3);
}

#[tokio::test]
async fn comment_and_solve_come_in_one_call() {
    let app = App::new().await;
    let id = with_ben(&app).await;
    agent_sets(&app, id, "pending").await;
    let body = json!({"comment": {"body": "It works, thanks"}, "solved": true});
    let shown = put(&app.ana(), id, body).await.is(200);
    assert_eq!(shown["request"]["status"], "solved");
    assert_eq!(comments(&app, id).await, 2);
}

#[tokio::test]
async fn extra_keys_change_nothing() {
    let app = App::new().await;
    let id = with_ben(&app).await;
    let before = app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200);
    app.advance(60);
    let extra = json!({"id": 7, "subject": "x", "priority": "urgent", "status": "solved",
        "type": "task", "custom_fields": [{"id": 1, "value": {"a": []}}], "requester_id": 9});
    assert_eq!(put(&app.ana(), id, extra).await.is(200), before);
    assert_eq!(put(&app.ana(), id, json!({})).await.is(200), before);
}

#[tokio::test]
async fn people_are_added_by_those_involved_and_removed_by_the_requester_or_themselves() {
    let app = App::new().await;
    let id = with_ben(&app).await;
    let copied = |answer: Value| answer["request"]["email_cc_ids"].as_array().unwrap().len();
    let add =
        json!({"additional_collaborators": ["eva@acme.example", {"email": "udo@acme.example"}]});
    assert_eq!(copied(put(&app.ben(), id, add).await.is(200)), 3);
    let ends = |answer: Value| answer["request"]["can"]["uncc"].as_array().unwrap().len();
    let show = async |client: Client| client.get(&format!("/api/v2/requests/{id}")).await.is(200);
    assert_eq!((ends(show(app.ana()).await), ends(show(app.ben()).await)), (3, 1));
    let remove = json!({"email_ccs": [{"user_email": "eva@acme.example", "action": "delete"}]});
    let refused = put(&app.ben(), id, remove.clone()).await;
    assert_eq!(refused.is(403)["error"]["title"], "Forbidden");
    assert_eq!(copied(put(&app.ana(), id, remove.clone()).await.is(200)), 2);
    assert_eq!(copied(put(&app.ana(), id, remove).await.is(200)), 2, "done already");
    let leave = json!({"email_ccs": [{"user_email": "ben@customer.example", "action": "delete"}]});
    put(&app.ben(), id, leave).await.is(200);
    app.ben().get(&format!("/api/v2/requests/{id}")).await.is(404);
}

#[tokio::test]
async fn a_blank_or_too_long_comment_is_refused_and_nothing_else_of_the_call_is_done() {
    let app = App::new().await;
    let id = with_ben(&app).await;
    agent_sets(&app, id, "open").await;
    for body in [" \n".to_owned(), "b".repeat(64 * 1024 + 1)] {
        let change = json!({"comment": {"body": body}, "solved": true,
            "email_ccs": [{"user_email": "eva@acme.example"}]});
        let refused = put(&app.ana(), id, change).await.is(422);
        assert!(refused["details"]["comment"].is_array());
    }
    let shown = app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200);
    assert_eq!(shown["request"]["status"], "open");
    assert_eq!(shown["request"]["email_cc_ids"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_full_conversation_takes_no_more() {
    let app = App::with(|config| config.limits.comments = 2).await;
    let id = with_ben(&app).await;
    put(&app.ana(), id, json!({"comment": {"body": "Second"}})).await.is(200);
    let body = put(&app.ana(), id, json!({"comment": {"body": "Third"}})).await.is(422);
    assert_eq!(body["details"]["comment"][0]["error"], "TooManyValues");
}
