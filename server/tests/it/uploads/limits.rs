//! What is refused beyond, in the contract's words, with 422 that every client sees.

use crate::app::App;
use axum::{body::Body, http::HeaderValue};
use serde_json::json;
use tokio_util::io::ReaderStream;

async fn small() -> App {
    App::with(|config| {
        config.limits.file_bytes = 100_000;
        config.limits.waiting_bytes = 250_000;
        config.limits.comment_files = 2;
        config.limits.waiting_files = 4;
    })
    .await
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_while_it_streams() {
    let app = small().await;
    // It has no end, so an answer means that nobody waited for it.
    let endless = Body::from_stream(ReaderStream::new(tokio::io::repeat(b'x')));
    let answer = app.ana().upload("filename=a.txt", endless).await;
    assert_eq!(
        answer.is(422),
        json!({"error": "AttachmentTooLarge",
            "description": "The file is too large (maximum is 100000 bytes)"})
    );
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
    app.ana().upload("filename=a.txt", vec![b'x'; 100_000]).await.is(201);
    app.ana().upload("filename=a.txt", vec![b'x'; 100_001]).await.is(422);
}

#[tokio::test]
async fn a_file_that_is_stated_to_be_too_large_is_not_read_at_all() {
    let app = small().await;
    let (_sender, silent) = tokio::io::duplex(16);
    let body = Body::from_stream(ReaderStream::new(silent));
    let mut request = app.ana().request("POST", "/api/v2/uploads?filename=a.txt", body);
    request.headers_mut().insert("content-length", HeaderValue::from_static("100001"));
    let answer = app.ana().send(request).await;
    assert_eq!(answer.is(422)["error"], "AttachmentTooLarge");
}

#[tokio::test]
async fn a_token_takes_as_many_files_as_a_comment() {
    let app = small().await;
    let (token, _) = app.ana().sent("a.txt", "a").await;
    let query = format!("filename=b.txt&token={token}");
    app.ana().upload(&query, "b").await.is(201);
    let refused = app.ana().upload(&query, "c").await.is(422);
    assert_eq!(refused["details"]["token"][0]["error"], "TooManyValues");
    let (other, _) = app.ana().sent("d.txt", "d").await;
    let with = |uploads: serde_json::Value| json!({"request": {"subject": "One", "comment": {"body": "b", "uploads": uploads}}});
    for uploads in [json!([token, other]), json!(["1", "2", "3"])] {
        let refused = app.ana().post("/api/v2/requests", with(uploads)).await.is(422);
        assert_eq!(refused["details"]["uploads"][0]["error"], "TooManyValues");
    }
    app.ana().post("/api/v2/requests", with(json!([token, token]))).await.is(201);
}

#[tokio::test]
async fn files_and_bytes_that_wait_are_counted_by_person_until_they_are_used() {
    let app = small().await;
    let mut tokens = Vec::new();
    for _ in 0..4 {
        tokens.push(app.ana().sent("a.txt", "a").await.0);
    }
    let refused = app.ana().upload("filename=a.txt", "a").await.is(422);
    assert_eq!(refused["details"]["base"][0]["error"], "TooManyValues");
    app.ben().upload("filename=a.txt", "a").await.is(201);
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": tokens[0]}})).await;
    app.ana().upload("filename=a.txt", "a").await.is(201);
    app.ana().upload("filename=a.txt", "a").await.is(422);
    // What has expired waits no more.
    app.advance(72 * 3600);
    for _ in 0..2 {
        app.ana().upload("filename=a.txt", vec![b'x'; 100_000]).await.is(201);
    }
    let refused = app.ana().upload("filename=a.txt", vec![b'x'; 50_001]).await.is(422);
    assert_eq!(refused["details"]["base"][0]["error"], "TooManyValues");
    app.ana().upload("filename=a.txt", vec![b'x'; 50_000]).await.is(201);
    app.ana().upload("filename=a.txt", "").await.is(422);
    assert_eq!(app.on_disk().1.len(), 0);
}

#[tokio::test]
async fn the_policy_tells_what_may_be_sent() {
    let app = small().await;
    let limits = app.ana().get("/api/handrail/v1/policy").await.is(200)["policy"]["limits"].clone();
    assert_eq!((&limits["file_bytes"], &limits["comment_files"]), (&json!(100_000), &json!(2)));
}
