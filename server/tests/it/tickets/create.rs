//! `POST /api/v2/tickets`, contract.md 7.

use super::{id_of, make, put, ticket};
use crate::app::{App, ids};
use handrail_server::serve::issue_agent_token;
use serde_json::{Value, json};

async fn requests(app: &App) -> Vec<i64> {
    ids(&app.ana().get("/api/v2/requests").await.is(200)["requests"])
}

async fn refused(app: &App, ticket: Value) -> Value {
    let answer = app.agent().post("/api/v2/tickets", json!({"ticket": ticket})).await;
    let body = answer.is(422);
    assert_eq!(body["error"], "RecordInvalid");
    body["details"].clone()
}

#[tokio::test]
async fn a_ticket_for_a_customer_is_theirs_and_runs_under_their_plan() {
    let app = App::new().await;
    let (ana, mia) = (id_of(&app.ana()).await, id_of(&app.agent()).await);
    let draft = json!({"subject": "By telephone", "comment": {"body": "The crawler hangs."},
        "requester_id": ana, "priority": "high", "type": "task", "tags": ["Crawler", "by phone"],
        "custom_fields": [{"id": 9001, "value": "eu-west"}], "external_id": "CRM-17",
        "due_at": "2026-03-05T12:00:00Z", "recipient": "Help@support.example",
        "collaborators": ["eva@acme.example"], "email_ccs": [{"user_email": "ben@customer.example"}],
        "assignee_email": "mia@support.example"});
    let answer = app.agent().post("/api/v2/tickets.json", json!({"ticket": draft})).await;
    let made = answer.is(201);
    let ticket = &made["ticket"];
    assert_eq!(answer.header("location"), ticket["url"].as_str());
    for (key, value) in [
        ("subject", json!("By telephone")),
        ("description", json!("The crawler hangs.")),
        ("status", json!("open")),
        ("priority", json!("high")),
        ("type", json!("task")),
        ("requester_id", json!(ana)),
        ("submitter_id", json!(mia)),
        ("assignee_id", json!(mia)),
        ("tags", json!(["by", "crawler", "phone"])),
        ("custom_fields", json!([{"id": 9001, "value": "eu-west"}])),
        ("external_id", json!("CRM-17")),
        ("due_at", json!("2026-03-05T12:00:00Z")),
        ("recipient", json!("help@support.example")),
        ("is_public", json!(true)),
    ] {
        assert_eq!(ticket[key], value, "{key}");
    }
    assert_eq!(ticket["collaborator_ids"].as_array().unwrap().len(), 2);
    assert_eq!(made["audit"]["events"][0]["type"], "Comment");
    let id = ticket["id"].as_i64().unwrap();
    let seen = app.ana().get(&format!("/api/v2/requests/{id}?include=slas")).await.is(200);
    let metric = &seen["request"]["slas"]["policy_metrics"][0];
    assert_eq!(metric["target_in_seconds"], 7200, "Acme has the advanced plan");
    assert_eq!(metric["stage"], "active", "what waits for a reply is none");
    assert_eq!(seen["request"]["organization_id"], ticket["organization_id"]);
    assert!(ticket["organization_id"].is_i64());
    assert!(seen["request"].get("tags").is_none());
}

#[tokio::test]
async fn a_requester_named_by_address_is_found_or_made() {
    let app = App::new().await;
    let ana = id_of(&app.ana()).await;
    let known = json!({"comment": {"body": "x"}, "requester": {"email": "ANA@customer.example"}});
    assert_eq!(make(&app, known).await["requester_id"], ana);
    let new = json!({"comment": {"body": "x"},
        "requester": {"name": "Zoe Quill", "email": "zoe@elsewhere.example"}});
    let made = make(&app, new).await;
    let found =
        app.agent().get("/api/v2/search?query=requester:zoe@elsewhere.example").await.is(200);
    assert_eq!(ids(&found["results"]), [made["id"].as_i64().unwrap()]);
    assert_eq!(made["organization_id"], json!(null));
    for broken in [json!({"name": "x"}), json!({"email": "x"}), json!({})] {
        let draft = json!({"comment": {"body": "x"}, "requester": broken});
        assert!(refused(&app, draft).await["requester"].is_array());
    }
    let draft = json!({"comment": {"body": "x"}, "requester_id": 999_999});
    assert!(refused(&app, draft).await["requester"].is_array());
    let draft = json!({"comment": {"body": "x"}, "requester_id": -1});
    assert!(refused(&app, draft).await["requester"].is_array(), "the server is nobody");
}

