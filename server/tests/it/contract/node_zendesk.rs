//! contract.md 14.2: what node-zendesk 6.0.1 needs from the server, row by row. That it gets it is
//! shown by its days, which `tests/node_zendesk.rs` of the root package runs.

use super::many_requests;
use crate::app::{Answer, App, BASE, Client, ids};
use axum::body::Body;
use serde_json::{Value, json};

/// As node-zendesk calls: both headers on every call, whatever it carries.
async fn call(client: &Client, method: &str, path: &str, body: Body) -> Answer {
    let mut request = client.request(method, path, body);
    request.headers_mut().insert("accept", "application/json".parse().unwrap());
    client.send(request).await
}

// Row 1, the option `endpointUri`: `tests/node_zendesk.rs` runs it so.

/// Row 2: `Content-Type: application/json` on a call without a body demands none.
#[tokio::test]
async fn row_02_a_content_type_without_a_body_is_not_read() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for path in ["/api/v2/requests.json".to_owned(), format!("/api/v2/requests/{id}.json")] {
        call(&app.ana(), "GET", &path, Body::empty()).await.is(200);
        call(&app.ana(), "GET", &path, Body::from("{\"not\": \"read\"")).await.is(200);
    }
}

/// Row 2: nor on a DELETE, and an upload's bytes are not parsed because of it.
#[tokio::test]
async fn row_02_uploads_and_deletes_say_json_too() {
    let app = App::new().await;
    let made = call(
        &app.ana(),
        "POST",
        "/api/v2/uploads.json?filename=a.txt&binary=undefined",
        Body::from("{ words"),
    )
    .await;
    let token = made.is(201)["upload"]["token"].as_str().unwrap().to_owned();
    let path = format!("/api/v2/uploads/{token}.json");
    assert_eq!(call(&app.ana(), "DELETE", &path, Body::empty()).await.status, 204);
}

/// Row 3: it follows `links.next`, else `next_page`, until both are null.
#[tokio::test]
async fn row_03_the_last_page_has_no_link() {
    let app = App::new().await;
    let made = many_requests(&app).await;
    for size in ["per_page=100", "per_page=6&page=3", "page%5Bsize%5D=100", "page%5Bsize%5D=18"] {
        let page = app.ana().get(&format!("/api/v2/requests.json?{size}")).await.is(200);
        let next = |at: &str| page.pointer(at).is_none_or(Value::is_null);
        assert!(next("/next_page") && next("/links/next"), "{size}");
        assert_eq!(ids(&page["requests"]).last(), made.last(), "{size}");
    }
}

