//! `via_followup_source_id`: what goes on when a request is closed.

use crate::app::App;
use serde_json::json;

async fn close(app: &App, id: i64) {
    let change = json!({"ticket": {"status": "closed", "assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), change).await.is(200);
}

#[tokio::test]
async fn a_closed_request_goes_on_in_a_new_one() {
    let app = App::new().await;
    let old = app.ana().create("Old", json!({})).await;
    close(&app, old).await;
    let new = app.ana().create("New", json!({"via_followup_source_id": old})).await;
    let shown = app.ana().get(&format!("/api/v2/requests/{new}")).await.is(200);
    assert_eq!(shown["request"]["followup_source_id"], old);
}

#[tokio::test]
async fn a_source_that_is_open_foreign_or_missing_has_no_effect_and_all_look_alike() {
    let app = App::new().await;
    let open = app.ana().create("Open", json!({})).await;
    let foreign = app.stranger().create("Foreign", json!({})).await;
    close(&app, foreign).await;
    for source in [open, foreign, 999_999] {
        let new = app.ana().create("New", json!({"via_followup_source_id": source})).await;
        let shown = app.ana().get(&format!("/api/v2/requests/{new}")).await.is(200);
        assert!(shown["request"]["followup_source_id"].is_null(), "{source}");
    }
}

#[tokio::test]
async fn fields_of_the_vendor_and_a_tasks_date_are_kept_and_shown() {
    let app = App::new().await;
    let fields = json!([{"id": 9001, "value": "eu-west"}, {"id": 9002, "value": true},
        {"id": 9003, "value": ["a", "b"]}, {"id": 9004, "value": 4.5}, {"id": 9005, "value": null}]);
    let more = json!({"custom_fields": fields, "type": "task", "due_at": "2026-04-01T08:00:00Z",
        "recipient": "Help@Support.example"});
    let id = app.ana().create("Fields", more).await;
    let request = app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200)["request"].clone();
    assert_eq!(request["custom_fields"], fields);
    assert_eq!(request["fields"], fields);
    assert_eq!(request["due_at"], "2026-04-01T08:00:00Z");
    assert_eq!(request["recipient"], "help@support.example");
    let long = json!({"request": {"subject": "s", "comment": {"body": "b"},
        "custom_fields": [{"id": 1, "value": "x".repeat(5000)}]}});
    let refused = app.ana().post("/api/v2/requests", long).await.is(422);
    assert_eq!(refused["details"]["custom_fields"][0]["error"], "TooLong");
}
