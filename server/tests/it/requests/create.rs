//! `POST /api/v2/requests`.

use crate::app::{App, BASE};
use serde_json::{Value, json};

async fn create(app: &App, request: Value) -> crate::app::Answer {
    app.ana().post("/api/v2/requests", json!({"request": request})).await
}

#[tokio::test]
async fn a_request_is_made_and_answered_whole() {
    let app = App::new().await;
    let answer = create(
        &app,
        json!({"subject": "Crawler stuck at 12 %", "priority": "high", "type": "incident",
            "comment": {"body": "Since this morning the crawler does not move."},
            "email_ccs": [{"user_email": "ben@customer.example", "action": "put"}]}),
    )
    .await;
    assert_eq!(
        answer.header("location"),
        Some(format!("{BASE}/api/v2/requests/1001.json").as_str())
    );
    insta::assert_json_snapshot!(answer.is(201), @r#"
    {
      "request": {
        "assignee_id": null,
        "can": {
          "cc": true,
          "comment": true,
          "solve": false,
          "uncc": [
            3
          ]
        },
        "can_be_solved_by_me": false,
        "collaborator_ids": [
          3
        ],
        "created_at": "2026-03-02T08:14:05Z",
        "custom_fields": [],
        "custom_status_id": null,
        "description": "Since this morning the crawler does not move.",
        "due_at": null,
        "email_cc_ids": [
          3
        ],
        "fields": [],
        "followup_source_id": null,
        "group_id": null,
        "id": 1001,
        "is_public": true,
        "organization_id": 1,
        "priority": "high",
        "recipient": null,
        "requester_id": 2,
        "solved": false,
        "status": "new",
        "subject": "Crawler stuck at 12 %",
        "ticket_form_id": null,
        "type": "incident",
        "updated_at": "2026-03-02T08:14:05Z",
        "url": "https://support.example.com/api/v2/requests/1001.json",
        "via": {
          "channel": "api",
          "source": {
            "from": {},
            "rel": null,
            "to": {}
          }
        }
      }
    }
    "#);
}

#[tokio::test]
async fn the_clock_on_the_record_is_the_one_of_plan_and_severity() {
    let app = App::new().await;
    for (priority, due) in [
        (json!("urgent"), "2026-03-02T09:14:05Z"),
        (json!("high"), "2026-03-02T10:14:05Z"),
        (json!("normal"), "2026-03-02T12:14:05Z"),
        (json!("low"), "2026-03-02T22:14:05Z"),
        (json!(null), "2026-03-02T22:14:05Z"),
    ] {
        let body = json!({"request": {"subject": "One", "priority": priority,
            "comment": {"body": "b"}}});
        let made = app.ana().post("/api/v2/requests?include=slas", body).await.is(201);
        let metric = &made["request"]["slas"]["policy_metrics"][0];
        assert_eq!(metric["breach_at"], due);
        assert_eq!(metric["stage"], "active");
    }
    let id = app.stranger().create("Basic plan", json!({"priority": "urgent"})).await;
    let shown = app.stranger().get(&format!("/api/v2/requests/{id}?include=slas")).await.is(200);
    let metric = &shown["request"]["slas"]["policy_metrics"][0];
    assert_eq!(metric["breach_at"], "2026-03-02T10:14:05Z");
}

#[tokio::test]
async fn people_are_copied_in_every_shape_of_the_wire() {
    let app = App::new().await;
    let ben = app.ben().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let made = create(
        &app,
        json!({"subject": "One", "comment": {"body": "b"},
            "collaborators": [ben, "eva@acme.example", {"name": "Udo Ü", "email": "udo@acme.example"}],
            "email_ccs": [
                {"user_id": ben}, {"user_email": "Eva@acme.example"},
                {"user_email": "max@acme.example", "user_name": "Max", "action": "put"},
                {"user_email": "nobody@acme.example", "action": "delete"},
                {"user_email": "ana@customer.example"}]}),
    )
    .await
    .is(201);
    assert_eq!(made["request"]["email_cc_ids"].as_array().unwrap().len(), 4);
    let shown = app.ana().get("/api/v2/requests/1001?include=users").await.is(200);
    let mut names: Vec<&str> = shown["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Ana Ruiz", "Ben Okoro", "Max", "Udo Ü", "eva"]);
}

#[tokio::test]
async fn null_is_an_empty_list() {
    let app = App::new().await;
    let request = json!({"subject": "One", "comment": {"body": "b"}, "email_ccs": null,
        "collaborators": null, "type": null, "priority": null});
    create(&app, request).await.is(201);
}