#[tokio::test]
async fn without_a_requester_it_is_the_agents_own() {
    let app = App::new().await;
    let made = make(&app, json!({"subject": "One", "comment": {"body": "x"}})).await;
    assert_eq!(made["requester_id"], id_of(&app.agent()).await);
}

#[tokio::test]
async fn a_note_makes_a_ticket_that_its_requester_does_not_see_until_there_is_an_answer() {
    let app = App::new().await;
    let ana = id_of(&app.ana()).await;
    let draft = json!({"subject": "Hush", "comment": {"body": "A plum secret", "public": false},
        "requester_id": ana, "email_ccs": [{"user_email": "ben@customer.example"}]});
    let made = make(&app, draft).await;
    let id = made["id"].as_i64().unwrap();
    assert_eq!(made["is_public"], false);
    let path = format!("/api/v2/requests/{id}");
    for client in [app.ana(), app.ben()] {
        client.get(&path).await.is(404);
        client.get(&format!("{path}/comments")).await.is(404);
        client.put(&path, json!({"request": {"comment": {"body": "?"}}})).await.is(404);
        for list in ["requests", "requests/ccd", "requests/search?query=hush", "requests/search"] {
            let found = client.get(&format!("/api/v2/{list}")).await.is(200);
            assert_eq!((&found["requests"], &found["count"]), (&json!([]), &json!(0)), "{list}");
        }
    }
    let found = app.agent().get("/api/v2/search?query=plum").await.is(200);
    assert_eq!(ids(&found["results"]), [id]);

    app.advance(60);
    put(&app, id, json!({"priority": "urgent"})).await.is(200);
    app.ana().get(&path).await.is(404);
    put(&app, id, json!({"comment": {"body": "It has begun."}})).await.is(200);
    let seen = app.ana().get(&path).await.is(200)["request"].clone();
    assert_eq!(seen["description"], "It has begun.", "the note is told to nobody");
    assert_eq!(requests(&app).await, [id]);
    assert_eq!(ids(&app.ben().get("/api/v2/requests/ccd").await.is(200)["requests"]), [id]);
    let said = app.ana().get(&format!("{path}/comments")).await.is(200);
    assert_eq!(said["count"], 1);
    let found = app.ana().get("/api/v2/requests/search?query=plum").await.is(200);
    assert_eq!(found["count"], 0);
    assert_eq!(ticket(&app, id).await["is_public"], true);
}

#[tokio::test]
async fn the_first_comment_can_be_the_customers_own() {
    let app = App::new().await;
    let ana = id_of(&app.ana()).await;
    for draft in [
        json!({"comment": {"body": "Mine", "author_id": ana}, "requester_id": ana}),
        json!({"comment": {"body": "Mine"}, "submitter_id": ana, "requester_id": ana}),
    ] {
        let made = make(&app, draft).await;
        assert_eq!(made["submitter_id"], ana);
        let path = format!("/api/v2/tickets/{}/comments", made["id"]);
        assert_eq!(app.agent().get(&path).await.is(200)["comments"][0]["author_id"], ana);
    }
}

#[tokio::test]
async fn a_description_stands_for_a_comment_and_its_first_line_for_a_subject() {
    let app = App::new().await;
    let made = make(&app, json!({"description": "\n First line \nsecond"})).await;
    assert_eq!(made["subject"], "First line");
    let long = "x".repeat(400);
    let made = make(&app, json!({"subject": "", "comment": {"body": long}})).await;
    assert_eq!(made["subject"].as_str().unwrap().len(), 150);
    let details = refused(&app, json!({"subject": "Only that"})).await;
    assert_eq!(details["comment"][0]["error"], "BlankValue");
}

