//! `DELETE /api/v2/users/{id}` and `PUT /api/v2/users/{id}/merge`.

use crate::app::{App, ids};
use serde_json::{Value, json};

#[tokio::test]
async fn who_was_deleted_is_on_no_list_and_what_they_wrote_stays() {
    let app = App::new().await;
    let (ana, ben, agent) = (app.ana(), app.ben(), app.agent());
    let (a, b) = (ana.id().await, ben.id().await);
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let id = ana.create("Of somebody who left", copy).await;
    let path = format!("/api/v2/users/{a}");
    let gone = agent.delete(&path).await.is(200)["user"].clone();
    assert_eq!((&gone["active"], &gone["organization_id"]), (&json!(false), &Value::Null));
    assert_eq!(agent.get(&path).await.is(200)["user"]["active"], false);
    assert_eq!(ids(&agent.get("/api/v2/users?role=end-user").await.is(200)["users"]), [b]);
    let found = agent.get("/api/v2/users/search?query=ana").await.is(200);
    assert_eq!(found["count"], 0);
    let people = ben.get("/api/handrail/v1/people?query=ana").await.is(200);
    assert_eq!(people["people"], json!([]));
    let comments = ben.get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    assert_eq!(comments["users"][0]["name"], "Ana Ruiz");
    agent.delete("/api/v2/users/999").await.is(404);
}

#[tokio::test]
async fn who_was_deleted_comes_back_with_the_host_or_an_agent() {
    let app = App::new().await;
    let (ana, agent) = (app.ana(), app.agent());
    let a = ana.id().await;
    let id = ana.create("Still mine", json!({})).await;
    let path = format!("/api/v2/users/{a}");
    agent.delete(&path).await.is(200);
    let me = ana.get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(me["id"], a);
    assert!(me["organization_id"].is_i64());
    assert_eq!(ids(&ana.get("/api/v2/requests").await.is(200)["requests"]), [id]);
    assert_eq!(agent.get(&path).await.is(200)["user"]["active"], true);

    for path_of_making in ["users", "users/create_or_update"] {
        agent.delete(&path).await.is(200);
        let user = json!({"user": {"name": "Ana again", "email": "ana@customer.example"}});
        let answer = agent.post(&format!("/api/v2/{path_of_making}"), user).await;
        assert!(answer.status.is_success());
        let back = answer.json()["user"].clone();
        assert_eq!((&back["id"], &back["active"]), (&json!(a), &json!(true)));
    }
}

#[tokio::test]
async fn who_never_came_through_a_host_can_be_merged_into_somebody() {
    let app = App::new().await;
    let (ana, ben, agent) = (app.ana(), app.ben(), app.agent());
    let b = ben.id().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@private.example"}]});
    let id = ana.create("To another address of Ben's", copy).await;
    assert_eq!(ids(&ben.get("/api/v2/requests/ccd").await.is(200)["requests"]), [0; 0]);
    let found = agent.get("/api/v2/users/search?query=email:ben@private.example").await.is(200);
    let placeholder = found["users"][0]["id"].as_i64().unwrap();
    let path = format!("/api/v2/users/{placeholder}/merge.json");
    for into in [placeholder, agent.id().await, 999] {
        agent.put(&path, json!({"user": {"id": into}})).await.is(422);
    }
    let ben_is_known = format!("/api/v2/users/{b}/merge");
    agent.put(&ben_is_known, json!({"user": {"id": placeholder}})).await.is(422);
    ana.put(&path, json!({"user": {"id": b}})).await.is(403);
    let kept = agent.put(&path, json!({"user": {"id": b}})).await.is(200)["user"].clone();
    assert_eq!((&kept["id"], &kept["email"]), (&json!(b), &json!("ben@customer.example")));
    assert_eq!(ids(&ben.get("/api/v2/requests/ccd").await.is(200)["requests"]), [id]);
    agent.get(&format!("/api/v2/users/{placeholder}")).await.is(404);
    agent.put(&path, json!({"user": {"id": b}})).await.is(404);
}
