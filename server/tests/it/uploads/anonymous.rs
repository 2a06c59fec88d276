//! Files without sign-in, where requests without sign-in are allowed.

use crate::app::App;
use serde_json::{Value, json};

async fn open() -> App {
    App::with(|config| config.anonymous.requests = true).await
}

fn request(uploads: Value) -> Value {
    json!({"request": {"subject": "One", "comment": {"body": "b", "uploads": uploads},
        "requester": {"name": "Ana Ruiz", "email": "ana@customer.example"}}})
}

#[tokio::test]
async fn a_file_comes_with_an_anonymous_request_and_agents_read_it() {
    let app = open().await;
    let made = app.anonymous().upload("filename=a.txt", "words").await.is(201);
    let upload = &made["upload"];
    assert_eq!(upload["expires_at"], "2026-03-02T09:14:05Z");
    let address = crate::app::follow(&upload["attachment"]["content_url"]);
    // The token proves who may use the file; nothing proves who may read it.
    app.anonymous().get(&address).await.is(401);
    app.agent().get(&address).await.is(404);
    let body = request(json!([upload["token"]]));
    app.anonymous().post("/api/v2/requests", body.clone()).await.is(201);
    assert_eq!(app.agent().get(&address).await.bytes, b"words");
    app.stranger().get(&address).await.is(404);
    app.anonymous().post("/api/v2/requests", body).await.is(422);
}

#[tokio::test]
async fn an_address_that_somebody_gives_as_theirs_opens_nobodys_files() {
    let app = open().await;
    let (anas, _) = app.ana().sent("a.txt", "words").await;
    app.anonymous().post("/api/v2/requests", request(json!([anas]))).await.is(422);
    let (nobodys, _) = app.anonymous().sent("a.txt", "words").await;
    app.ana().post("/api/v2/requests", request(json!([nobodys]))).await.is(422);
    let query = format!("filename=b.txt&token={anas}");
    app.anonymous().upload(&query, "words").await.is(422);
    app.anonymous().delete(&format!("/api/v2/uploads/{anas}")).await.is(404);
    app.ana().delete(&format!("/api/v2/uploads/{nobodys}")).await.is(404);
    let gone = app.anonymous().delete(&format!("/api/v2/uploads/{nobodys}")).await;
    assert_eq!(gone.status, 204);
}

#[tokio::test]
async fn anonymous_files_are_few_and_do_not_wait_long() {
    let app = open().await;
    let (token, _) = app.anonymous().sent("a.txt", "1").await;
    let query = format!("filename=b.txt&token={token}");
    for _ in 0..4 {
        app.anonymous().upload(&query, "2").await.is(201);
    }
    let refused = app.anonymous().upload(&query, "6").await.is(422);
    assert_eq!(refused["details"]["token"][0]["error"], "TooManyValues");
    app.advance(3600);
    app.anonymous().post("/api/v2/requests", request(json!([token]))).await.is(422);
}

#[tokio::test]
async fn files_from_one_address_are_limited_without_sign_in_and_not_with() {
    let app = App::with(|config| {
        config.anonymous.requests = true;
        config.rates.anonymous_upload.calls = 2;
    })
    .await;
    for _ in 0..2 {
        app.anonymous().upload("filename=a.txt", "a").await.is(201);
    }
    let refused = app.anonymous().upload("filename=a.txt", "a").await;
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.is(429)["error"], "APIRateLimitExceeded");
    for _ in 0..3 {
        app.ana().upload("filename=a.txt", "a").await.is(201);
    }
}
