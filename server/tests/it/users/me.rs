//! `GET /api/v2/users/me`.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn a_person_sees_themselves() {
    let app = App::new().await;
    let answer = app.ana().get("/api/v2/users/me").await;
    insta::assert_json_snapshot!(answer.is(200), @r#"
    {
      "user": {
        "alias": null,
        "created_at": "2026-03-02T08:14:05Z",
        "email": "ana@customer.example",
        "external_id": "host-ana",
        "iana_time_zone": null,
        "id": 2,
        "locale": null,
        "name": "Ana Ruiz",
        "organization_id": 1,
        "phone": null,
        "photo": null,
        "role": "end-user",
        "suspended": false,
        "tags": [],
        "ticket_restriction": "requested",
        "time_zone": null,
        "updated_at": "2026-03-02T08:14:05Z",
        "url": "https://support.example.com/api/v2/users/2.json",
        "verified": true
      }
    }
    "#);
}

#[tokio::test]
async fn an_agent_is_told_as_one() {
    let app = App::new().await;
    let user = &app.agent().get("/api/v2/users/me.json").await.is(200)["user"];
    assert_eq!(user["role"], "agent");
    assert_eq!(user["email"], "mia@support.example");
}

#[tokio::test]
async fn nobody_and_whoever_is_refused_get_a_stand_in() {
    let app = App::new().await;
    for client in [app.anonymous(), app.bearer("junk"), app.basic("mia@support.example", "wrong")] {
        let user = &client.get("/api/v2/users/me.json").await.is(200)["user"];
        assert_eq!(user["id"], json!(null));
        assert_eq!(user["name"], "Anonymous user");
        assert_eq!(user["email"], json!(null));
    }
}
