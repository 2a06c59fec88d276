//! `GET /api/v2/tickets/{id}/comments`, contract.md 14.3 (k).

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn notes_are_among_them_and_people_only_when_asked_for() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/tickets/{id}");
    let note = json!({"ticket": {"comment": {"body": "Hm", "public": false}}});
    let audit = app.agent().put(&path, note).await.is(200)["audit"].clone();
    let plain = app.agent().get(&format!("{path}/comments.json")).await.is(200);
    assert_eq!(plain["count"], 2);
    assert!(plain.get("users").is_none());
    let row = &plain["comments"][1];
    assert_eq!(row["public"], false);
    assert_eq!(row["audit_id"], audit["id"]);
    let with = app.agent().get(&format!("{path}/comments.json?include=users")).await.is(200);
    assert_eq!(with["users"].as_array().unwrap().len(), 2);
    let paged = app.agent().get(&format!("{path}/comments?page[size]=1")).await.is(200);
    assert_eq!(paged["meta"]["has_more"], true);
}
