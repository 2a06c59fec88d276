//! Answers that the caller has already are not sent again.

use crate::app::{Answer, App};
use axum::body::Body;
use serde_json::json;

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap().to_owned()
}

#[track_caller]
fn not_modified(answer: &Answer, tag: &str) {
    assert_eq!(answer.status, 304);
    assert!(answer.bytes.is_empty());
    assert_eq!(answer.header("etag"), Some(tag));
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "authorization"));
    assert_eq!(answer.header("content-type"), None);
    for kept in ["x-request-id", "x-zendesk-api-version", "x-rate-limit-remaining"] {
        assert!(answer.header(kept).is_some(), "{kept}");
    }
}

#[tokio::test]
async fn a_list_is_sent_again_only_when_it_changed() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for path in [
        "/api/v2/requests".to_owned(),
        "/api/v2/requests.json?page%5Bsize%5D=2&sort_order=desc".to_owned(),
        "/api/v2/requests/open".to_owned(),
        format!("/api/v2/requests/{id}"),
        format!("/api/v2/requests/{id}/comments"),
        "/api/v2/users/me".to_owned(),
    ] {
        let first = app.ana().get(&path).await;
        first.is(200);
        assert!(tag(&first).starts_with("W/\""), "{path}");
        let second = app.ana().get_with(&path, &[("if-none-match", &tag(&first))]).await;
        not_modified(&second, &tag(&first));
    }
    let before = app.ana().get("/api/v2/requests").await;
    app.ana().create("Two", json!({})).await;
    let after = app.ana().get_with("/api/v2/requests", &[("if-none-match", &tag(&before))]).await;
    assert_ne!(tag(&after), tag(&before));
    assert_eq!(after.is(200)["count"], 2);
}

#[tokio::test]
async fn a_poll_with_since_costs_no_body_until_somebody_writes() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/requests/{id}/comments?since=2026-03-02T08:14:05Z");
    let first = app.ana().get(&path).await;
    assert_eq!(first.is(200)["comments"], json!([]));
    let ask = [("if-none-match", tag(&first))];
    let ask = [(ask[0].0, ask[0].1.as_str())];
    for _ in 0..3 {
        app.advance(15);
        not_modified(&app.ana().get_with(&path, &ask).await, &tag(&first));
    }
    // A private note is nothing to the customer.
    let note = json!({"ticket": {"comment": {"body": "Hm.", "public": false}}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), note).await.is(200);
    not_modified(&app.ana().get_with(&path, &ask).await, &tag(&first));
    let reply = json!({"ticket": {"comment": {"body": "Found it."}}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), reply).await.is(200);
    let news = app.ana().get_with(&path, &ask).await;
    assert_eq!(news.is(200)["comments"][0]["body"], "Found it.");
}

#[tokio::test]
async fn tags_are_compared_weakly_one_of_several_or_any() {
    let app = App::new().await;
    app.ana().create("One", json!({})).await;
    let ana = app.ana();
    let path = "/api/v2/requests";
    let tag = tag(&ana.get(path).await);
    let strong = tag.strip_prefix("W/").unwrap().to_owned();
    for known in [
        tag.clone(),
        strong.clone(),
        format!("\"another\", {tag}"),
        format!("  {strong}  ,W/\"another\""),
        "*".to_owned(),
    ] {
        not_modified(&ana.get_with(path, &[("if-none-match", &known)]).await, &tag);
    }
    let two = [("if-none-match", "\"another\""), ("if-none-match", tag.as_str())];
    not_modified(&ana.get_with(path, &two).await, &tag);
    for foreign in ["\"another\"", "W/\"\"", strong.trim_matches('"'), "", ",,", "w/*"] {
        let answer = ana.get_with(path, &[("if-none-match", foreign)]).await;
        assert_eq!(answer.header("etag"), Some(tag.as_str()), "{foreign}");
        answer.is(200);
    }
}

#[tokio::test]
async fn a_tag_is_of_the_answer_as_its_caller_sees_it() {
    let app = App::new().await;
    let ben = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let id = app.ana().create("One", ben).await;
    let path = format!("/api/v2/requests/{id}");
    // Once somebody works on it, she may mark it solved and he may not.
    let take = json!({"ticket": {"assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), take).await.is(200);
    let hers = app.ana().get(&path).await;
    let his = app.ben().get(&path).await;
    assert_ne!(tag(&hers), tag(&his));
    app.ben().get_with(&path, &[("if-none-match", &tag(&hers))]).await.is(200);
    // A right that is taken away is no "not modified", whatever the caller has.
    let copied = format!("/api/v2/requests/{id}/comments");
    let seen = app.ben().get(&copied).await;
    let away = json!({"request": {"email_ccs":
        [{"user_email": "ben@customer.example", "action": "delete"}]}});
    app.ana().put(&path, away).await.is(200);
    for known in [tag(&seen), "*".to_owned()] {
        let answer = app.ben().get_with(&copied, &[("if-none-match", &known)]).await;
        assert_eq!(answer.header("etag"), None);
        answer.is(404);
    }
    // So is the address under which the links are.
    let other = [("host", "127.0.0.1:8080"), ("if-none-match", &tag(&hers))];
    let mut request = app.ana().request("GET", &path, Body::empty());
    for (name, value) in other {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    app.ana().send(request).await.is(200);
}

#[tokio::test]
async fn head_tells_the_same_as_get() {
    let app = App::new().await;
    app.ana().create("One", json!({})).await;
    let path = "/api/v2/requests";
    let get = app.ana().get(path).await;
    let head = app.ana().send(app.ana().request("HEAD", path, Body::empty())).await;
    assert_eq!(head.status, 200);
    assert!(head.bytes.is_empty());
    for name in ["etag", "cache-control", "content-type", "content-length"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(head.header("content-length"), Some(get.bytes.len().to_string().as_str()));
    let mut request = app.ana().request("HEAD", path, Body::empty());
    request.headers_mut().insert("if-none-match", tag(&get).parse().unwrap());
    not_modified(&app.ana().send(request).await, &tag(&get));
}

#[tokio::test]
async fn what_has_no_tag_is_not_kept_at_all() {
    let app = App::new().await;
    let body = json!({"request": {"subject": "One", "comment": {"body": "b"}}});
    for answer in [
        app.ana().post("/api/v2/requests", body).await,
        app.ana().get("/api/v2/requests/999").await,
        app.ana().get("/api/v2/nope").await,
        app.anonymous().get("/api/v2/requests").await,
    ] {
        assert_eq!(answer.header("etag"), None);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    // A write is done, whatever the caller has.
    let mut request = app.ana().request(
        "POST",
        "/api/v2/requests",
        Body::from(json!({"request": {"subject": "Two", "comment": {"body": "b"}}}).to_string()),
    );
    request.headers_mut().insert("if-none-match", "*".parse().unwrap());
    app.ana().send(request).await.is(201);
}