#[tokio::test]
async fn statuses_follow_the_same_rules_as_later() {
    let app = App::new().await;
    let mia = "mia@support.example";
    let draft = |more: Value| {
        let mut draft = json!({"comment": {"body": "x"}});
        draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        draft
    };
    assert_eq!(make(&app, draft(json!({}))).await["status"], "new");
    assert_eq!(make(&app, draft(json!({"status": "hold"}))).await["status"], "hold");
    let solved = draft(json!({"status": "solved", "assignee_email": mia}));
    assert_eq!(make(&app, solved).await["status"], "solved");
    let details = refused(&app, draft(json!({"status": "solved"}))).await;
    assert!(details["assignee_id"].is_array());
    let details = refused(&app, draft(json!({"status": "new", "assignee_email": mia}))).await;
    assert!(details["status"].is_array());
}

#[tokio::test]
async fn every_problem_is_told_at_once() {
    let app = App::new().await;
    let details = refused(
        &app,
        json!({"subject": "x".repeat(151), "comment": {"body": ""}, "type": "riddle",
            "tags": ["x".repeat(256)], "external_id": "x".repeat(256),
            "email_ccs": [{"user_email": "no"}]}),
    )
    .await;
    let fields: Vec<&String> = details.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["comment", "email_ccs", "external_id", "subject", "tags", "type"]);
}

#[tokio::test]
async fn an_organization_must_be_one_of_the_requesters() {
    let app = App::new().await;
    let ana = id_of(&app.ana()).await;
    app.stranger().get("/api/v2/users/me").await.is(200);
    let acme = make(&app, json!({"comment": {"body": "x"}, "requester_id": ana})).await;
    let acme = acme["organization_id"].as_i64().unwrap();
    let globex = acme + 1;
    let of =
        |id: i64| json!({"comment": {"body": "x"}, "requester_id": ana, "organization_id": id});
    assert_eq!(make(&app, of(acme)).await["organization_id"], acme);
    assert!(refused(&app, of(globex)).await["organization_id"].is_array());
}

#[tokio::test]
async fn a_followup_goes_on_with_a_closed_ticket_and_for_its_requester() {
    let app = App::new().await;
    let ana = id_of(&app.ana()).await;
    let first = app.ana().create("One", json!({})).await;
    let draft = json!({"comment": {"body": "Again"}, "via_followup_source_id": first});
    let early = make(&app, draft.clone()).await;
    assert_eq!(early["followup_source_id"], json!(null), "it still lives");
    let close = json!({"status": "closed", "assignee_email": "mia@support.example"});
    put(&app, first, close).await.is(200);
    let next = make(&app, draft).await;
    assert_eq!(next["followup_source_id"], first);
    assert_eq!(next["requester_id"], ana);
    assert_eq!(ticket(&app, first).await["followup_ids"], json!([next["id"]]));
}

#[tokio::test]
async fn the_same_key_makes_it_once() {
    let app = App::new().await;
    let draft = json!({"ticket": {"subject": "Once", "comment": {"body": "x"}}});
    let agent = app.agent().key("k1");
    let first = agent.post("/api/v2/tickets", draft.clone()).await;
    let second = agent.post("/api/v2/tickets", draft).await;
    assert_eq!(first.header("x-idempotency-lookup"), Some("miss"));
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(first.is(201), second.is(201));
    assert_eq!(first.header("location"), second.header("location"));
    let other = json!({"ticket": {"subject": "Twice", "comment": {"body": "x"}}});
    assert_eq!(
        agent.post("/api/v2/tickets", other).await.is(400)["error"],
        "IdempotentRequestError"
    );
    let ada = issue_agent_token(&app.state, "ada@support.example", None).await.unwrap();
    let ada = app.basic("ada@support.example", &ada).key("k1");
    let hers = json!({"ticket": {"subject": "Hers", "comment": {"body": "x"}}});
    assert_eq!(ada.post("/api/v2/tickets", hers).await.is(201)["ticket"]["subject"], "Hers");
}
