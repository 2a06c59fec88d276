//! Closing by itself, contract.md 7.2.

use super::{put, ticket};
use crate::app::App;
use handrail_server::jobs::close_solved;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

async fn solve(app: &App, id: i64) {
    let change = json!({"status": "solved", "assignee_email": "mia@support.example"});
    put(app, id, change).await.is(200);
}

#[tokio::test]
async fn what_stays_solved_is_closed_after_the_configured_days() {
    let app = App::with(|config| config.service.close_after_days = 2).await;
    let (one, two) =
        (app.ana().create("One", json!({})).await, app.ana().create("Two", json!({})).await);
    solve(&app, one).await;
    app.advance(DAY);
    solve(&app, two).await;
    app.advance(DAY - 1);
    assert_eq!(close_solved(&app.state).await.unwrap(), 0);
    app.advance(1);
    assert_eq!(close_solved(&app.state).await.unwrap(), 1);
    assert_eq!(ticket(&app, one).await["status"], "closed");
    assert_eq!(ticket(&app, two).await["status"], "solved");
    let seen = app.ana().get(&format!("/api/v2/requests/{one}")).await.is(200);
    assert_eq!(seen["request"]["status"], "closed");
    assert_eq!(seen["request"]["updated_at"], "2026-03-04T08:14:05Z");
    let audits =
        app.agent().get(&format!("/api/v2/tickets/{one}/audits?include=users")).await.is(200);
    let last = audits["audits"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["author_id"], &last["via"]["channel"]), (&json!(-1), &json!("rule")));
    let change = json!({"id": 1, "type": "Change", "field_name": "status", "value": "closed",
        "previous_value": "solved"});
    assert_eq!(last["events"], json!([change]));
    let names: Vec<&Value> =
        audits["users"].as_array().unwrap().iter().map(|user| &user["name"]).collect();
    assert!(names.contains(&&json!("Handrail")));
    let comment = json!({"comment": {"body": "Late"}});
    let refused = put(&app, one, comment).await.is(422);
    assert_eq!(refused["details"]["status"][0]["error"], "ClosedTicket");
}

#[tokio::test]
async fn a_comment_in_between_begins_it_anew() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    solve(&app, id).await;
    app.advance(3 * DAY);
    let again = json!({"request": {"comment": {"body": "Still so"}}});
    app.ana().put(&format!("/api/v2/requests/{id}"), again).await.is(200);
    app.advance(2 * DAY);
    assert_eq!(close_solved(&app.state).await.unwrap(), 0, "it is open");
    solve(&app, id).await;
    app.advance(4 * DAY - 1);
    assert_eq!(close_solved(&app.state).await.unwrap(), 0);
    app.advance(1);
    assert_eq!(close_solved(&app.state).await.unwrap(), 1);
}

#[tokio::test]
async fn many_are_closed_in_one_go() {
    let app = App::new().await;
    for subject in 0..60 {
        let id = app.ana().create(&subject.to_string(), json!({})).await;
        solve(&app, id).await;
    }
    app.advance(4 * DAY);
    assert_eq!(close_solved(&app.state).await.unwrap(), 60);
    assert_eq!(close_solved(&app.state).await.unwrap(), 0);
}

#[tokio::test]
async fn the_server_itself_is_nobody_to_write_to() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    app.agent().get("/api/v2/users/-1").await.is(404);
    for change in [
        json!({"assignee_id": -1}),
        json!({"requester_id": -1}),
        json!({"comment": {"body": "x", "author_id": -1}}),
        json!({"followers": [{"user_id": -1}]}),
        json!({"email_ccs": [{"user_id": -1}]}),
    ] {
        put(&app, id, change).await.is(422);
    }
    let people = app.agent().get("/api/v2/users").await.is(200);
    assert!(crate::app::ids(&people["users"]).iter().all(|id| *id > 0));
}
