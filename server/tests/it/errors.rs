//! contract.md 14.3 (c) and (d): a JSON object on every error, and never `Retry-After` on success.

use crate::app::App;
use axum::body::Body;
use serde_json::json;

#[tokio::test]
async fn unknown_paths_under_the_api_are_json() {
    let app = App::new().await;
    for path in
        ["/api", "/api/", "/api/v2", "/api/v2/nope", "/api/v2/requests/1/nope", "/api/v3/x.json"]
    {
        let answer = app.ana().get(path).await;
        let body = json!({"error": "InvalidEndpoint", "description": "Not found"});
        assert_eq!(answer.is(404), body, "{path}");
    }
}

#[tokio::test]
async fn wrong_verbs_are_json() {
    let app = App::new().await;
    for (verb, path) in [
        ("DELETE", "/api/v2/requests/1001"),
        ("PATCH", "/api/v2/requests"),
        ("POST", "/api/v2/users/me"),
        ("POST", "/api/v2/requests/1001/comments.json"),
        ("PUT", "/api/handrail/v1/policy"),
    ] {
        let answer = app.ana().send(app.ana().request(verb, path, Body::empty())).await;
        assert_eq!(answer.is(405)["error"], "MethodNotAllowed", "{verb} {path}");
        assert!(answer.header("allow").is_some());
    }
}

#[tokio::test]
async fn a_failure_inside_says_nothing_of_the_inside() {
    let app = App::new().await;
    app.state.store.close().await;
    let answer = app.ana().get("/api/v2/requests").await;
    let body = json!({"error": "InternalError", "description": "Something went wrong on our side"});
    assert_eq!(answer.is(500), body);
    assert!(answer.header("x-request-id").is_some());
}

#[tokio::test]
async fn answers_carry_the_version_and_a_number_of_their_own() {
    let app = App::new().await;
    let one = app.ana().get("/api/v2/requests").await;
    let two = app.ana().get("/api/v2/requests").await;
    one.is(200);
    assert_eq!(one.header("x-zendesk-api-version"), Some("v2"));
    assert_eq!(one.header("retry-after"), None);
    assert!(one.header("x-request-id").is_some());
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
}

#[tokio::test]
async fn without_credentials_or_with_odd_ones_nobody_is_let_in() {
    let app = App::new().await;
    for authorization in [
        None,
        Some("Bearer"),
        Some("Digest x"),
        Some("Basic !!!"),
        Some("Basic bm9jb2xvbg=="),
        Some("Basic bWlhQHN1cHBvcnQuZXhhbXBsZTpwYXNzd29yZA=="),
    ] {
        let mut request = app.anonymous().request("GET", "/api/v2/requests", Body::empty());
        if let Some(value) = authorization {
            request.headers_mut().insert("authorization", value.parse().unwrap());
        }
        let answer = app.anonymous().send(request).await;
        let body = json!({"error": "Couldn't authenticate you"});
        assert_eq!(answer.is(401), body, "{authorization:?}");
    }
}
