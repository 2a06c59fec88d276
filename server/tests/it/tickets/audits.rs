//! `GET /api/v2/tickets/{id}/audits`.

use super::put;
use crate::app::{App, follow, ids};
use serde_json::{Value, json};

#[tokio::test]
async fn each_call_is_told_as_it_was_answered() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let mut told = Vec::new();
    for change in [
        json!({"comment": {"body": "Hm", "public": false}}),
        json!({"comment": {"body": "Fixed"}, "status": "pending", "tags": ["x"]}),
        json!({"priority": "urgent"}),
    ] {
        // Two calls within a second are two audits.
        told.push(put(&app, id, change).await.is(200)["audit"].clone());
    }
    let path = format!("/api/v2/tickets/{id}/audits");
    let listed = app.agent().get(&format!("{path}.json?include=None")).await.is(200);
    assert_eq!(listed["count"], 4);
    assert!(listed.get("users").is_none());
    let audits = listed["audits"].as_array().unwrap();
    assert_eq!(audits[1..], told[..]);
    let kinds: Vec<&Value> =
        audits[0]["events"].as_array().unwrap().iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["Comment", "Create", "Create", "Create"]);
    let one = app.agent().get(&format!("{path}/{}", told[1]["id"])).await.is(200);
    assert_eq!(one["audit"], told[1]);
    app.agent().get(&format!("{path}/999999")).await.is(404);
    let other = app.ana().create("Two", json!({})).await;
    app.agent().get(&format!("/api/v2/tickets/{other}/audits/{}", told[1]["id"])).await.is(404);
}

#[tokio::test]
async fn they_come_in_pages_in_either_order() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for body in ["a", "b", "c"] {
        put(&app, id, json!({"comment": {"body": body}})).await.is(200);
    }
    let path = format!("/api/v2/tickets/{id}/audits");
    let all = ids(&app.agent().get(&path).await.is(200)["audits"]);
    let mut reversed = all.clone();
    reversed.reverse();
    let newest = app.agent().get(&format!("{path}?sort=-created_at&page[size]=2")).await.is(200);
    assert_eq!(ids(&newest["audits"]), reversed[..2]);
    let next = app.agent().get(&follow(&newest["links"]["next"])).await.is(200);
    assert_eq!(ids(&next["audits"]), reversed[2..]);
    let back = app.agent().get(&follow(&next["links"]["prev"])).await.is(200);
    assert_eq!(back["audits"], newest["audits"]);
    let page = app.agent().get(&format!("{path}?per_page=3&page=2")).await.is(200);
    assert_eq!(ids(&page["audits"]), all[3..]);
    let with = app.agent().get(&format!("{path}?include=users")).await.is(200);
    assert_eq!(with["users"].as_array().unwrap().len(), 2);
}
