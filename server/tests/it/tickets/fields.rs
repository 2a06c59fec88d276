//! `PUT /api/v2/tickets/{id}`: every field that an agent can set, and what end users notice of it.

use super::{id_of, put, ticket};
use crate::app::{App, ids};
use serde_json::{Value, json};

/// The changes of an audit: field, before, after.
fn changes(done: &Value) -> Vec<(String, Value, Value)> {
    let events = done["audit"]["events"].as_array().unwrap().iter();
    let changes = events.filter(|event| event["type"] == "Change");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    changes
        .map(|it| (text(&it["field_name"]), it["previous_value"].clone(), it["value"].clone()))
        .collect()
}

#[tokio::test]
async fn what_end_users_see_moves_their_time_and_what_they_do_not_see_does_not() {
    let app = App::new().await;
    let (ana, ben) = (id_of(&app.ana()).await, id_of(&app.ben()).await);
    let id = app.ana().create("One", json!({})).await;
    let mine = format!("/api/v2/requests/{id}");
    let updated = async || app.ana().get(&mine).await.is(200)["request"]["updated_at"].clone();
    let mut last = updated().await;
    for (change, seen, noted) in [
        (json!({"subject": "Two"}), true, ("subject", json!("One"), json!("Two"))),
        (json!({"type": "task"}), true, ("type", json!(null), json!("task"))),
        (
            json!({"due_at": "2026-04-01T00:00:00Z"}),
            true,
            ("due_at", json!(null), json!("2026-04-01T00:00:00Z")),
        ),
        (
            json!({"custom_fields": [{"id": 7, "value": ["a", "b"]}]}),
            true,
            ("7", json!(null), json!("a,b")),
        ),
        (
            json!({"assignee_email": "mia@support.example", "status": "new"}),
            true,
            ("", json!(null), json!(null)),
        ),
        (json!({"tags": ["b", "a"]}), false, ("tags", json!(null), json!("a b"))),
        (json!({"additional_tags": "c"}), false, ("tags", json!("a b"), json!("a b c"))),
        (json!({"remove_tags": ["a"]}), false, ("tags", json!("a b c"), json!("b c"))),
        (json!({"external_id": "CRM"}), false, ("external_id", json!(null), json!("CRM"))),
        (
            json!({"followers": [{"user_email": "mia@support.example"}]}),
            false,
            ("follower_ids", json!(null), json!("1")),
        ),
        (json!({"external_id": null}), false, ("external_id", json!("CRM"), json!(null))),
        (json!({"type": null}), true, ("type", json!("task"), json!(null))),
        (
            json!({"collaborator_ids": [ben]}),
            true,
            ("collaborator_ids", json!(""), json!(ben.to_string())),
        ),
        (json!({"organization_id": null}), true, ("organization_id", json!("1"), json!(null))),
        (json!({"requester_id": ana}), false, ("", json!(null), json!(null))),
    ] {
        app.advance(60);
        let answer = put(&app, id, change.clone()).await;
        let (field, from, to) = noted;
        if change.get("status").is_some() {
            answer.is(422);
            continue;
        }
        let done = answer.is(200);
        if field.is_empty() {
            assert!(done.get("audit").is_none(), "{change}");
        } else {
            let expected = (field.to_owned(), from, to);
            assert!(changes(&done).contains(&expected), "{change}: {:?}", changes(&done));
        }
        let now = updated().await;
        assert_eq!(now != last, seen, "{change}");
        last = now;
    }
    let shown = ticket(&app, id).await;
    assert_eq!(shown["due_at"], json!(null), "only a task is due");
    assert_eq!(shown["tags"], json!(["b", "c"]));
    assert_eq!(shown["follower_ids"], json!([1]));
}

#[tokio::test]
async fn a_ticket_can_change_hands() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let id = app.ana().create("One", copy).await;
    let (ana, ben) = (id_of(&app.ana()).await, id_of(&app.ben()).await);
    let done = put(&app, id, json!({"requester_id": ben})).await.is(200);
    assert_eq!(done["ticket"]["requester_id"], ben);
    assert_eq!(done["ticket"]["collaborator_ids"], json!([]), "nobody is copied on their own");
    assert_eq!(ids(&app.ben().get("/api/v2/requests").await.is(200)["requests"]), [id]);
    assert_eq!(ids(&app.ana().get("/api/v2/requests").await.is(200)["requests"]), [0; 0]);
    app.ana().get(&format!("/api/v2/requests/{id}")).await.is(404);
    let found = app.ben().get("/api/v2/requests/search?query=One").await.is(200);
    assert_eq!(ids(&found["requests"]), [id]);
    let sam = id_of(&app.stranger()).await;
    let done = put(&app, id, json!({"requester_id": sam, "collaborators": [ana]})).await.is(200);
    assert_eq!(done["ticket"]["collaborator_ids"], json!([ana]));
    let globex = done["ticket"]["organization_id"].clone();
    assert_ne!(globex, json!(1), "the organization goes with the requester");
    put(&app, id, json!({"organization_id": 1})).await.is(422);
    put(&app, id, json!({"organization_id": globex})).await.is(200);
}

