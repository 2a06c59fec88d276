//! Who is told of what: looked at when it is told, and not when the stream was opened.

use super::listener::Listener;
use crate::app::{App, Client, START};
use handrail_server::store::{organizations, sqlite::query, users, users::Sharing};
use serde_json::json;

async fn share(app: &App, tickets: bool) {
    let mut tx = app.state.store.write().await.unwrap();
    let mut acme = organizations::by_external_id(&mut tx, "acme").await.unwrap().unwrap();
    acme.shared_tickets = tickets;
    organizations::update(&mut tx, &acme).await.unwrap();
    tx.commit().await.unwrap();
}

/// Something public, by its requester.
async fn touch(client: &Client, id: i64) {
    let change = json!({"request": {"comment": {"body": "b"}}});
    client.put(&format!("/api/v2/requests/{id}"), change).await.is(200);
}

async fn copy(client: &Client, id: i64, action: &str) {
    let ben = json!({"user_email": "ben@customer.example", "action": action});
    let change = json!({"request": {"email_ccs": [ben]}});
    client.put(&format!("/api/v2/requests/{id}"), change).await.is(200);
}

fn comment() -> Vec<String> {
    vec!["comment".to_owned()]
}

#[tokio::test]
async fn strangers_and_colleagues_hear_nothing_and_copied_people_do() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let (mut stranger, cursor) = Listener::now(&app.stranger()).await;
    let (mut ben, _) = Listener::now(&app.ben()).await;
    copy(&app.ana(), id, "put").await;
    // The first that Ben hears is that he is copied; what was before is no news to him.
    assert_eq!(ben.changes().await, (id, vec!["cc".to_owned()]));
    touch(&app.ana(), id).await;
    assert_eq!(ben.changes().await, (id, comment()));
    copy(&app.ana(), id, "delete").await;
    touch(&app.ana(), id).await;
    let his = app.ben().create("Ben's", json!({})).await;
    assert_eq!(ben.next().await.data["request_id"], his);

    let theirs = app.stranger().create("Theirs", json!({})).await;
    assert_eq!(stranger.next().await.data["request_id"], theirs);
    let mut again = Listener::open(&app.stranger(), Some(cursor)).await;
    assert_eq!(again.until_ready().await.0.len(), 1);
    // Coming again, Ben is told only of what he may see now.
    let mut again = Listener::open(&app.ben(), Some(cursor)).await;
    assert_eq!(again.until_ready().await.0.len(), 1);
}

#[tokio::test]
async fn private_notes_are_for_the_staff() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let (mut ana, cursor) = Listener::now(&app.ana()).await;
    let (mut mia, _) = Listener::now(&app.agent()).await;
    let path = format!("/api/v2/tickets/{id}");
    let note = json!({"ticket": {"comment": {"body": "Hm.", "public": false}}});
    app.agent().put(&path, note).await.is(200);
    // A change that is public and a note that is not, in one call.
    let both = json!({"ticket": {"comment": {"body": "Hm.", "public": false},
        "assignee_email": "mia@support.example"}});
    app.agent().put(&path, both).await.is(200);
    assert_eq!(mia.changes().await, (id, comment()));
    let assigned = ["comment", "status", "assignee_id"].map(String::from).to_vec();
    assert_eq!(mia.changes().await, (id, assigned.clone()));
    assert_eq!(ana.changes().await, (id, assigned[1..].to_vec()));
    let mut again = Listener::open(&app.ana(), Some(cursor)).await;
    assert_eq!(again.until_ready().await.0.len(), 1);
    let mut again = Listener::open(&app.agent(), Some(cursor)).await;
    assert_eq!(again.until_ready().await.0.len(), 2);
}

#[tokio::test]
async fn an_agent_with_an_identity_token_is_an_end_user() {
    let app = App::new().await;
    let mut claims = app.claims("mia", "Mia");
    claims.email = "mia@support.example".to_owned();
    let (mut mia, _) = Listener::now(&app.by(&claims)).await;
    app.ana().create("Ana's", json!({})).await;
    let own = app.by(&claims).create("Mia's", json!({})).await;
    assert_eq!(mia.next().await.data["request_id"], own);
}

#[tokio::test]
async fn colleagues_hear_as_far_as_their_organization_shares() {
    let app = App::new().await;
    let id = app.ana().create("Ana's", json!({})).await;
    app.ben().get("/api/v2/requests").await.is(200);
    share(&app, true).await;
    let (mut ben, _) = Listener::now(&app.ben()).await;
    touch(&app.ana(), id).await;
    assert_eq!(ben.changes().await, (id, comment()));
    share(&app, false).await;
    touch(&app.ana(), id).await;
    let his = app.ben().create("Ben's", json!({})).await;
    assert_eq!(ben.next().await.data["request_id"], his);
}

#[tokio::test]
async fn whoever_is_given_more_comes_again_and_has_missed_nothing() {
    let app = App::with(|config| config.events.beat_seconds = 1).await;
    let id = app.ana().create("Ana's", json!({})).await;
    let (ben, cursor) = Listener::now(&app.ben()).await;
    let mut tx = app.state.store.write().await.unwrap();
    let mut user = users::by_email(&mut tx, "ben@customer.example").await.unwrap().unwrap();
    user.sharing = Sharing::View;
    users::update(&mut tx, &user).await.unwrap();
    tx.commit().await.unwrap();
    touch(&app.ana(), id).await;
    ben.ends().await;
    let mut ben = Listener::open(&app.ben(), Some(cursor)).await;
    assert_eq!(ben.changes().await, (id, comment()));
}

#[tokio::test]
async fn a_token_that_expires_ends_its_stream() {
    let app = App::with(|config| config.events.beat_seconds = 1).await;
    let mut claims = app.claims("ana", "Ana Ruiz");
    claims.exp = START + 60;
    let (listener, _) = Listener::now(&app.by(&claims)).await;
    let (mut other, cursor) = Listener::now(&app.by(&claims)).await;
    let id = app.ana().create("One", json!({})).await;
    assert_eq!(other.next().await.data["request_id"], id);
    app.advance(71);
    // At the next sign of life, and before anything more is told.
    touch(&app.ana(), id).await;
    other.ends().await;
    let request = app.by(&claims).get(super::listener::EVENTS).await;
    assert_eq!(request.is(401)["error"], "invalid_token");
    let mut again = Listener::open(&app.ana(), Some(cursor + 1)).await;
    assert_eq!(again.until_ready().await.0, [cursor + 2]);
    drop(listener);
}

#[tokio::test]
async fn an_api_token_that_is_revoked_ends_its_stream() {
    let app = App::with(|config| config.events.beat_seconds = 1).await;
    let (mia, _) = Listener::now(&app.agent()).await;
    let mut tx = app.state.store.write().await.unwrap();
    query("UPDATE agent_tokens SET revoked_at = $1").bind(START).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    mia.ends().await;
    app.agent().get(super::listener::EVENTS).await.is(401);
}

#[tokio::test]
async fn the_stream_of_somebody_who_is_suspended_ends() {
    let app = App::with(|config| config.events.beat_seconds = 1).await;
    let (ana, _) = Listener::now(&app.ana()).await;
    let user = format!("/api/v2/users/{}", app.ana().id().await);
    app.agent().put(&user, json!({"user": {"suspended": true}})).await.is(200);
    ana.ends().await;
}