#[tokio::test]
async fn html_is_taken_as_its_text() {
    let app = App::new().await;
    let comment = json!({"html_body": "<p>One &amp; <b>two</b></p><p>Three</p>"});
    let made = create(&app, json!({"subject": "One", "comment": comment})).await.is(201);
    assert_eq!(made["request"]["description"], "One & two\nThree");
}

#[tokio::test]
async fn every_field_that_does_not_pass_is_told_at_once() {
    let app = App::new().await;
    let request = json!({"subject": " ", "comment": {"body": "\n"}, "type": "wish",
        "email_ccs": [{"user_email": "ben"}, {}, {"user_email": "a@b.example", "action": "fly"}],
        "collaborators": ["no address"]});
    insta::assert_json_snapshot!(create(&app, request).await.is(422), @r#"
    {
      "description": "Record validation errors",
      "details": {
        "collaborators": [
          {
            "description": "An e-mail address to copy is not valid",
            "error": "InvalidValue"
          }
        ],
        "comment": [
          {
            "description": "Comment: cannot be blank",
            "error": "BlankValue"
          }
        ],
        "email_ccs": [
          {
            "description": "An e-mail address to copy is not valid",
            "error": "InvalidValue"
          },
          {
            "description": "Email CCs: an entry has neither user_id nor user_email",
            "error": "BlankValue"
          },
          {
            "description": "Email CCs: an action is neither put nor delete",
            "error": "InvalidValue"
          }
        ],
        "subject": [
          {
            "description": "Subject: cannot be blank",
            "error": "BlankValue"
          }
        ],
        "type": [
          {
            "description": "Type: is not one of question, incident, problem, task",
            "error": "InvalidValue"
          }
        ]
      },
      "error": "RecordInvalid"
    }
    "#);
    assert_eq!(app.ana().get("/api/v2/requests").await.is(200)["count"], 0);
}

#[tokio::test]
async fn limits_are_the_policys_and_what_is_beyond_is_refused_and_not_cut() {
    let app = App::new().await;
    let policy = app.ana().get("/api/handrail/v1/policy").await.is(200);
    let limits = &policy["policy"]["limits"];
    let number = |key: &str| usize::try_from(limits[key].as_u64().unwrap()).unwrap();
    let (subject, comment, ccs) =
        (number("subject_characters"), number("comment_bytes"), number("email_ccs"));
    let with = |s: usize, c: usize, n: usize| {
        let ccs: Vec<Value> =
            (0..n).map(|n| json!({"user_email": format!("p{n}@acme.example")})).collect();
        json!({"subject": "ü".repeat(s), "comment": {"body": "b".repeat(c)}, "email_ccs": ccs})
    };
    create(&app, with(subject, comment, ccs)).await.is(201);
    for (request, field, code) in [
        (with(subject + 1, 1, 0), "subject", "TooLong"),
        (with(1, comment + 1, 0), "comment", "TooLong"),
        (with(1, 1, ccs + 1), "email_ccs", "TooManyValues"),
    ] {
        let body = create(&app, request).await.is(422);
        assert_eq!(body["details"][field][0]["error"], code);
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_made() {
    let app = App::new().await;
    let body = json!({"request": {"subject": "One", "comment": {"body": "b"}}});
    let answer = app.anonymous().post("/api/v2/requests", body).await;
    assert_eq!(answer.is(401)["error"], "Couldn't authenticate you");
}

#[tokio::test]
async fn an_agent_makes_a_request_as_an_end_user() {
    let app = App::new().await;
    let id = app.agent().create("From support itself", json!({})).await;
    let list = app.agent().get("/api/v2/requests").await.is(200);
    assert_eq!(crate::app::ids(&list["requests"]), [id]);
    let theirs = app.ana().create("Not the agent's", json!({})).await;
    app.agent().get(&format!("/api/v2/requests/{theirs}")).await.is(404);
}

#[tokio::test]
async fn an_answered_request_is_on_disk_with_comment_and_event() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let app = app.restart().await;
    let shown = app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200);
    assert_eq!(shown["request"]["subject"], "One");
    let comments = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    assert_eq!(comments["count"], 1);
    let mut read = app.state.store.read().await.unwrap();
    let id = handrail_server::store::RequestId(id);
    assert_eq!(handrail_server::store::events::count(&mut read, id).await.unwrap(), 1);
    assert!(app.ana().create("Two", json!({})).await > id.0);
}
