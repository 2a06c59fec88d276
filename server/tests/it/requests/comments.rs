//! `GET /api/v2/requests/{id}/comments`, contract.md 3; notes are in `contract/notes.rs`.

use crate::app::{App, follow, ids};
use serde_json::json;

/// A request with comments of Ana, a private note and an answer of Mia's, and one of Ben's, a
/// minute apart.
async fn conversation(app: &App) -> String {
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let id = app.ana().create("One", copy).await;
    let path = format!("/api/v2/requests/{id}");
    let ticket = format!("/api/v2/tickets/{id}");
    for (body, public) in [("They forgot to pay", false), ("We look into it", true)] {
        app.advance(60);
        let change = json!({"ticket": {"comment": {"body": body, "public": public}}});
        app.agent().put(&ticket, change).await.is(200);
    }
    app.advance(60);
    app.ben().put(&path, json!({"request": {"comment": {"body": "Thanks"}}})).await.is(200);
    path
}

fn bodies(answer: &serde_json::Value) -> Vec<&str> {
    let rows = answer["comments"].as_array().unwrap();
    rows.iter().map(|row| row["body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_conversation_is_told_with_its_authors() {
    let app = App::new().await;
    let path = conversation(&app).await;
    let answer = app.ben().get(&format!("{path}/comments.json")).await;
    insta::assert_json_snapshot!(answer.is(200), @r#"
    {
      "comments": [
        {
          "attachments": [],
          "author_id": 2,
          "body": "It does not move.",
          "created_at": "2026-03-02T08:14:05Z",
          "html_body": "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">It does not move.</p></div>",
          "id": 1,
          "plain_body": "It does not move.",
          "public": true,
          "request_id": 1001,
          "type": "Comment"
        },
        {
          "attachments": [],
          "author_id": 1,
          "body": "We look into it",
          "created_at": "2026-03-02T08:16:05Z",
          "html_body": "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">We look into it</p></div>",
          "id": 3,
          "plain_body": "We look into it",
          "public": true,
          "request_id": 1001,
          "type": "Comment"
        },
        {
          "attachments": [],
          "author_id": 3,
          "body": "Thanks",
          "created_at": "2026-03-02T08:17:05Z",
          "html_body": "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">Thanks</p></div>",
          "id": 4,
          "plain_body": "Thanks",
          "public": true,
          "request_id": 1001,
          "type": "Comment"
        }
      ],
      "count": 3,
      "next_page": null,
      "previous_page": null,
      "users": [
        {
          "agent": true,
          "id": 1,
          "name": "Mia",
          "organization_id": null,
          "photo": null
        },
        {
          "agent": false,
          "id": 2,
          "name": "Ana Ruiz",
          "organization_id": 1,
          "photo": null
        },
        {
          "agent": false,
          "id": 3,
          "name": "Ben Okoro",
          "organization_id": 1,
          "photo": null
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn since_role_and_order_choose() {
    let app = App::new().await;
    let path = conversation(&app).await;
    for (query, expected) in [
        ("", vec!["It does not move.", "We look into it", "Thanks"]),
        ("?since=2026-03-02T08:14:05Z", vec!["We look into it", "Thanks"]),
        ("?since=2026-03-02T10:16:05%2B02:00", vec!["Thanks"]),
        ("?role=agent", vec!["We look into it"]),
        ("?role=end_user", vec!["It does not move.", "Thanks"]),
        ("?role=nonsense", vec!["It does not move.", "We look into it", "Thanks"]),
        (
            "?sort_order=desc&sort_by=created_at",
            vec!["Thanks", "We look into it", "It does not move."],
        ),
        ("?sort=-created_at&page[size]=2", vec!["Thanks", "We look into it"]),
    ] {
        let answer = app.ana().get(&format!("{path}/comments{query}")).await.is(200);
        assert_eq!(bodies(&answer), expected, "{query}");
    }
    let broken = app.ana().get(&format!("{path}/comments?since=yesterday")).await;
    assert_eq!(broken.is(400)["error"], "InvalidValue");
}

#[tokio::test]
async fn both_ways_of_paging_give_every_comment_once() {
    let app = App::new().await;
    let path = conversation(&app).await;
    for (query, next) in [("per_page=2", "/next_page"), ("page[size]=2", "/links/next")] {
        let first = app.ana().get(&format!("{path}/comments.json?{query}")).await.is(200);
        let second = app.ana().get(&follow(first.pointer(next).unwrap())).await.is(200);
        let mut seen = ids(&first["comments"]);
        seen.extend(ids(&second["comments"]));
        let all = app.ana().get(&format!("{path}/comments")).await.is(200);
        assert_eq!(seen, ids(&all["comments"]), "{query}");
        assert!(second.pointer(next).unwrap().is_null());
    }
}

#[tokio::test]
async fn one_comment_is_shown_alone() {
    let app = App::new().await;
    let path = conversation(&app).await;
    let list = app.ana().get(&format!("{path}/comments")).await.is(200);
    let id = &list["comments"][1]["id"];
    let one = app.ana().get(&format!("{path}/comments/{id}.json")).await.is(200);
    assert_eq!(one, json!({"comment": list["comments"][1]}));
    app.ana().get(&format!("{path}/comments/999999")).await.is(404);
    // A comment of another request is not found under this one.
    let other = app.ana().create("Other", json!({})).await;
    app.ana().get(&format!("/api/v2/requests/{other}/comments/{id}")).await.is(404);
}
