//! contract.md 14.3 (h): private notes never show in requests, comments, search hits or counts; nor
//! by anything that moves when one is written.

use crate::{
    app::App,
    rights::{Aim, Fixture, NOTE, Table, call},
};
use serde_json::{Value, json};

/// All that an end user may ask for, of every kind of route.
async fn everything(
    fixture: &Fixture,
    table: &Table,
    person: &str,
) -> Vec<(String, Vec<u8>, Option<String>)> {
    let mut all = Vec::new();
    for row in table.rows.iter().filter(|row| row.method == "GET") {
        let call = call(fixture, row, Aim::There);
        let answer = call.by(&fixture.client(person)).await;
        let tag = answer.header("etag").map(str::to_owned);
        all.push((format!("{call:?}"), answer.bytes, tag));
    }
    all
}

/// (h) private notes never show
#[tokio::test]
async fn h_no_answer_to_an_end_user_is_different_for_a_note() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let people = ["requester", "copied", "viewer", "commenter", "member", "as a user"];
    // Some time after the last change, so that one more would show by its time.
    fixture.app.advance(3600);
    let mut before = Vec::new();
    for person in people {
        before.push(everything(&fixture, &table, person).await);
    }
    let note = json!({"ticket": {"comment": {"body": format!("{NOTE}, and quince jelly"), "public": false}}});
    let path = format!("/api/v2/tickets/{}", fixture.ids.request);
    fixture.app.agent().put(&path, note).await.is(200);
    for (person, before) in people.into_iter().zip(before) {
        let after = everything(&fixture, &table, person).await;
        for (before, after) in before.into_iter().zip(after) {
            // The end of a stream counts the events of everybody.
            let text = |bytes: &[u8]| {
                let text = String::from_utf8_lossy(bytes).into_owned();
                text.split("event: ready").next().unwrap_or_default().to_owned()
            };
            assert!(!text(&after.1).contains(NOTE), "{person}: {}", after.0);
            assert_eq!(text(&before.1), text(&after.1), "{person}: {}", after.0);
            assert_eq!(before.2, after.2, "the tag for {person}: {}", after.0);
        }
    }
}

/// (h) … in comments and counts
#[tokio::test]
async fn h_a_note_is_in_no_comments_however_they_are_asked_for() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ticket = format!("/api/v2/tickets/{id}");
    for (body, public) in
        [("They forgot to pay", false), ("We look into it", true), ("Forgot twice", false)]
    {
        app.advance(60);
        let change = json!({"ticket": {"comment": {"body": body, "public": public}}});
        app.agent().put(&ticket, change).await.is(200);
    }
    let path = format!("/api/v2/requests/{id}/comments");
    for query in [
        "",
        "?role=agent",
        "?page[size]=10",
        "?page[size]=1&sort=-created_at",
        "?since=2026-03-02T08:14:05Z",
        "?sort_order=desc&per_page=1&page=1",
        "?include=users,notes,private",
        "?public=false",
    ] {
        let answer = app.ana().get(&format!("{path}{query}")).await.is(200);
        assert!(!answer.to_string().to_lowercase().contains("forgot"), "{query}");
        assert!(answer.get("count").is_none_or(|count| count.as_i64() < Some(3)), "{query}");
    }
    let all = app.agent().get(&format!("{ticket}/comments")).await.is(200);
    let notes = all["comments"].as_array().unwrap().iter().filter(|row| row["public"] == false);
    let notes: Vec<&Value> = notes.collect();
    assert_eq!(notes.len(), 2);
    for note in notes {
        app.ana().get(&format!("{path}/{}", note["id"])).await.is(404);
    }
    let since = app.ana().get(&format!("{path}?since=2026-03-02T08:16:05Z")).await.is(200);
    assert_eq!((&since["count"], &since["users"]), (&json!(0), &json!([])));
}

/// (h) … by the time of the last change
#[tokio::test]
async fn h_a_note_does_not_move_the_time_or_the_order_that_end_users_see() {
    let app = App::new().await;
    let older = app.ana().create("Older", json!({})).await;
    app.advance(60);
    app.ana().create("Newer", json!({})).await;
    let list = "/api/v2/requests?sort_by=updated_at&sort_order=desc";
    let search = "/api/v2/requests/search?query=move+updated>2026-03-02T08:30:00Z";
    let before = app.ana().get(list).await.is(200);
    app.advance(3600);
    let note = json!({"ticket": {"comment": {"body": "Hm", "public": false}}});
    let done = app.agent().put(&format!("/api/v2/tickets/{older}"), note).await.is(200);
    assert_eq!(done["ticket"]["updated_at"], "2026-03-02T09:15:05Z");
    assert_eq!(app.ana().get(list).await.is(200), before);
    assert_eq!(app.ana().get(&search.replace('>', "%3E")).await.is(200)["count"], 0);
}
