//! `GET /api/v2/tickets/show_many`.

use super::make;
use crate::app::{App, ids};
use serde_json::json;

#[tokio::test]
async fn those_that_exist_come_and_the_others_are_left_out() {
    let app = App::new().await;
    let one = app.ana().create("One", json!({})).await;
    let two = app.stranger().create("Two", json!({})).await;
    for named in [
        format!("ids={two},999999,{one},x,{one}"),
        format!("ids={two}%2C%20{one}&include=None"),
        format!("ids[]={two}&ids[]={one}"),
    ] {
        let found =
            app.agent().get(&format!("/api/v2/tickets/show_many.json?{named}")).await.is(200);
        assert_eq!(ids(&found["tickets"]), [one, two], "{named}");
        assert_eq!(found["count"], 2);
    }
}

#[tokio::test]
async fn they_can_be_named_by_another_systems_ids() {
    let app = App::new().await;
    let draft = |id: &str| json!({"comment": {"body": "x"}, "external_id": id});
    let one = make(&app, draft("a")).await["id"].as_i64().unwrap();
    let two = make(&app, draft("b 2")).await["id"].as_i64().unwrap();
    let path = "/api/v2/tickets/show_many?external_ids=b%202,a,c";
    assert_eq!(ids(&app.agent().get(path).await.is(200)["tickets"]), [one, two]);
}

#[tokio::test]
async fn a_hundred_can_be_named_and_no_more() {
    let app = App::new().await;
    let named = |count: i64| (1..=count).map(|id| id.to_string()).collect::<Vec<_>>().join(",");
    for kind in ["ids", "external_ids"] {
        let path = |count| format!("/api/v2/tickets/show_many?{kind}={}", named(count));
        app.agent().get(&path(100)).await.is(200);
        let refused = app.agent().get(&path(101)).await.is(400);
        assert_eq!(refused["error"], "TooManyValues");
        assert_eq!(refused["max_count"], 100);
    }
}
