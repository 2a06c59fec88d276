//! `GET /api/v2/requests` and its sisters: whose, which, in what order.

use crate::app::{App, ids};
use serde_json::json;

async fn list(client: &crate::app::Client, path: &str) -> Vec<i64> {
    ids(&client.get(path).await.is(200)["requests"])
}

#[tokio::test]
async fn an_empty_list_keeps_its_key() {
    let app = App::new().await;
    let empty = json!({"requests": [], "next_page": null, "previous_page": null, "count": 0});
    for path in ["", "/open", "/solved", "/ccd"] {
        let answer = app.ana().get(&format!("/api/v2/requests{path}.json")).await;
        assert_eq!(answer.is(200), empty, "{path}");
    }
    let answer = app.ana().get("/api/v2/requests?page[size]=5").await;
    let empty = json!({"requests": [],
        "meta": {"has_more": false, "after_cursor": null, "before_cursor": null},
        "links": {"prev": null, "next": null}});
    assert_eq!(answer.is(200), empty);
}

#[tokio::test]
async fn each_person_sees_their_own_and_those_they_are_copied_on() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let with_ben = app.ana().create("With Ben", copy).await;
    let alone = app.ana().create("Alone", json!({})).await;
    let bens = app.ben().create("Ben's", json!({})).await;
    assert_eq!(list(&app.ana(), "/api/v2/requests").await, [with_ben, alone]);
    assert_eq!(list(&app.ben(), "/api/v2/requests").await, [bens]);
    assert_eq!(list(&app.ben(), "/api/v2/requests/ccd").await, [with_ben]);
    assert_eq!(list(&app.ana(), "/api/v2/requests/ccd").await, [0; 0]);
    assert_eq!(list(&app.stranger(), "/api/v2/requests").await, [0; 0]);
    assert_eq!(list(&app.stranger(), "/api/v2/requests/ccd").await, [0; 0]);
}

#[tokio::test]
async fn statuses_filter_and_words_that_are_none_are_dropped() {
    let app = App::new().await;
    let ana = app.ana();
    let mut made = Vec::new();
    for status in ["new", "open", "pending", "hold", "solved", "closed"] {
        let id = ana.create(status, json!({})).await;
        if status != "new" {
            let change =
                json!({"ticket": {"status": status, "assignee_email": "mia@support.example"}});
            app.agent().put(&format!("/api/v2/tickets/{id}"), change).await.is(200);
        }
        made.push(id);
    }
    assert_eq!(list(&ana, "/api/v2/requests?status=hold,open").await, [made[1], made[3]]);
    assert_eq!(list(&ana, "/api/v2/requests?status=new,nonsense").await, [made[0]]);
    assert_eq!(list(&ana, "/api/v2/requests?status=nonsense").await, made);
    assert_eq!(list(&ana, "/api/v2/requests/open").await, [made[1]]);
    assert_eq!(list(&ana, "/api/v2/requests/solved").await, [made[4]]);
    let counted = ana.get("/api/v2/requests?status=solved,closed").await.is(200);
    assert_eq!(counted["count"], 2);
}

#[tokio::test]
async fn lists_are_sorted_as_asked_and_oldest_first_if_not() {
    let app = App::new().await;
    let ana = app.ana();
    let mut made = Vec::new();
    for subject in ["One", "Two", "Three"] {
        made.push(ana.create(subject, json!({})).await);
        app.advance(60);
    }
    let change = json!({"request": {"comment": {"body": "more"}}});
    ana.put(&format!("/api/v2/requests/{}", made[0]), change).await.is(200);
    let [one, two, three] = made[..] else { panic!("three were made") };
    for (query, expected) in [
        ("", [one, two, three]),
        ("?sort_order=desc", [three, two, one]),
        ("?sort_by=created_at&sort_order=asc", [one, two, three]),
        ("?sort_by=updated_at", [two, three, one]),
        ("?sort_by=updated_at&sort_order=desc", [one, three, two]),
    ] {
        assert_eq!(list(&ana, &format!("/api/v2/requests{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn clocks_come_only_when_asked_for() {
    let app = App::new().await;
    app.ana().create("One", json!({"priority": "urgent"})).await;
    let plain = app.ana().get("/api/v2/requests").await.is(200);
    assert!(plain["requests"][0].get("slas").is_none());
    app.advance(90 * 60);
    let overdue = app.ana().get("/api/v2/requests?include=users,slas").await.is(200);
    assert_eq!(
        overdue["requests"][0]["slas"],
        json!({"policy_metrics": [{"metric": "first_reply_time", "stage": "breached",
            "breach_at": "2026-03-02T09:14:05Z", "minutes": -30, "target_in_seconds": 3600,
            "business_hours": false, "fulfilled_at": null}]})
    );
    assert_eq!(overdue["users"][0]["name"], "Ana Ruiz");
    assert!(overdue["users"][0].get("email").is_none());
}
