//! `Idempotency-Key`: done once, answered as often as asked.

use crate::app::{App, BASE, ids};
use serde_json::json;

fn body(subject: &str) -> serde_json::Value {
    json!({"request": {"subject": subject, "comment": {"body": "b"}}})
}

#[tokio::test]
async fn a_repeated_create_gets_the_same_answer_and_makes_one_request() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    let first = ana.post("/api/v2/requests", body("One")).await;
    assert_eq!(first.header("x-idempotency-lookup"), Some("miss"));
    app.advance(60);
    // With or without the suffix it is the same call.
    let second = ana.post("/api/v2/requests.json", body("One")).await;
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(first.is(201), second.is(201));
    assert_eq!(first.header("location"), second.header("location"));
    let list = app.ana().get("/api/v2/requests").await.is(200);
    assert_eq!(list["count"], 1);
}

#[tokio::test]
async fn without_a_key_nothing_is_looked_up() {
    let app = App::new().await;
    let answer = app.ana().post("/api/v2/requests", body("One")).await;
    assert_eq!(answer.header("x-idempotency-lookup"), None);
    app.ana().post("/api/v2/requests", body("One")).await.is(201);
    assert_eq!(app.ana().get("/api/v2/requests").await.is(200)["count"], 2);
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused_and_told_where_the_first_is() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    let first = ana.post("/api/v2/requests", body("One")).await;
    let second = ana.post("/api/v2/requests", body("Two")).await;
    assert_eq!(second.is(400)["error"], "IdempotentRequestError");
    assert_eq!(second.header("location"), first.header("location"));
    let id = first.is(201)["request"]["id"].as_i64().unwrap();
    assert_eq!(first.header("location").unwrap(), format!("{BASE}/api/v2/requests/{id}.json"));
    // Another verb or path is another call too.
    let change = json!({"request": {"comment": {"body": "b"}}});
    let third = ana.put(&format!("/api/v2/requests/{id}"), change).await;
    assert_eq!(third.is(400)["error"], "IdempotentRequestError");
}

#[tokio::test]
async fn a_repeated_comment_is_made_once() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/requests/{id}");
    let change = json!({"request": {"comment": {"body": "Once, please"}}});
    let ana = app.ana().key("k2");
    let first = ana.put(&path, change.clone()).await;
    let second = ana.put(&path, change).await;
    assert_eq!(first.header("x-idempotency-lookup"), Some("miss"));
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(first.is(200), second.is(200));
    assert_eq!(second.header("location"), None);
    let comments = app.ana().get(&format!("{path}/comments")).await.is(200);
    assert_eq!(comments["count"], 2);
}

#[tokio::test]
async fn of_many_calls_at_once_one_makes_the_request() {
    let app = App::new().await;
    app.ana().get("/api/v2/users/me").await.is(200);
    let calls = (0..16).map(|_| {
        let ana = app.ana().key("k1");
        tokio::spawn(async move { ana.post("/api/v2/requests", body("One")).await })
    });
    let mut misses = 0;
    let mut made = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        let answer = call.await.unwrap();
        made.push(answer.is(201)["request"]["id"].as_i64().unwrap());
        misses += i32::from(answer.header("x-idempotency-lookup") == Some("miss"));
    }
    assert_eq!(misses, 1);
    made.dedup();
    assert_eq!(made.len(), 1);
    assert_eq!(ids(&app.ana().get("/api/v2/requests").await.is(200)["requests"]), made);
}

#[tokio::test]
async fn a_key_is_remembered_over_a_restart() {
    let app = App::new().await;
    let first = app.ana().key("k1").post("/api/v2/requests", body("One")).await.is(201);
    let app = app.restart().await;
    let second = app.ana().key("k1").post("/api/v2/requests", body("One")).await;
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(second.is(201), first);
}

#[tokio::test]
async fn a_key_is_kept_for_a_day_and_then_forgotten() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    ana.post("/api/v2/requests", body("One")).await.is(201);
    app.advance(24 * 3600);
    let answer = ana.post("/api/v2/requests", body("One")).await;
    assert_eq!(answer.header("x-idempotency-lookup"), Some("hit"));
    app.advance(1);
    let answer = ana.post("/api/v2/requests", body("Two")).await;
    assert_eq!(answer.header("x-idempotency-lookup"), Some("miss"));
    answer.is(201);
}

#[tokio::test]
async fn keys_of_two_people_do_not_meet() {
    let app = App::new().await;
    app.ana().key("k1").post("/api/v2/requests", body("Ana's")).await.is(201);
    let answer = app.ben().key("k1").post("/api/v2/requests", body("Ben's")).await;
    assert_eq!(answer.is(201)["request"]["subject"], "Ben's");
}

#[tokio::test]
async fn a_refused_call_does_not_use_its_key_up() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    ana.post("/api/v2/requests", body("")).await.is(422);
    ana.post("/api/v2/requests", body("One")).await.is(201);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let app = App::new().await;
    let long = "k".repeat(256);
    for key in ["", "a\tb", "é", long.as_str()] {
        let answer = app.ana().key(key).post("/api/v2/requests", body("One")).await;
        assert_eq!(answer.is(400)["error"], "IdempotentRequestError");
    }
    app.ana().key(&"k".repeat(255)).post("/api/v2/requests", body("One")).await.is(201);
}
