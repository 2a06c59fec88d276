//! Making, changing and removing organizations.

use crate::app::{App, BASE};
use api::identity::OrganizationClaim;
use serde_json::{Value, json};

const PATH: &str = "/api/v2/organizations";

#[tokio::test]
async fn an_agent_makes_an_organization_and_reads_all_of_it() {
    let app = App::new().await;
    let organization = json!({"organization": {"name": "Umbrella", "external_id": "u-1",
        "shared_tickets": true, "shared_comments": true, "plan": "ADVANCED", "details": "d",
        "notes": "n", "tags": ["key account"], "domain_names": ["umbrella.example"]}});
    let answer = app.agent().post(&format!("{PATH}.json"), organization).await;
    let made = answer.is(201)["organization"].clone();
    let location = format!("{BASE}{PATH}/1.json");
    assert_eq!(answer.header("location"), Some(location.as_str()));
    assert_eq!(
        made,
        json!({"id": 1, "url": location, "name": "Umbrella", "external_id": "u-1",
            "shared_tickets": true, "shared_comments": true, "plan": "advanced", "details": "d",
            "notes": "n", "tags": ["account", "key"], "domain_names": [], "group_id": null,
            "organization_fields": {}, "created_at": "2026-03-02T08:14:05Z",
            "updated_at": "2026-03-02T08:14:05Z"})
    );
    assert_eq!(app.agent().get(&format!("{PATH}/1")).await.is(200)["organization"], made);
}

#[tokio::test]
async fn organizations_without_an_id_of_the_hosts_stay_apart_from_all_that_a_host_can_name() {
    let app = App::new().await;
    let agent = app.agent();
    let make = async |name: &str| {
        let body = agent.post(PATH, json!({"organization": {"name": name}})).await.is(201);
        assert_eq!(body["organization"]["external_id"], Value::Null);
        body["organization"]["id"].as_i64().unwrap()
    };
    let (one, two) = (make("One").await, make("Two").await);
    agent.delete(&format!("{PATH}/{two}")).await.is_done();
    let three = make("Three").await;
    assert!(three > two);
    // A host whose ids look like what stands in the table.
    for id in [format!("\u{1f}{one}"), one.to_string(), format!("\u{1f}{three}")] {
        let mut claims = app.claims("ana", "Ana");
        claims.organization = Some(OrganizationClaim { external_id: id, name: "Host's".into() });
        let me = app.by(&claims).get("/api/v2/users/me").await.is(200);
        let belongs = me["user"]["organization_id"].as_i64().unwrap();
        assert!(belongs != one && belongs != three);
        let found = agent.get(&format!("{PATH}/search?external_id=%1f{one}")).await.is(200);
        assert_eq!(found["count"], 0);
    }
    let given = json!({"organization": {"external_id": "crm-1"}});
    let given = agent.put(&format!("{PATH}/{one}"), given).await.is(200);
    assert_eq!(given["organization"]["external_id"], "crm-1");
    let taken = json!({"organization": {"external_id": null}});
    let taken = agent.put(&format!("{PATH}/{one}"), taken).await.is(200);
    assert_eq!(taken["organization"]["external_id"], Value::Null);
    let control = json!({"organization": {"external_id": format!("\u{1f}{three}")}});
    agent.put(&format!("{PATH}/{one}"), control).await.is(422);
}

#[tokio::test]
async fn values_that_do_not_pass_are_named() {
    let app = App::new().await;
    let agent = app.agent();
    app.ana().get("/api/v2/users/me").await.is(200);
    for (field, code, change) in [
        ("name", "BlankValue", json!({})),
        ("name", "BlankValue", json!({"name": ""})),
        ("name", "DuplicateValue", json!({"name": "Acme"})),
        ("name", "InvalidValue", json!({"name": "x".repeat(256)})),
        ("external_id", "DuplicateValue", json!({"name": "Other", "external_id": "acme"})),
        ("plan", "InvalidValue", json!({"name": "Other", "plan": "platinum"})),
        ("details", "TooLong", json!({"name": "Other", "details": "x".repeat(4097)})),
        ("shared_tickets", "InvalidValue", json!({"name": "Other", "shared_tickets": "yes"})),
    ] {
        let body = agent.post(PATH, json!({"organization": change.clone()})).await.is(422);
        assert_eq!(body["details"][field][0]["error"], code, "{change}");
    }
    assert_eq!(agent.get(PATH).await.is(200)["count"], 1);
}

#[tokio::test]
async fn create_or_update_finds_by_number_and_by_id() {
    let app = App::new().await;
    let agent = app.agent();
    let path = "/api/v2/organizations/create_or_update.json";
    let first = json!({"organization": {"name": "Umbrella", "external_id": "u-1"}});
    let id = agent.post(path, first).await.is(201)["organization"]["id"].clone();
    let renamed = json!({"organization": {"name": "Umbrella Ltd", "external_id": "u-1"}});
    let renamed = agent.post(path, renamed).await.is(200)["organization"].clone();
    assert_eq!((&renamed["id"], &renamed["name"]), (&id, &json!("Umbrella Ltd")));
    let shared = json!({"organization": {"id": id, "shared_tickets": true}});
    let shared = agent.post(path, shared).await.is(200)["organization"].clone();
    assert_eq!((&shared["id"], &shared["shared_tickets"]), (&id, &json!(true)));
}

#[tokio::test]
async fn an_organization_with_members_or_requests_stays() {
    let app = App::new().await;
    let (ana, agent) = (app.ana(), app.agent());
    ana.create("One", json!({})).await;
    let path = format!("{PATH}/1.json");
    let body = agent.delete(&path).await.is(422);
    assert_eq!(body["details"]["base"][0]["error"], "InvalidValue");
    agent.delete(&format!("/api/v2/users/{}", ana.id().await)).await.is(200);
    agent.delete(&path).await.is(422);
    agent.delete(&format!("{PATH}/99")).await.is(404);
    agent.put(&format!("{PATH}/99"), json!({"organization": {}})).await.is(404);
}

#[tokio::test]
async fn end_users_change_no_organization() {
    let app = App::new().await;
    let ana = app.ana();
    ana.get("/api/v2/users/me").await.is(200);
    let body = json!({"organization": {"name": "Mine", "shared_tickets": true}});
    ana.post(PATH, body.clone()).await.is(403);
    ana.post(&format!("{PATH}/create_or_update"), body.clone()).await.is(403);
    ana.put(&format!("{PATH}/1"), body).await.is(403);
    ana.delete(&format!("{PATH}/1")).await.is(403);
}
