//! `PUT /api/v2/tickets/{id}`, contract.md 7.1 and 7.2.

use super::put;
use crate::app::App;
use serde_json::{Value, json};

async fn metric(app: &App, id: i64) -> Value {
    let shown = app.ana().get(&format!("/api/v2/requests/{id}?include=slas")).await.is(200);
    shown["request"]["slas"]["policy_metrics"][0].clone()
}

#[tokio::test]
async fn an_answer_is_seen_stops_the_clock_and_is_audited() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "high"})).await;
    app.advance(600);
    let change = json!({"comment": {"body": "Fixed in 8.2.1."}, "status": "pending",
        "assignee_email": "Mia@support.example"});
    let done = put(&app, id, change).await.is(200);
    insta::assert_json_snapshot!(done["audit"], @r#"
    {
      "author_id": 1,
      "created_at": "2026-03-02T08:24:05Z",
      "events": [
        {
          "author_id": 1,
          "body": "Fixed in 8.2.1.",
          "id": 1,
          "public": true,
          "type": "Comment"
        },
        {
          "field_name": "status",
          "id": 2,
          "previous_value": "new",
          "type": "Change",
          "value": "pending"
        },
        {
          "field_name": "assignee_id",
          "id": 3,
          "previous_value": null,
          "type": "Change",
          "value": "1"
        }
      ],
      "id": 2,
      "metadata": {
        "custom": {},
        "system": {}
      },
      "ticket_id": 1001,
      "via": {
        "channel": "api",
        "source": {
          "from": {},
          "rel": null,
          "to": {}
        }
      }
    }
    "#);
    assert_eq!(done["ticket"]["status"], "pending");
    let metric = metric(&app, id).await;
    assert_eq!(metric["stage"], "achieved");
    assert_eq!(metric["fulfilled_at"], "2026-03-02T08:24:05Z");
    assert_eq!(metric["hours"], 1);
    app.advance(600);
    put(&app, id, json!({"comment": {"body": "One more thing"}})).await.is(200);
    assert_eq!(self::metric(&app, id).await, metric, "the first reply is the one that counts");
}

#[tokio::test]
async fn a_note_does_not_stop_the_clock() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    put(&app, id, json!({"comment": {"body": "Hm", "public": false}})).await.is(200);
    assert_eq!(metric(&app, id).await["stage"], "active");
}

#[tokio::test]
async fn a_comment_over_the_requests_api_by_staff_does_not_stop_the_clock() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "mia@support.example"}]});
    let id = app.ana().create("One", copy).await;
    let change = json!({"request": {"comment": {"body": "As a user"}}});
    app.agent().put(&format!("/api/v2/requests/{id}"), change).await.is(200);
    assert_eq!(metric(&app, id).await["stage"], "active");
}

#[tokio::test]
async fn a_changed_severity_counts_from_the_start_and_keeps_the_reply() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "low"})).await;
    app.advance(2 * 3600);
    put(&app, id, json!({"priority": "high"})).await.is(200);
    let raised = metric(&app, id).await;
    assert_eq!(raised["breach_at"], "2026-03-02T10:14:05Z");
    assert_eq!(raised["stage"], "active", "the last second still belongs to the promise");
    app.advance(1);
    assert_eq!(metric(&app, id).await["stage"], "breached");
    put(&app, id, json!({"priority": "normal"})).await.is(200);
    assert_eq!(metric(&app, id).await["breach_at"], "2026-03-02T12:14:05Z");
    assert_eq!(metric(&app, id).await["stage"], "active");
    put(&app, id, json!({"comment": {"body": "Here"}})).await.is(200);
    let replied = metric(&app, id).await["fulfilled_at"].clone();
    put(&app, id, json!({"priority": "urgent"})).await.is(200);
    let after = metric(&app, id).await;
    assert_eq!(after["breach_at"], "2026-03-02T09:14:05Z");
    assert_eq!(after["fulfilled_at"], replied);
    assert_eq!(after["stage"], "achieved");
}

