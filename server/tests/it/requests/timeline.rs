//! `GET /api/handrail/v1/requests/{id}/timeline`: what happened beside what was said.

use crate::app::{App, Client, follow};
use handrail_server::jobs::close_solved;
use serde_json::{Value, json};

async fn tell(client: &Client, id: i64, query: &str) -> Value {
    client.get(&format!("/api/handrail/v1/requests/{id}/timeline{query}")).await.is(200)
}

async fn agent_puts(app: &App, id: i64, ticket: Value) {
    let path = format!("/api/v2/tickets/{id}");
    app.agent().put(&path, json!({"ticket": ticket})).await.is(200);
}

fn changes(told: &Value) -> Vec<&Value> {
    let entries = told["timeline"].as_array().unwrap();
    entries.iter().flat_map(|entry| entry["changes"].as_array().unwrap()).collect()
}

#[tokio::test]
async fn changes_of_status_severity_and_people_are_told_with_names() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "normal"})).await;
    app.advance(60);
    agent_puts(&app, id, json!({"priority": "high", "assignee_email": "mia@support.example"}))
        .await;
    app.advance(60);
    let change = json!({"request": {"email_ccs": [{"user_email": "ben@customer.example"}]}});
    app.ana().put(&format!("/api/v2/requests/{id}"), change).await.is(200);
    let told = tell(&app.ana(), id, "").await;
    assert_eq!(
        changes(&told),
        [
            &json!({"field": "status", "from": "new", "to": "open"}),
            &json!({"field": "priority", "from": "normal", "to": "high", "first_reply": {
                "from": "2026-03-02T12:14:05Z", "to": "2026-03-02T10:14:05Z"}}),
            &json!({"field": "assignee_id", "from": null, "to": 1}),
            &json!({"field": "cc", "added": [3], "removed": []}),
        ]
    );
    let entry = |at: usize| told["timeline"][at].clone();
    assert_eq!((&entry(0)["author_id"], &entry(1)["author_id"]), (&json!(1), &json!(2)));
    assert_eq!(entry(0)["created_at"], "2026-03-02T08:15:05Z");
    let names: Vec<&Value> =
        told["users"].as_array().unwrap().iter().map(|user| &user["name"]).collect();
    assert_eq!(names, ["Mia", "Ana Ruiz", "ben"]);
    assert!(told["users"][2].get("email").is_none());
}

#[tokio::test]
async fn a_severity_changed_after_the_reply_did_not_move_the_clock() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "normal"})).await;
    agent_puts(&app, id, json!({"comment": {"body": "On it"}})).await;
    app.advance(60);
    agent_puts(&app, id, json!({"priority": "urgent"})).await;
    let told = tell(&app.ana(), id, "").await;
    let change =
        json!({"field": "priority", "from": "normal", "to": "urgent", "first_reply": null});
    assert_eq!(changes(&told), [&change]);
}

#[tokio::test]
async fn what_staff_keep_for_themselves_is_not_told() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    agent_puts(&app, id, json!({"comment": {"body": "They owe us", "public": false}})).await;
    agent_puts(&app, id, json!({"tags": ["vip"], "external_id": "x"})).await;
    let followers = json!([{"user_email": "mia@support.example"}]);
    let both = json!({"status": "pending", "tags": ["late"], "followers": followers,
        "comment": {"body": "Not yet", "public": false}});
    agent_puts(&app, id, both).await;
    let told = tell(&app.ana(), id, "").await;
    assert_eq!(changes(&told), [&json!({"field": "status", "from": "new", "to": "pending"})]);
    let text = told.to_string();
    for secret in ["owe", "vip", "late", "Not yet", "external", "follower"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn closing_in_time_has_no_author() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    agent_puts(&app, id, json!({"status": "solved", "assignee_email": "mia@support.example"}))
        .await;
    app.advance(30 * 86_400);
    close_solved(&app.state).await.unwrap();
    let told = tell(&app.ana(), id, "?sort=-created_at&page[size]=1").await;
    assert_eq!(changes(&told), [&json!({"field": "status", "from": "solved", "to": "closed"})]);
    assert_eq!((&told["timeline"][0]["author_id"], &told["users"]), (&Value::Null, &json!([])));
    let before = app.ana().get(&follow(&told["links"]["next"])).await.is(200);
    assert_eq!(before["users"][0]["name"], "Mia");
    assert_eq!(tell(&app.ana(), id, "").await["count"], 2);
}

#[tokio::test]
async fn it_is_for_those_who_see_the_request() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/handrail/v1/requests/{id}/timeline");
    app.stranger().get(&path).await.is(404);
    app.anonymous().get(&path).await.is(401);
    // An agent's token is no end user's, here as on the rest of the Requests API.
    app.agent().get(&path).await.is(404);
}
