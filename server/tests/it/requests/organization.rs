//! `GET /api/v2/organizations/{id}/requests`, `…/users/{id}/requests`, and what colleagues may do.

use crate::app::{App, Client, ids};
use handrail_server::store::{organizations, users, users::Sharing};
use serde_json::{Value, json};

async fn share(app: &App, tickets: bool, comments: bool) -> i64 {
    let mut tx = app.state.store.write().await.unwrap();
    let mut acme = organizations::by_external_id(&mut tx, "acme").await.unwrap().unwrap();
    (acme.shared_tickets, acme.shared_comments) = (tickets, comments);
    organizations::update(&mut tx, &acme).await.unwrap();
    tx.commit().await.unwrap();
    acme.id.0
}

async fn allow(app: &App, email: &str, sharing: Sharing) {
    let mut tx = app.state.store.write().await.unwrap();
    let mut user = users::by_email(&mut tx, email).await.unwrap().unwrap();
    user.sharing = sharing;
    users::update(&mut tx, &user).await.unwrap();
    tx.commit().await.unwrap();
}

async fn comment(client: &Client, id: i64) -> u16 {
    let change = json!({"request": {"comment": {"body": "Me too"}}});
    client.put(&format!("/api/v2/requests/{id}"), change).await.status.as_u16()
}

#[tokio::test]
async fn colleagues_see_and_comment_as_far_as_their_organization_shares() {
    let app = App::new().await;
    let id = app.ana().create("Ana's", json!({})).await;
    app.ben().get("/api/v2/requests").await.is(200);
    let path = format!("/api/v2/requests/{id}");
    let acme = share(&app, false, true).await;
    let list = format!("/api/v2/organizations/{acme}/requests");
    let nothing = json!({"comment": false, "solve": false, "cc": false, "uncc": []});

    assert_eq!(app.ben().get(&list).await.is(403)["error"]["title"], "Forbidden");
    app.ben().get(&path).await.is(404);
    assert_eq!(comment(&app.ben(), id).await, 404);

    share(&app, true, false).await;
    let seen = app.ben().get(&list).await.is(200);
    assert_eq!(ids(&seen["requests"]), [id]);
    assert_eq!(seen["requests"][0]["can"], nothing);
    assert_eq!(app.ben().get(&path).await.is(200)["request"]["can"], nothing);
    assert_eq!(comment(&app.ben(), id).await, 403);

    share(&app, true, true).await;
    let may = json!({"comment": true, "solve": false, "cc": false, "uncc": []});
    assert_eq!(app.ben().get(&path).await.is(200)["request"]["can"], may);
    assert_eq!(comment(&app.ben(), id).await, 200);
    let copy = json!({"request": {"email_ccs": [{"user_email": "eva@acme.example"}]}});
    app.ben().put(&path, copy).await.is(403);
    let solve = json!({"request": {"solved": true}});
    assert_eq!(app.ben().put(&path, solve).await.is(200)["request"]["status"], "new");
}

#[tokio::test]
async fn a_person_may_be_allowed_more_than_their_organization_shares_and_never_less() {
    let app = App::new().await;
    let id = app.ana().create("Ana's", json!({})).await;
    app.ben().get("/api/v2/requests").await.is(200);
    let path = format!("/api/v2/requests/{id}");
    allow(&app, "ben@customer.example", Sharing::View).await;
    app.ben().get(&path).await.is(200);
    assert_eq!(comment(&app.ben(), id).await, 403);
    allow(&app, "ben@customer.example", Sharing::Comment).await;
    assert_eq!(comment(&app.ben(), id).await, 200);
    allow(&app, "ben@customer.example", Sharing::Own).await;
    share(&app, true, true).await;
    assert_eq!(comment(&app.ben(), id).await, 200);
}

#[tokio::test]
async fn an_organization_of_others_is_not_there() {
    let app = App::new().await;
    app.ana().create("Ana's", json!({})).await;
    let acme = share(&app, true, true).await;
    let foreign = app.stranger().get(&format!("/api/v2/organizations/{acme}/requests")).await;
    let missing = app.stranger().get("/api/v2/organizations/999/requests").await;
    assert_eq!(foreign.is(404), missing.is(404));
    app.anonymous().get(&format!("/api/v2/organizations/{acme}/requests")).await.is(401);
    let agents = app.agent().get(&format!("/api/v2/organizations/{acme}/requests")).await;
    assert_eq!(agents.is(200)["count"], 1);
}

#[tokio::test]
async fn who_leaves_an_organization_sees_its_requests_no_more() {
    let app = App::new().await;
    let id = app.ana().create("Ana's", json!({})).await;
    app.ben().get("/api/v2/requests").await.is(200);
    share(&app, true, true).await;
    app.ben().get(&format!("/api/v2/requests/{id}")).await.is(200);
    // The host now says that Ben belongs nowhere.
    let alone = app.by(&app.claims("ben", "Ben Okoro"));
    alone.get(&format!("/api/v2/requests/{id}")).await.is(404);
}

#[tokio::test]
async fn lists_of_an_organization_filter_sort_and_page_like_the_others() {
    let app = App::new().await;
    let mut made = Vec::new();
    for n in 0..5 {
        let client = if n % 2 == 0 { app.ana() } else { app.ben() };
        made.push(client.create(&format!("Number {n}"), json!({})).await);
        app.advance(60);
    }
    app.stranger().create("Elsewhere", json!({})).await;
    let acme = share(&app, true, false).await;
    let base = format!("/api/v2/organizations/{acme}/requests.json");
    let all = app.ben().get(&format!("{base}?sort_by=updated_at&sort_order=desc")).await.is(200);
    let mut newest = made.clone();
    newest.reverse();
    assert_eq!(ids(&all["requests"]), newest);
    assert_eq!(app.ben().get(&format!("{base}?status=solved")).await.is(200)["count"], 0);
    let page = app.ben().get(&format!("{base}?page[size]=2")).await.is(200);
    let next = crate::app::follow(&page["links"]["next"]);
    assert!(next.starts_with(&base), "{next}");
    assert_eq!(ids(&app.ben().get(&next).await.is(200)["requests"]), made[2..4]);
}

#[tokio::test]
async fn a_persons_requests_are_listed_for_them_and_for_staff() {
    let app = App::new().await;
    let id = app.ana().create("Ana's", json!({})).await;
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let path = format!("/api/v2/users/{ana}/requests");
    assert_eq!(ids(&app.ana().get(&path).await.is(200)["requests"]), [id]);
    assert_eq!(ids(&app.agent().get(&path).await.is(200)["requests"]), [id]);
    let foreign: Value = app.stranger().get(&path).await.is(404);
    assert_eq!(foreign, app.stranger().get("/api/v2/users/999/requests").await.is(404));
}
