//! `PUT /api/v2/tickets/update_many`, `POST …/create_many` and `GET /api/v2/job_statuses/…`.

use super::{put, ticket};
use crate::app::App;
use handrail_server::{jobs::do_bulk_work, serve::issue_agent_token, store::sqlite::query};
use serde_json::{Value, json};

const MANY: &str = "/api/v2/tickets/update_many.json";

/// The work of an answer, done.
async fn done(app: &App, begun: &Value) -> Value {
    do_bulk_work(&app.state).await.unwrap();
    let id = begun["job_status"]["id"].as_str().unwrap();
    app.agent().get(&format!("/api/v2/job_statuses/{id}.json")).await.is(200)["job_status"].clone()
}

#[tokio::test]
async fn one_change_goes_to_all_that_are_named() {
    let app = App::new().await;
    let (one, two) =
        (app.ana().create("One", json!({})).await, app.ana().create("Two", json!({})).await);
    let closed = app.ana().create("Three", json!({})).await;
    let close = json!({"status": "closed", "assignee_email": "mia@support.example"});
    put(&app, closed, close).await.is(200);
    let change = json!({"ticket": {"status": "pending", "comment": {"body": "We are on it."},
        "additional_tags": ["outage"]}});
    let path = format!("{MANY}?ids={one},{closed},999999,{two}");
    let begun = app.agent().put(&path, change).await.is(200);
    let job = &begun["job_status"];
    assert_eq!(job["status"], "queued");
    assert_eq!(
        (&job["total"], &job["progress"], &job["results"]),
        (&json!(4), &json!(0), &json!(null))
    );
    let url = format!(
        "https://support.example.com/api/v2/job_statuses/{}.json",
        job["id"].as_str().unwrap()
    );
    assert_eq!(job["url"], url);
    assert_eq!(ticket(&app, one).await["status"], "new", "not yet");

    let job = done(&app, &begun).await;
    assert_eq!(job["status"], "completed");
    assert_eq!(job["progress"], 4);
    assert_eq!(job["message"], "Completed at 2026-03-02T08:14:05Z");
    let ok = |index: i64, id: i64| json!({"index": index, "id": id, "action": "update", "success": true, "status": "Updated"});
    let failed = |index: i64, id: i64, error: &str, details: &str| {
        json!({"index": index, "id": id, "action": "update", "success": false, "status": "Failed",
            "error": error, "details": details})
    };
    assert_eq!(
        job["results"],
        json!([
            ok(0, one),
            failed(1, closed, "RecordInvalid", "Status: closed prevents ticket update"),
            failed(2, 999_999, "RecordNotFound", "Not found"),
            ok(3, two)
        ])
    );
    for id in [one, two] {
        let ticket = ticket(&app, id).await;
        assert_eq!((&ticket["status"], &ticket["tags"]), (&json!("pending"), &json!(["outage"])));
        let said = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
        assert_eq!(said["comments"][1]["body"], "We are on it.");
    }
}

#[tokio::test]
async fn each_ticket_can_have_a_change_of_its_own_and_half_of_one_is_none() {
    let app = App::new().await;
    let (one, two) =
        (app.ana().create("One", json!({})).await, app.ana().create("Two", json!({})).await);
    let changes = json!({"tickets": [
        {"id": one, "priority": "urgent"},
        {"id": two, "additional_collaborators": ["eva@acme.example"], "status": "solved"},
        {"priority": "high"}]});
    let begun = app.agent().put(MANY, changes).await.is(200);
    let job = done(&app, &begun).await;
    let outcome: Vec<&Value> =
        job["results"].as_array().unwrap().iter().map(|it| &it["success"]).collect();
    assert_eq!(outcome, [true, false, false]);
    assert_eq!(ticket(&app, one).await["priority"], "urgent");
    assert_eq!(ticket(&app, two).await["collaborator_ids"], json!([]));
}

