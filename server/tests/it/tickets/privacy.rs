//! `PUT /api/v2/tickets/{id}/comments/{comment_id}/make_private`.

use super::{put, ticket};
use crate::app::{Answer, App};
use serde_json::json;

async fn hide(app: &App, id: i64, comment: i64) -> Answer {
    let path = format!("/api/v2/tickets/{id}/comments/{comment}/make_private");
    app.agent().put(&path, json!({})).await
}

async fn said(app: &App, id: i64) -> Vec<i64> {
    let said = app.agent().get(&format!("/api/v2/tickets/{id}/comments")).await.is(200);
    crate::app::ids(&said["comments"])
}

#[tokio::test]
async fn a_comment_disappears_from_the_customers_sight_and_search() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    app.advance(60);
    put(&app, id, json!({"comment": {"body": "The password is plum"}})).await.is(200);
    let path = format!("/api/v2/requests/{id}");
    let search = "/api/v2/requests/search?query=plum";
    assert_eq!(app.ana().get(search).await.is(200)["count"], 1);
    let before = app.ana().get(&path).await.is(200)["request"]["updated_at"].clone();
    app.advance(60);
    let comment = said(&app, id).await[1];
    let hidden = hide(&app, id, comment).await.is(200);
    assert_eq!(hidden["comment"]["public"], false);
    assert_eq!(hidden["comment"]["body"], "The password is plum");
    let shown = app.ana().get(&format!("{path}/comments")).await.is(200);
    assert_eq!(shown["count"], 1);
    app.ana().get(&format!("{path}/comments/{comment}")).await.is(404);
    assert_eq!(app.ana().get(search).await.is(200)["count"], 0);
    let after = app.ana().get(&path).await.is(200)["request"]["updated_at"].clone();
    assert_ne!(after, before, "they see that it is gone");
    let audits = app.agent().get(&format!("/api/v2/tickets/{id}/audits")).await.is(200);
    let event =
        json!({"id": 1, "type": "CommentPrivacyChange", "comment_id": comment, "public": false});
    assert_eq!(audits["audits"][2]["events"][0], event);

    app.advance(60);
    let again = hide(&app, id, comment).await.is(200);
    assert_eq!(again, hidden);
    assert_eq!(app.ana().get(&path).await.is(200)["request"]["updated_at"], after);
}

#[tokio::test]
async fn the_first_comment_is_the_description_no_more_and_the_next_one_is() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    app.advance(1);
    put(&app, id, json!({"comment": {"body": "Second"}})).await.is(200);
    hide(&app, id, said(&app, id).await[0]).await.is(200);
    let path = format!("/api/v2/requests/{id}");
    assert_eq!(app.ana().get(&path).await.is(200)["request"]["description"], "Second");
    hide(&app, id, said(&app, id).await[1]).await.is(200);
    app.ana().get(&path).await.is(404);
    assert_eq!(app.ana().get("/api/v2/requests").await.is(200)["count"], 0);
    assert_eq!(ticket(&app, id).await["is_public"], false);
    put(&app, id, json!({"comment": {"body": "Third"}})).await.is(200);
    assert_eq!(app.ana().get(&path).await.is(200)["request"]["description"], "Third");
}

#[tokio::test]
async fn what_is_missing_or_of_another_ticket_is_404_and_what_is_closed_stays() {
    let app = App::new().await;
    let one = app.ana().create("One", json!({})).await;
    let two = app.ana().create("Two", json!({})).await;
    let first = said(&app, one).await[0];
    hide(&app, two, first).await.is(404);
    hide(&app, one, 999_999).await.is(404);
    hide(&app, 999_999, first).await.is(404);
    let close = json!({"status": "closed", "assignee_email": "mia@support.example"});
    put(&app, one, close).await.is(200);
    let refused = hide(&app, one, first).await.is(422);
    assert_eq!(refused["details"]["status"][0]["error"], "ClosedTicket");
}
