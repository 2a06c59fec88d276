//! `GET /api/v2/tickets/{id}/collaborators`, `…/email_ccs` and `…/followers`.

use super::put;
use crate::app::{App, ids};
use serde_json::json;

#[tokio::test]
async fn they_are_whole_users() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "eva@acme.example", "user_name": "Eva"}]});
    let id = app.ana().create("One", copy).await;
    put(&app, id, json!({"followers": [{"user_email": "mia@support.example"}]})).await.is(200);
    let of = async |kind: &str| {
        app.agent().get(&format!("/api/v2/tickets/{id}/{kind}.json")).await.is(200)
    };
    let copied = of("collaborators").await;
    assert_eq!(copied["users"][0]["email"], "eva@acme.example");
    assert_eq!(copied["users"][0]["role"], "end-user");
    assert_eq!(copied["count"], 1);
    assert_eq!(of("email_ccs").await, copied);
    assert_eq!(ids(&of("followers").await["users"]), [1]);
}
