//! `GET /api/v2/tickets` and its sisters.

use super::{id_of, make, put};
use crate::app::{App, Client, follow, ids};
use serde_json::json;

async fn list(client: &Client, path: &str) -> Vec<i64> {
    ids(&client.get(&format!("/api/v2/{path}")).await.is(200)["tickets"])
}

#[tokio::test]
async fn agents_see_all_tickets_in_the_order_they_ask_for() {
    let app = App::new().await;
    let one = app.ana().create("One", json!({})).await;
    app.advance(1);
    let two = app.stranger().create("Two", json!({})).await;
    app.advance(1);
    let note = json!({"comment": {"body": "x", "public": false}});
    let three = make(&app, note.clone()).await["id"].as_i64().unwrap();
    app.advance(1);
    put(&app, one, note).await.is(200);
    for (query, expected) in [
        ("", [one, two, three]),
        ("?sort_order=desc", [three, two, one]),
        ("?sort_by=id&sort_order=desc", [three, two, one]),
        ("?sort_by=updated_at", [two, three, one]),
        ("?sort_by=updated_at&sort_order=desc", [one, three, two]),
        ("?sort=-updated_at&page[size]=5", [one, three, two]),
        ("?sort=-id&page[size]=5", [three, two, one]),
        ("?sort=updated_at", [two, three, one]),
        ("?sort_by=nonsense", [one, two, three]),
    ] {
        assert_eq!(list(&app.agent(), &format!("tickets{query}")).await, expected, "{query}");
    }
    let count = app.agent().get("/api/v2/tickets/count").await.is(200);
    assert_eq!(count["count"]["value"], 3);
    assert_eq!(count["count"]["refreshed_at"], "2026-03-02T08:14:08Z");
}

#[tokio::test]
async fn each_order_has_cursors_there_and_back() {
    let app = App::new().await;
    let mut made = Vec::new();
    for subject in 0..5 {
        made.push(app.ana().create(&subject.to_string(), json!({})).await);
        app.advance(1);
    }
    for sort in ["id", "-id", "created_at", "-updated_at"] {
        let mut expected = made.clone();
        if sort.starts_with('-') {
            expected.reverse();
        }
        let mut path = format!("/api/v2/tickets.json?sort={sort}&page[size]=2");
        let mut seen = Vec::new();
        let back = loop {
            let page = app.agent().get(&path).await.is(200);
            seen.extend(ids(&page["tickets"]));
            if page["links"]["next"].is_null() {
                break follow(&page["links"]["prev"]);
            }
            path = follow(&page["links"]["next"]);
        };
        assert_eq!(seen, expected, "{sort}");
        let page = app.agent().get(&back).await.is(200);
        assert_eq!(ids(&page["tickets"]), expected[2..4], "{sort}");
    }
}

#[tokio::test]
async fn another_systems_id_finds_its_ticket() {
    let app = App::new().await;
    make(&app, json!({"comment": {"body": "x"}})).await;
    let draft = json!({"comment": {"body": "x"}, "external_id": "CRM-17"});
    let id = make(&app, draft).await["id"].as_i64().unwrap();
    let agent = app.agent();
    assert_eq!(list(&agent, "tickets?external_id=CRM-17").await, [id]);
    assert_eq!(list(&agent, "tickets?external_id=CRM-17&page[size]=100").await, [id]);
    assert_eq!(list(&agent, "tickets?external_id=crm-17").await, [0; 0]);
}

#[tokio::test]
async fn those_of_a_person_of_an_agent_and_of_an_organization() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let anas = app.ana().create("Ana's", copy).await;
    let bens = app.ben().create("Ben's", json!({})).await;
    let sams = app.stranger().create("Sam's", json!({})).await;
    put(&app, sams, json!({"assignee_email": "mia@support.example"})).await.is(200);
    let (ana, ben) = (id_of(&app.ana()).await, id_of(&app.ben()).await);
    let mia = id_of(&app.agent()).await;
    let agent = app.agent();
    assert_eq!(list(&agent, &format!("users/{ana}/tickets/requested")).await, [anas]);
    assert_eq!(list(&agent, &format!("users/{ben}/tickets/ccd.json?page[size]=9")).await, [anas]);
    assert_eq!(list(&agent, &format!("users/{mia}/tickets/assigned")).await, [sams]);
    assert_eq!(list(&agent, &format!("users/{ana}/tickets/assigned")).await, [0; 0]);
    let acme = "organizations/1/tickets?sort_order=desc";
    assert_eq!(list(&agent, acme).await, [bens, anas]);
    for path in [
        "users/999999/tickets/requested",
        "users/999999/tickets/ccd",
        "users/-1/tickets/assigned",
        "organizations/999999/tickets",
    ] {
        agent.get(&format!("/api/v2/{path}")).await.is(404);
    }
}

#[tokio::test]
async fn people_and_clocks_come_when_asked_for() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "urgent"})).await;
    put(&app, id, json!({"followers": [{"user_email": "mia@support.example"}]})).await.is(200);
    let plain = app.agent().get("/api/v2/tickets?include=None").await.is(200);
    assert!(plain.get("users").is_none() && plain["tickets"][0].get("slas").is_none());
    let with = app.agent().get("/api/v2/tickets?include=users,slas").await.is(200);
    let names: Vec<_> = with["users"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["Mia", "Ana Ruiz"]);
    assert_eq!(with["users"][1]["email"], "ana@customer.example");
    assert_eq!(with["tickets"][0]["slas"]["policy_metrics"][0]["stage"], "active");
    let alone = app.agent().get(&format!("/api/v2/tickets/{id}/slas/policy_metrics")).await.is(200);
    assert_eq!(alone["policy_metrics"], with["tickets"][0]["slas"]["policy_metrics"]);
}

#[tokio::test]
async fn an_empty_list_keeps_its_key() {
    let app = App::new().await;
    let empty = json!({"tickets": [], "next_page": null, "previous_page": null, "count": 0});
    for path in ["tickets", "users/1/tickets/requested", "tickets/show_many?ids=5"] {
        assert_eq!(app.agent().get(&format!("/api/v2/{path}")).await.is(200), empty, "{path}");
    }
}
