//! `/api/v2/ticket_fields`, `/ticket_forms` and `/custom_statuses`.

use crate::app::App;
use serde_json::{Value, json};

fn texts(list: &Value, key: &str) -> Vec<String> {
    let all = list.as_array().unwrap().iter();
    all.map(|it| it[key].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn end_users_see_the_fields_of_the_portal_and_agents_all() {
    let app = App::new().await;
    let all = app.agent().get("/api/v2/ticket_fields.json").await.is(200);
    let kinds = ["subject", "description", "status", "tickettype", "priority", "assignee"];
    assert_eq!(texts(&all["ticket_fields"], "type"), kinds);
    assert_eq!(all["count"], 6);
    let seen = app.ana().get("/api/v2/ticket_fields?locale=en-us").await.is(200);
    assert_eq!(texts(&seen["ticket_fields"], "type"), kinds[..5]);
    assert_eq!(seen["count"], 5);
    let priority = &seen["ticket_fields"][4];
    assert_eq!(
        (&priority["active"], &priority["editable_in_portal"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(priority["system_field_options"][0], json!({"name": "S0", "value": "urgent"}));
    let second = app.ana().get("/api/v2/ticket_fields?per_page=3&page=2").await.is(200);
    assert_eq!(texts(&second["ticket_fields"], "type"), ["tickettype", "priority"]);
    let id = &all["ticket_fields"][5]["id"];
    let one = app.agent().get(&format!("/api/v2/ticket_fields/{id}.json")).await.is(200);
    assert_eq!(one["ticket_field"], all["ticket_fields"][5]);
    app.ana().get("/api/v2/ticket_fields/1").await.is(403);
    app.agent().get("/api/v2/ticket_fields/99").await.is(404);
    app.anonymous().get("/api/v2/ticket_fields").await.is(401);
}

#[tokio::test]
async fn there_is_one_form_with_all_fields() {
    let app = App::new().await;
    let list = app.ana().get("/api/v2/ticket_forms.json").await.is(200);
    let form = &list["ticket_forms"][0];
    assert_eq!((&form["active"], &form["end_user_visible"]), (&json!(true), &json!(true)));
    assert_eq!(form["ticket_field_ids"].as_array().unwrap().len(), 6);
    let one = app.ana().get(&format!("/api/v2/ticket_forms/{}.json", form["id"])).await.is(200);
    assert_eq!(&one["ticket_form"], form);
    app.ana().get("/api/v2/ticket_forms/2").await.is(404);
}

#[tokio::test]
async fn statuses_have_words_for_agents_and_for_end_users() {
    let app = App::new().await;
    let path = "/api/v2/custom_statuses.json?active=true&locale=en-us";
    let list = app.ana().get(path).await.is(200)["custom_statuses"].clone();
    let categories = ["new", "open", "pending", "hold", "solved"];
    assert_eq!(texts(&list, "status_category"), categories);
    assert_eq!(list[2]["end_user_label"], "Awaiting your reply");
    assert_eq!(
        (&list[3]["label"], &list[3]["end_user_label"]),
        (&json!("On-hold"), &json!("Open"))
    );
    let none = app.ana().get("/api/v2/custom_statuses?active=false").await.is(200);
    assert_eq!(none["custom_statuses"], json!([]));
}
