//! `GET /api/v2/users/show_many`.

use crate::app::{App, ids};
use serde_json::json;

#[tokio::test]
async fn agents_get_everybody_they_name_by_either_id() {
    let app = App::new().await;
    let (a, b) = (app.ana().id().await, app.ben().id().await);
    let agent = app.agent();
    let list = agent.get(&format!("/api/v2/users/show_many.json?ids={b},{a},999,x,{a}")).await;
    let list = list.is(200);
    assert_eq!(ids(&list["users"]), [a, b]);
    assert_eq!(list["users"][0]["email"], "ana@customer.example");
    let list = agent.get("/api/v2/users/show_many?external_ids=host-ben,host-nobody").await.is(200);
    assert_eq!(ids(&list["users"]), [b]);
    assert_eq!(agent.get("/api/v2/users/show_many").await.is(200)["users"], json!([]));
    let many: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
    for key in ["ids", "external_ids"] {
        let path = format!("/api/v2/users/show_many?{key}={}", many.join(","));
        let body = agent.get(&path).await.is(400);
        assert_eq!((&body["error"], &body["max_count"]), (&json!("TooManyValues"), &json!(100)));
    }
}

#[tokio::test]
async fn end_users_get_the_names_of_those_they_have_to_do_with_and_no_address() {
    let app = App::new().await;
    let (ana, ben, stranger) = (app.ana(), app.ben(), app.stranger());
    let (a, b, s) = (ana.id().await, ben.id().await, stranger.id().await);
    let mia = app.agent().id().await;
    let all = format!("/api/v2/users/show_many.json?ids={a},{b},{s},{mia},999");
    let seen = ana.get(&all).await.is(200);
    assert_eq!(ids(&seen["users"]), [mia, a, b], "a colleague and whoever answers");
    assert!(!seen.to_string().contains('@'));
    assert_eq!(seen["users"][0]["agent"], true);
    assert_eq!(ids(&stranger.get(&all).await.is(200)["users"]), [mia, s]);
    // Somebody who is copied, from that moment on, and the other way round.
    let copy = json!({"email_ccs": [{"user_email": "stranger@customer.example"}]});
    let id = ana.create("With a stranger", copy).await;
    assert_eq!(ids(&ana.get(&all).await.is(200)["users"]), [mia, a, b, s]);
    assert_eq!(ids(&stranger.get(&all).await.is(200)["users"]), [mia, a, s]);
    let gone = json!({"request": {"email_ccs": [{"user_id": s, "action": "delete"}]}});
    ana.put(&format!("/api/v2/requests/{id}"), gone).await.is(200);
    assert_eq!(ids(&stranger.get(&all).await.is(200)["users"]), [mia, s]);
    // The host's ids of others are for agents.
    let by_host = stranger.get("/api/v2/users/show_many?external_ids=host-ana").await.is(200);
    assert_eq!(by_host["users"], json!([]));
    app.anonymous().get(&all).await.is(401);
}

#[tokio::test]
async fn who_sees_an_organizations_requests_knows_the_names_on_them() {
    let app = App::new().await;
    let (ana, ben, stranger) = (app.ana(), app.ben(), app.stranger());
    let (b, s) = (ben.id().await, stranger.id().await);
    let copy = json!({"email_ccs": [{"user_email": "stranger@customer.example"}]});
    ana.create("With a stranger", copy).await;
    let path = format!("/api/v2/users/show_many?ids={b},{s}");
    assert_eq!(ids(&ben.get(&path).await.is(200)["users"]), [b]);
    let change = json!({"user": {"ticket_restriction": "organization"}});
    app.agent().put(&format!("/api/v2/users/{b}"), change).await.is(200);
    assert_eq!(ids(&ben.get(&path).await.is(200)["users"]), [b, s]);
}
