//! What others do shows nowhere to whoever has nothing to do with it: no answer to a stranger is
//! different for it, be it by a count, a name, a time or a tag.

use super::{answered, fixture::Fixture, table::Table};
use crate::app::Client;
use serde_json::json;

/// Every GET of the table, as a person asks it.
async fn everything(fixture: &Fixture, table: &Table, person: &Client) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (_, call, _) in answered(table, fixture).filter(|(_, call, _)| call.method == "GET") {
        let answer = call.by(person).await;
        let text = String::from_utf8_lossy(&answer.bytes);
        // The end of a stream counts the events of everybody.
        let text = text.split("event: ready").next().unwrap_or_default();
        let tag = answer.header("etag").unwrap_or_default();
        all.push((format!("{call:?}"), format!("{} {tag} {text}", answer.status)));
    }
    all
}

/// A busy hour of other people.
async fn bustle(fixture: &Fixture) {
    let (ana, ben, mia) =
        (fixture.client("requester"), fixture.client("copied"), fixture.client("agent"));
    let path = format!("/api/v2/requests/{}", fixture.ids.request);
    let change = json!({"request": {"comment": {"body": "quince jelly, again"},
        "additional_collaborators": ["eva@elsewhere.example"]}});
    ana.put(&path, change).await.is(200);
    ben.create("Quince jelly of Ben's", json!({"priority": "urgent"})).await;
    ana.upload("filename=b.txt", "more bytes").await.is(201);
    let user = json!({"user": {"name": "Quince", "email": "quince@globex.example"}});
    mia.post("/api/v2/users", user).await.is(201);
    let organization = json!({"organization": {"name": "Quince", "external_id": "quince"}});
    mia.post("/api/v2/organizations", organization).await.is(201);
    let solve = json!({"ticket": {"status": "solved", "priority": "urgent"}});
    mia.put(&format!("/api/v2/tickets/{}", fixture.ids.request), solve).await.is(200);
    ana.put(&path, json!({"request": {"comment": {"body": "Not quite"}}})).await.is(200);
}

#[tokio::test]
async fn what_others_do_changes_no_answer_to_a_stranger() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let people = [fixture.client("stranger"), fixture.newcomer(), fixture.app.anonymous()];
    fixture.app.advance(3600);
    let mut before = Vec::new();
    for person in &people {
        // A first look makes the newcomer somebody who has been here.
        person.get("/api/v2/users/me").await.is(200);
        before.push(everything(&fixture, &table, person).await);
    }
    bustle(&fixture).await;
    for (person, before) in people.iter().zip(before) {
        for (before, after) in before.iter().zip(&everything(&fixture, &table, person).await) {
            assert_eq!(before, after);
        }
    }
}
