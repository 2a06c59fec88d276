//! Agents' API tokens: who sees, makes and revokes which.

use crate::app::App;
use handrail_server::store::{tokens, users};
use serde_json::{Value, json};

const PATH: &str = "/api/handrail/v1/agent_tokens";

#[tokio::test]
async fn an_agent_sees_and_revokes_their_own_tokens() {
    let app = App::new().await;
    let (agent, admin) = (app.agent(), app.admin().await);
    let list = agent.get(PATH).await.is(200)["agent_tokens"].clone();
    assert_eq!(list.as_array().unwrap().len(), 1);
    let token = &list[0];
    assert_eq!(
        token,
        &json!({"id": 1, "user_id": agent.id().await, "description": null,
            "created_at": "2026-03-02T08:14:05Z", "last_used_at": "2026-03-02T00:00:00Z"})
    );
    // Not those of others, whom an agent cannot even tell from nobody.
    agent.delete(&format!("{PATH}/2")).await.is(404);
    agent.delete(&format!("{PATH}/99")).await.is(404);
    agent.get(&format!("{PATH}?user_id={}", admin.id().await)).await.is(403);
    agent.post(PATH, json!({"agent_token": {}})).await.is(403);
    agent.delete(&format!("{PATH}/1")).await.is_done();
    agent.get(PATH).await.is(401);
    app.ana().get(PATH).await.is(403);
    app.anonymous().get(PATH).await.is(401);
}

#[tokio::test]
async fn an_admin_gives_and_takes_tokens_and_the_secret_is_shown_once() {
    let app = App::new().await;
    let (agent, admin) = (app.agent(), app.admin().await);
    let mia = agent.id().await;
    let new = json!({"agent_token": {"user_id": mia, "description": " Night\nshift\u{202e} "}});
    let answer = admin.post(PATH, new).await;
    let made = answer.is(201)["agent_token"].clone();
    let secret = made["token"].as_str().unwrap().to_owned();
    assert_eq!((secret.len(), &made["description"]), (64, &json!("Night shift")));
    let second = app.basic("mia@support.example", &secret);
    assert_eq!(second.id().await, mia);
    let list = admin.get(&format!("{PATH}?user_id={mia}")).await.is(200);
    assert_eq!(list["agent_tokens"].as_array().unwrap().len(), 2);
    assert!(!list.to_string().contains(&secret));
    admin.delete(&format!("{PATH}/{}", made["id"])).await.is_done();
    second.get(PATH).await.is(401);
    agent.get(PATH).await.is(200);
    // Only somebody who works for the vendor has one.
    let ana = app.ana().id().await;
    for user in [ana, 999] {
        let new = json!({"agent_token": {"user_id": user}});
        let body = admin.post(PATH, new).await.is(422);
        assert_eq!(body["details"]["user_id"][0]["error"], "InvalidValue");
    }
    let own = admin.post(PATH, json!({"agent_token": {}})).await.is(201);
    assert_eq!(own["agent_token"]["user_id"], admin.id().await);
    assert_eq!(own["agent_token"]["last_used_at"], Value::Null);
}

#[tokio::test]
async fn a_token_is_not_another_agents() {
    let app = App::new().await;
    app.admin().await;
    app.basic("ada@support.example", app.agent_token()).get(PATH).await.is(401);
}

#[tokio::test]
async fn no_secret_is_kept() {
    let app = App::new().await;
    let mut read = app.state.store.read().await.unwrap();
    let mia = users::by_email(&mut read, "mia@support.example").await.unwrap().unwrap();
    let kept = tokens::of_user(&mut read, mia.id).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0].digest, app.agent_token());
    assert_eq!(kept[0].digest.len(), 64);
}

#[tokio::test]
async fn use_is_noted_once_a_day() {
    let app = App::new().await;
    let agent = app.agent();
    agent.get(PATH).await.is(200);
    // Somebody else holds the write lock for good; the second call of a day must not need it.
    let lock = app.state.store.write().await.unwrap();
    app.advance(3600);
    agent.get(PATH).await.is(200);
    drop(lock);
    app.advance(86_400);
    let list = agent.get(PATH).await.is(200);
    assert_eq!(list["agent_tokens"][0]["last_used_at"], "2026-03-03T00:00:00Z");
}
