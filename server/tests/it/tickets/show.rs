//! `GET /api/v2/tickets/{id}`.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn an_agent_sees_any_ticket() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"priority": "high"})).await;
    let path = format!("/api/v2/tickets/{id}.json?include=slas,users");
    insta::assert_json_snapshot!(app.agent().get(&path).await.is(200), @r#"
    {
      "ticket": {
        "allow_attachments": true,
        "allow_channelback": false,
        "assignee_id": null,
        "brand_id": null,
        "collaborator_ids": [],
        "created_at": "2026-03-02T08:14:05Z",
        "custom_fields": [],
        "description": "It does not move.",
        "due_at": null,
        "email_cc_ids": [],
        "external_id": null,
        "fields": [],
        "follower_ids": [],
        "followup_ids": [],
        "followup_source_id": null,
        "from_messaging_channel": false,
        "generated_timestamp": 1772439245,
        "group_id": null,
        "has_incidents": false,
        "id": 1001,
        "is_public": true,
        "organization_id": 1,
        "priority": "high",
        "problem_id": null,
        "raw_subject": "One",
        "recipient": null,
        "requester_id": 2,
        "slas": {
          "policy_metrics": [
            {
              "breach_at": "2026-03-02T10:14:05Z",
              "business_hours": false,
              "fulfilled_at": null,
              "hours": 2,
              "metric": "first_reply_time",
              "stage": "active",
              "target_in_seconds": 7200
            }
          ]
        },
        "status": "new",
        "subject": "One",
        "submitter_id": 2,
        "tags": [],
        "ticket_form_id": null,
        "type": null,
        "updated_at": "2026-03-02T08:14:05Z",
        "url": "https://support.example.com/api/v2/tickets/1001.json",
        "via": {
          "channel": "api",
          "source": {
            "from": {},
            "rel": null,
            "to": {}
          }
        }
      },
      "users": [
        {
          "active": true,
          "alias": null,
          "created_at": "2026-03-02T08:14:05Z",
          "details": null,
          "email": "ana@customer.example",
          "external_id": "host-ana",
          "iana_time_zone": null,
          "id": 2,
          "locale": null,
          "name": "Ana Ruiz",
          "notes": null,
          "organization_id": 1,
          "phone": null,
          "photo": null,
          "role": "end-user",
          "shared_comments": false,
          "suspended": false,
          "tags": [],
          "ticket_restriction": "requested",
          "time_zone": null,
          "updated_at": "2026-03-02T08:14:05Z",
          "url": "https://support.example.com/api/v2/users/2.json",
          "user_fields": {},
          "verified": true
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn end_users_get_403_and_nobody_401() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for path in [format!("/api/v2/tickets/{id}"), format!("/api/v2/tickets/{id}/comments")] {
        let body = app.ana().get(&path).await.is(403);
        assert_eq!(body["error"]["title"], "Forbidden");
        assert_eq!(app.anonymous().get(&path).await.is(401)["error"], "Couldn't authenticate you");
    }
    let change = json!({"ticket": {"status": "solved"}});
    app.ana().put(&format!("/api/v2/tickets/{id}"), change.clone()).await.is(403);
    app.anonymous().put(&format!("/api/v2/tickets/{id}"), change).await.is(401);
}

#[tokio::test]
async fn one_that_does_not_exist_is_404() {
    let app = App::new().await;
    for path in ["/api/v2/tickets/1", "/api/v2/tickets/x", "/api/v2/tickets/1/comments"] {
        assert_eq!(app.agent().get(path).await.is(404)["error"], "RecordNotFound");
    }
    let change = json!({"ticket": {"status": "open"}});
    app.agent().put("/api/v2/tickets/1", change).await.is(404);
}
