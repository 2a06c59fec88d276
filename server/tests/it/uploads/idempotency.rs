//! `Idempotency-Key` on uploads: a file that is sent twice is kept once.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn a_repeated_upload_gets_the_same_answer_and_is_kept_once() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    let first = ana.upload("filename=a.txt", "one").await;
    assert_eq!(first.header("x-idempotency-lookup"), Some("miss"));
    app.advance(60);
    let second = ana.upload("filename=a.txt&locale=de", "one").await;
    assert_eq!(second.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(second.header("location"), first.header("location"));
    assert_eq!(second.is(201), first.is(201));
    assert_eq!(app.on_disk().0.len(), 1);
    let app = app.restart().await;
    let third = app.ana().key("k1").upload("filename=a.txt", "one").await;
    assert_eq!(third.is(201), first.is(201));
    assert_eq!(app.on_disk().0.len(), 1);
}

#[tokio::test]
async fn other_bytes_another_name_or_token_under_the_same_key_are_refused() {
    let app = App::new().await;
    let ana = app.ana().key("k1");
    let first = ana.upload("filename=a.txt", "one").await;
    let token = first.is(201)["upload"]["token"].as_str().unwrap().to_owned();
    let with_token = format!("filename=a.txt&token={token}");
    for (query, bytes) in [
        ("filename=a.txt", "two"),
        ("filename=a.txt", "one "),
        ("filename=b.txt", "one"),
        (with_token.as_str(), "one"),
    ] {
        let answer = ana.upload(query, bytes).await;
        assert_eq!(answer.is(400)["error"], "IdempotentRequestError", "{query} {bytes}");
        assert_eq!(answer.header("location"), first.header("location"));
    }
    let other = json!({"request": {"subject": "One", "comment": {"body": "b"}}});
    assert_eq!(
        ana.post("/api/v2/requests", other).await.is(400)["error"],
        "IdempotentRequestError"
    );
    assert_eq!(app.on_disk(), (app.on_disk().0, Vec::new()));
    assert_eq!(app.on_disk().0.len(), 1);
}

#[tokio::test]
async fn of_many_calls_at_once_one_file_is_kept() {
    let app = App::new().await;
    app.ana().get("/api/v2/users/me").await.is(200);
    let bytes = vec![b'x'; 100_000];
    let calls = (0..16).map(|_| {
        let (ana, bytes) = (app.ana().key("k1"), bytes.clone());
        tokio::spawn(async move { ana.upload("filename=a.txt", bytes).await })
    });
    let mut misses = 0;
    let mut bodies = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        let answer = call.await.unwrap();
        misses += i32::from(answer.header("x-idempotency-lookup") == Some("miss"));
        bodies.push(answer.is(201));
    }
    bodies.dedup();
    assert_eq!((misses, bodies.len()), (1, 1));
    let (stored, half) = app.on_disk();
    assert_eq!((stored.len(), half.len()), (1, 0));
}

#[tokio::test]
async fn a_repetition_is_answered_though_its_token_is_used_up_or_full() {
    let app = App::with(|config| {
        config.limits.comment_files = 2;
        config.limits.waiting_files = 2;
    })
    .await;
    let (token, _) = app.ana().sent("a.txt", "a").await;
    let query = format!("filename=b.txt&token={token}");
    let ana = app.ana().key("k1");
    let first = ana.upload(&query, "b").await.is(201);
    assert_eq!(ana.upload(&query, "b").await.is(201), first);
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": [token]}})).await;
    assert_eq!(ana.upload(&query, "b").await.is(201), first);
    assert_eq!(app.on_disk().0.len(), 2);
}

#[tokio::test]
async fn keys_of_two_people_do_not_meet() {
    let app = App::new().await;
    app.ana().key("k1").upload("filename=a.txt", "ana").await.is(201);
    let answer = app.ben().key("k1").upload("filename=b.txt", "ben").await;
    assert_eq!(answer.header("x-idempotency-lookup"), Some("miss"));
    assert_eq!(app.on_disk().0.len(), 2);
}