#[tokio::test]
async fn a_list_of_collaborators_replaces_and_additional_ones_add() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({"collaborators": ["eva@acme.example"]})).await;
    let (ben, sam) = (id_of(&app.ben()).await, id_of(&app.stranger()).await);
    let eva = ticket(&app, id).await["collaborator_ids"][0].as_i64().unwrap();
    let copied = async |change: Value| {
        let mut ids = put(&app, id, change).await.is(200)["ticket"]["email_cc_ids"].clone();
        ids.as_array_mut().unwrap().sort_by_key(Value::as_i64);
        ids
    };
    let sorted = |mut ids: Vec<i64>| {
        ids.sort_unstable();
        json!(ids)
    };
    let more = json!({"additional_collaborators": [ben]});
    assert_eq!(copied(more).await, sorted(vec![eva, ben]));
    assert_eq!(copied(json!({"collaborator_ids": [sam, ben]})).await, sorted(vec![ben, sam]));
    assert_eq!(copied(json!({"collaborator_ids": null})).await, sorted(vec![ben, sam]));
    let fewer = json!({"email_ccs": [{"user_id": ben, "action": "delete"}]});
    assert_eq!(copied(fewer).await, json!([sam]));
    assert_eq!(copied(json!({"collaborators": []})).await, json!([]));
    put(&app, id, json!({"collaborator_ids": [999_999]})).await.is(422);
    put(&app, id, json!({"collaborator_ids": [-1]})).await.is(422);
}

#[tokio::test]
async fn custom_fields_that_are_not_named_stay() {
    let app = App::new().await;
    let fields = json!([{"id": 2, "value": "two"}, {"id": 1, "value": 1}]);
    let id = app.ana().create("One", json!({"custom_fields": fields})).await;
    let change = json!({"custom_fields": [{"id": 2, "value": null}, {"id": 3, "value": true}]});
    let done = put(&app, id, change).await.is(200);
    let expected =
        json!([{"id": 1, "value": 1}, {"id": 2, "value": null}, {"id": 3, "value": true}]);
    assert_eq!(done["ticket"]["custom_fields"], expected);
    assert_eq!(done["ticket"]["fields"], expected);
    let noted = changes(&done);
    assert_eq!(noted[0], ("2".to_owned(), json!("two"), json!(null)));
    assert_eq!(noted[1], ("3".to_owned(), json!(null), json!("true")));
}

#[tokio::test]
async fn only_agents_follow() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ana = id_of(&app.ana()).await;
    for who in [json!({"user_id": ana}), json!({"user_email": "x@y.example"}), json!({})] {
        put(&app, id, json!({"followers": [who]})).await.is(422);
    }
    let follow = json!([{"user_email": "Mia@support.example", "action": "put"}]);
    let done = put(&app, id, json!({"followers": follow})).await.is(200);
    assert_eq!(done["ticket"]["follower_ids"], json!([1]));
    let leave = json!([{"user_id": 1, "action": "delete"}]);
    let done = put(&app, id, json!({"followers": leave})).await.is(200);
    assert_eq!(done["ticket"]["follower_ids"], json!([]));
    let seen = app.ana().get(&format!("/api/v2/requests/{id}")).await.is(200);
    assert!(seen["request"].get("follower_ids").is_none());
}

#[tokio::test]
async fn what_we_do_not_have_is_ignored() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"group_id": 5, "brand_id": 6, "ticket_form_id": 7, "problem_id": 8,
        "custom_status_id": 9, "satisfaction_rating": {"score": "good"}, "is_public": false,
        "recipient": "x@y.example", "sharing_agreement_ids": [1], "metadata": {"x": 1}});
    let done = put(&app, id, change).await.is(200);
    assert!(done.get("audit").is_none());
}

#[tokio::test]
async fn hostile_values_are_refused_by_field() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for (change, field) in [
        (json!({"subject": " "}), "subject"),
        (json!({"subject": "x".repeat(151)}), "subject"),
        (json!({"type": "riddle"}), "type"),
        (json!({"type": 7}), "type"),
        (json!({"tags": {"a": 1}}), "tags"),
        (json!({"tags": (0..201).map(|tag| tag.to_string()).collect::<Vec<_>>()}), "tags"),
        (json!({"external_id": "a\nb"}), "external_id"),
        (json!({"requester_id": "x"}), "requester_id"),
        (json!({"requester_id": 999_999}), "requester"),
        (json!({"organization_id": 999_999}), "organization_id"),
        (json!({"due_at": "tomorrow"}), "due_at"),
        (json!({"assignee_id": -1}), "assignee_id"),
        (json!({"status": "asleep"}), "status"),
        (json!({"custom_fields": [{"id": 1, "value": "x".repeat(5000)}]}), "custom_fields"),
    ] {
        let refused = put(&app, id, change.clone()).await.is(422);
        assert!(refused["details"][field].is_array(), "{change}: {refused}");
    }
}

#[tokio::test]
async fn the_same_key_changes_once() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/tickets/{id}");
    let change = json!({"ticket": {"comment": {"body": "Once"}}});
    let agent = app.agent().key("k");
    let first = agent.put(&path, change.clone()).await;
    let second = agent.put(&path, change).await;
    assert_eq!(first.is(200), second.is(200));
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    let said = app.agent().get(&format!("{path}/comments")).await.is(200);
    assert_eq!(said["count"], 2);
}