/// Row 4: links begin with the address that the client was given, and with no other.
#[tokio::test]
async fn row_04_links_begin_with_the_address_that_the_caller_used() {
    let app = App::new().await;
    many_requests(&app).await;
    for (header, host, base) in [
        ("host", "127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("host", "support.example.com", BASE),
        ("host", "SUPPORT.example.com", BASE),
        ("x-forwarded-host", "127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("x-forwarded-host", "elsewhere.example", BASE),
        ("host", "elsewhere.example", BASE),
    ] {
        for query in ["per_page=2", "page%5Bsize%5D=2"] {
            let path = format!("/api/v2/requests.json?{query}");
            let mut request = app.ana().request("GET", &path, Body::empty());
            request.headers_mut().insert(header, host.parse().unwrap());
            let page = app.ana().send(request).await.is(200);
            let next = page.pointer("/links/next").unwrap_or(&page["next_page"]).as_str().unwrap();
            assert!(next.starts_with(&format!("{base}/api/v2/requests.json?")), "{next}");
            let url = page["requests"][0]["url"].as_str().unwrap();
            assert!(url.starts_with(&format!("{base}/api/v2/requests/")), "{url}");
        }
    }
}

/// Row 5: request lists go by offset unless asked otherwise, and so do comments.
#[tokio::test]
async fn row_05_lists_go_by_offset_unless_asked_otherwise() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for path in ["requests".to_owned(), format!("requests/{id}/comments")] {
        let path = format!("/api/v2/{path}.json");
        assert_eq!(app.ana().get(&path).await.is(200)["count"], 1);
        let by_cursor = app.ana().get(&format!("{path}?page[size]=100")).await.is(200);
        assert!(by_cursor.get("count").is_none() && by_cursor["meta"].is_object());
    }
}

/// Row 6: JSON is said to be JSON, on success and on errors (where `json` reads it).
#[tokio::test]
async fn row_06_every_answer_says_that_it_is_json() {
    let app = App::new().await;
    app.ana().get("/api/v2/requests.json").await.is(200);
    app.ana().get("/api/v2/requests/999999.json").await.is(404);
    app.ana().get("/api/v2/nothing.json").await.is(404);
    app.anonymous().get("/api/v2/requests.json").await.is(401);
    app.ana().get("/api/v2/tickets/1.json").await.is(403);
}

// Row 7, `Retry-After` never on success: `everywhere.rs`, c.

/// Row 8: what it takes for success is never sent for a refusal: 413 becomes 422.
#[tokio::test]
async fn row_08_too_large_is_422_which_it_sees() {
    let app = App::new().await;
    let body = Body::from(vec![b' '; 1024 * 1024 + 1]);
    let refused = call(&app.ana(), "POST", "/api/v2/requests.json", body).await.is(422);
    assert_eq!(refused["error"], "RecordInvalid");
    let mut request = app.ana().request("POST", "/api/v2/uploads.json?filename=a", Body::empty());
    request.headers_mut().insert("content-length", "52428801".parse().unwrap());
    assert_eq!(app.ana().send(request).await.is(422)["error"], "AttachmentTooLarge");
}

/// Row 9: comments come in their envelopes, and so does what is created and updated.
#[tokio::test]
async fn row_09_envelopes_are_kept() {
    let app = App::new().await;
    let draft = json!({"request": {"subject": "One", "comment": {"body": "b"}}});
    let made = app.ana().post("/api/v2/requests.json", draft).await.is(201)["request"].clone();
    let path = format!("/api/v2/requests/{}", made["id"]);
    let change = json!({"request": {"comment": {"body": "c"}}});
    let put = app.ana().put(&format!("{path}.json"), change).await.is(200);
    assert_eq!(put["request"]["id"], made["id"]);
    let list = app.ana().get(&format!("{path}/comments.json")).await.is(200);
    assert_eq!(list["comments"].as_array().unwrap().len(), 2);
    let comment = &list["comments"][0];
    let one = app.ana().get(&format!("{path}/comments/{}.json", comment["id"])).await.is(200);
    assert_eq!(one, json!({"comment": comment}));
}

/// Row 10: `X-On-Behalf-Of`, by address or by number, never widens rights, with any credentials.
#[tokio::test]
async fn row_10_acting_as_somebody_else_widens_nothing() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ana = super::id_of(&app.ana()).await.to_string();
    for (client, mine) in [(app.stranger(), 404), (app.agent(), 404), (app.anonymous(), 401)] {
        for whom in ["ana@customer.example", ana.as_str(), "mia@support.example"] {
            for (path, status) in [(format!("/api/v2/requests/{id}.json"), mine)] {
                let mut request = client.request("GET", &path, Body::empty());
                request.headers_mut().insert("x-on-behalf-of", whom.parse().unwrap());
                client.send(request).await.is(status);
            }
            let mut request = client.request("GET", "/api/v2/users/me.json", Body::empty());
            let plain = client.get("/api/v2/users/me.json").await.is(200);
            request.headers_mut().insert("x-on-behalf-of", whom.parse().unwrap());
            assert_eq!(client.send(request).await.is(200), plain);
        }
    }
}

/// Row 11: blanks in a search come as `+`.
#[tokio::test]
async fn row_11_blanks_in_a_search_come_as_plus() {
    let app = App::new().await;
    let id = app.ana().create("Crawler stuck at 12 %", json!({})).await;
    app.ana().create("Stuck", json!({})).await;
    for query in
        ["crawler+stuck", "crawler%20stuck", "%22crawler+stuck%22", "stuck+subject%3Acrawler"]
    {
        let found = app.ana().get(&format!("/api/v2/requests/search.json?query={query}")).await;
        assert_eq!(ids(&found.is(200)["requests"]), [id], "{query}");
    }
}