#[tokio::test]
async fn a_request_keeps_the_plan_it_was_made_under() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "low"})).await;
    // The whole organization moves to basic.
    let mut claims = app.claims("ana", "Ana Ruiz");
    claims.organization = Some(api::identity::OrganizationClaim {
        external_id: "acme".to_owned(),
        name: "Acme".to_owned(),
    });
    claims.plan = Some("basic".to_owned());
    app.by(&claims).get("/api/v2/requests").await.is(200);
    put(&app, id, json!({"priority": "urgent"})).await.is(200);
    let path = format!("/api/v2/requests/{id}?include=slas");
    let shown = app.by(&claims).get(&path).await.is(200);
    let metric = &shown["request"]["slas"]["policy_metrics"][0];
    assert_eq!(metric["target_in_seconds"], 3600);
}

#[tokio::test]
async fn an_assignee_opens_a_new_ticket_and_it_never_goes_back() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let mia = app.agent().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let done = put(&app, id, json!({"assignee_id": mia})).await.is(200);
    assert_eq!(done["ticket"]["status"], "open");
    assert_eq!(done["ticket"]["assignee_id"], mia);
    let refused = put(&app, id, json!({"status": "new"})).await.is(422);
    assert!(refused["details"]["status"].is_array());
    let done = put(&app, id, json!({"assignee_id": null})).await.is(200);
    assert_eq!(done["ticket"]["assignee_id"], json!(null));
    assert_eq!(done["ticket"]["status"], "open");
}

#[tokio::test]
async fn only_an_agent_can_be_assigned() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    for change in [
        json!({"assignee_id": ana}),
        json!({"assignee_id": 999_999}),
        json!({"assignee_email": "ana@customer.example"}),
        json!({"assignee_email": "nobody@support.example"}),
    ] {
        let refused = put(&app, id, change).await.is(422);
        assert!(refused["details"]["assignee_id"].is_array());
    }
}

#[tokio::test]
async fn to_be_solved_a_ticket_needs_an_assignee() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let refused = put(&app, id, json!({"status": "solved", "comment": {"body": "Done"}})).await;
    assert!(refused.is(422)["details"]["assignee_id"].is_array());
    let mia = json!({"status": "solved", "assignee_email": "mia@support.example"});
    assert_eq!(put(&app, id, mia).await.is(200)["ticket"]["status"], "solved");
    put(&app, id, json!({"assignee_id": null})).await.is(422);
}

#[tokio::test]
async fn nobody_waits_on_what_was_solved_without_a_reply() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"status": "solved", "assignee_email": "mia@support.example"});
    put(&app, id, change).await.is(200);
    assert_eq!(metric(&app, id).await, json!(null));
}

#[tokio::test]
async fn a_severity_is_never_unset() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "high"})).await;
    let done = put(&app, id, json!({"priority": null})).await.is(200);
    assert_eq!(done["ticket"]["priority"], "high");
    assert!(done.get("audit").is_none(), "nothing happened");
}

#[tokio::test]
async fn a_closed_ticket_takes_nothing_more() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"status": "closed", "assignee_email": "mia@support.example"});
    put(&app, id, change).await.is(200);
    for change in [json!({"comment": {"body": "Late"}}), json!({"status": "open"})] {
        let refused = put(&app, id, change).await.is(422);
        assert_eq!(refused["details"]["status"][0]["error"], "ClosedTicket");
    }
}

#[tokio::test]
async fn a_comment_in_a_customers_name_is_the_customers() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let solved = json!({"status": "solved", "assignee_email": "mia@support.example"});
    put(&app, id, solved).await.is(200);
    let change = json!({"comment": {"body": "By telephone: still so", "author_id": ana}});
    let done = put(&app, id, change).await.is(200);
    assert_eq!(done["ticket"]["status"], "open");
    assert_eq!(done["audit"]["events"][0]["author_id"], ana);
    assert_eq!(metric(&app, id).await["stage"], "active");
    let change = json!({"comment": {"body": "b", "author_id": 999_999}});
    put(&app, id, change).await.is(422);
}

#[tokio::test]
async fn a_safe_update_is_refused_when_somebody_was_faster() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let stamp = "2026-03-02T08:14:05Z";
    let change = |body: &str| json!({"comment": {"body": body}, "safe_update": true, "updated_stamp": stamp});
    app.advance(1);
    put(&app, id, change("First")).await.is(200);
    assert_eq!(put(&app, id, change("Second")).await.is(409)["error"], "UpdateConflict");
    let unstamped = json!({"comment": {"body": "Third"}, "safe_update": true});
    put(&app, id, unstamped).await.is(409);
}
