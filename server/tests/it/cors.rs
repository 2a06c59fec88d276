//! Which pages may call from a browser.

use crate::app::App;
use axum::{body::Body, http::HeaderValue};

async fn preflight(origin: &'static str) -> crate::app::Answer {
    let app = App::new().await;
    let mut request = app.anonymous().request("OPTIONS", "/api/v2/requests", Body::empty());
    let headers = request.headers_mut();
    headers.insert("origin", HeaderValue::from_static(origin));
    headers.insert("access-control-request-method", HeaderValue::from_static("POST"));
    app.anonymous().send(request).await
}

#[tokio::test]
async fn a_configured_origin_may_call_with_a_token_and_read_our_headers() {
    let answer = preflight("https://app.example.com").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example.com"));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some(
            "authorization,content-type,idempotency-key,if-none-match,last-event-id,range,if-range"
        )
    );
    assert_eq!(answer.header("access-control-allow-credentials"), None);

    let app = App::new().await;
    let mut request = app.anonymous().request("GET", "/api/v2/users/me", Body::empty());
    request.headers_mut().insert("origin", HeaderValue::from_static("https://app.example.com"));
    let answer = app.anonymous().send(request).await;
    let varies: Vec<&str> =
        answer.headers.get_all("vary").iter().map(|it| it.to_str().unwrap()).collect();
    assert!(varies.join(",").contains("origin"), "{varies:?}");
    assert_eq!(
        answer.header("access-control-expose-headers"),
        Some(
            "location,retry-after,x-request-id,x-idempotency-lookup,etag,content-disposition,\
             content-range,accept-ranges,x-rate-limit,x-rate-limit-remaining,ratelimit-limit,ratelimit-remaining,ratelimit-reset,\
             zendesk-ratelimit-ticket-request-create,zendesk-ratelimit-ticket-request-update"
        )
    );
}

#[tokio::test]
async fn origins_are_compared_as_a_whole() {
    for origin in [
        "https://app.example.com.evil.example",
        "https://evil.example",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://APP.example.com",
        "null",
    ] {
        let answer = preflight(origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{origin}");
    }
}

#[tokio::test]
async fn an_error_can_be_read_by_the_page_too() {
    let app = App::new().await;
    let mut request = app.anonymous().request("GET", "/api/v2/requests", Body::empty());
    request.headers_mut().insert("origin", HeaderValue::from_static("https://app.example.com"));
    let answer = app.anonymous().send(request).await;
    answer.is(401);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example.com"));
}