#[tokio::test]
async fn many_tickets_are_made_at_once() {
    let app = App::new().await;
    let drafts = json!({"tickets": [
        {"subject": "One", "comment": {"body": "x"}}, {"subject": "No words"},
        {"subject": "Two", "description": "y"}]});
    let begun = app.agent().post("/api/v2/tickets/create_many", drafts).await.is(200);
    let job = done(&app, &begun).await;
    let results = job["results"].as_array().unwrap();
    assert_eq!(results[0]["status"], "Created");
    assert_eq!(results[1]["id"], json!(null));
    assert_eq!(results[1]["error"], "RecordInvalid");
    let id = results[2]["id"].as_i64().unwrap();
    assert_eq!(ticket(&app, id).await["subject"], "Two");
    let named = format!("{},nothing,{}", job["id"].as_str().unwrap(), job["id"].as_str().unwrap());
    let many =
        app.agent().get(&format!("/api/v2/job_statuses/show_many?ids={named}")).await.is(200);
    assert_eq!(many["job_statuses"], json!([job]));
}

#[tokio::test]
async fn work_that_a_restart_interrupted_goes_on_and_nothing_is_done_twice() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"ticket": {"comment": {"body": "Once"}}});
    let begun = app.agent().put(&format!("{MANY}?ids={id}"), change).await.is(200);
    let app = app.restart().await;
    assert_eq!(done(&app, &begun).await["status"], "completed");
    do_bulk_work(&app.state).await.unwrap();
    let said = app.agent().get(&format!("/api/v2/tickets/{id}/comments")).await.is(200);
    assert_eq!(said["count"], 2);
}

#[tokio::test]
async fn the_same_key_begins_one_piece_of_work() {
    let app = App::new().await;
    let (one, two) =
        (app.ana().create("One", json!({})).await, app.ana().create("Two", json!({})).await);
    let change = json!({"ticket": {"comment": {"body": "Once"}}});
    let agent = app.agent().key("k");
    let first = agent.put(&format!("{MANY}?ids={one}"), change.clone()).await.is(200);
    let second = agent.put(&format!("{MANY}?ids={one}"), change.clone()).await.is(200);
    assert_eq!(first, second);
    let other = agent.put(&format!("{MANY}?ids={two}"), change).await.is(400);
    assert_eq!(other["error"], "IdempotentRequestError");
}

#[tokio::test]
async fn nothing_and_too_much_are_refused() {
    let app = App::new().await;
    let change = json!({"ticket": {"status": "open"}});
    for body in [json!({}), json!({"tickets": []}), change.clone()] {
        let refused = app.agent().put(MANY, body).await.is(422);
        assert_eq!(refused["details"]["tickets"][0]["error"], "BlankValue");
    }
    let ids = (1..=101).map(|id| id.to_string()).collect::<Vec<_>>().join(",");
    let refused = app.agent().put(&format!("{MANY}?ids={ids}"), change).await.is(400);
    assert_eq!(refused["error"], "TooManyValues");
    let drafts: Vec<Value> = (0..101).map(|_| json!({"description": "x"})).collect();
    let many = json!({"tickets": drafts});
    app.agent().post("/api/v2/tickets/create_many", many).await.is(400);
    app.agent().get("/api/v2/job_statuses/nothing").await.is(404);
}

#[tokio::test]
async fn only_so_much_work_waits() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"ticket": {"priority": "high"}});
    for _ in 0..100 {
        app.agent().put(&format!("{MANY}?ids={id}"), change.clone()).await.is(200);
    }
    let refused = app.agent().put(&format!("{MANY}?ids={id}"), change.clone()).await;
    assert_eq!(refused.is(429)["error"], "TooManyJobs");
    assert_eq!(refused.header("retry-after"), Some("5"));
    do_bulk_work(&app.state).await.unwrap();
    app.agent().put(&format!("{MANY}?ids={id}"), change).await.is(200);
}

#[tokio::test]
async fn work_of_somebody_who_is_no_agent_any_more_is_not_done() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let token = issue_agent_token(&app.state, "ada@support.example", None).await.unwrap();
    let ada = app.basic("ada@support.example", &token);
    let change = json!({"ticket": {"priority": "urgent"}});
    let begun = ada.put(&format!("{MANY}?ids={id}"), change).await.is(200);
    let mut tx = app.state.store.write().await.unwrap();
    query("UPDATE users SET role = 'end-user' WHERE email = 'ada@support.example'")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let job = done(&app, &begun).await;
    assert_eq!(job["status"], "failed");
    assert_eq!(ticket(&app, id).await["priority"], "low");
}
