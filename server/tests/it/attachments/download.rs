//! The bytes of a file, and all that is said with them.

use crate::app::{Answer, App, Client};
use axum::{body::Body, http::HeaderValue};
use handrail_server::config::Rates;

async fn asked(by: &Client, method: &str, path: &str, headers: &[(&'static str, &str)]) -> Answer {
    let mut request = by.request(method, path, Body::empty());
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
    }
    by.send(request).await
}

#[tokio::test]
async fn a_file_is_sent_to_be_saved_and_nothing_in_it_can_run() {
    let app = App::new().await;
    let html = "<script>alert(document.domain)</script>";
    let (_, address) = app.ana().sent("Gr%C3%B6%C3%9Fe%20%221%22.html", html).await;
    let answer = app.ana().get(&address).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, html.as_bytes()));
    for (name, value) in [
        // Not text/html: what a page fetches and opens runs with the page's rights.
        ("content-type", "application/octet-stream"),
        ("content-length", "39"),
        (
            "content-disposition",
            "attachment; filename=\"Gr__e _1_.html\"; \
             filename*=UTF-8''Gr%C3%B6%C3%9Fe%20_1_.html",
        ),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "private, no-cache"),
        ("cross-origin-resource-policy", "same-origin"),
        ("accept-ranges", "bytes"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert!(answer.headers.contains_key("x-request-id"));
    let tag = answer.header("etag").unwrap();
    assert!(tag.len() == 66 && tag.starts_with('"'), "{tag}");
    let vary: Vec<_> = answer.headers.get_all("vary").iter().collect();
    assert!(vary.iter().any(|value| *value == "authorization"), "{vary:?}");
}

#[tokio::test]
async fn only_pictures_that_no_browser_runs_are_shown_in_place() {
    let app = App::new().await;
    for (name, bytes, way, kind) in [
        ("a.png", &b"\x89PNG\r\n\x1a\n"[..], "inline", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "inline", "image/jpeg"),
        ("a.gif", b"GIF89a", "inline", "image/gif"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "inline", "image/webp"),
        ("a.svg", b"<svg onload=alert(1)>", "attachment", "application/octet-stream"),
        ("a.xml", b"<?xml version='1.0'?>", "attachment", "application/octet-stream"),
        ("a.js", b"alert(1)", "attachment", "application/octet-stream"),
        ("a.pdf", b"%PDF-1.7", "attachment", "application/pdf"),
        ("a.log", b"words", "attachment", "text/plain"),
        ("a.png", b"<script>", "attachment", "text/plain"),
    ] {
        let (_, address) = app.ana().sent(name, bytes).await;
        let answer = app.ana().get(&address).await;
        assert!(answer.header("content-disposition").unwrap().starts_with(way), "{name}");
        assert_eq!(answer.header("content-type"), Some(kind), "{name}");
    }
}

#[tokio::test]
async fn head_says_the_same_without_the_bytes() {
    let app = App::with(|config| config.rates = Rates::off()).await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    let mut get = app.ana().get(&address).await.headers;
    let head = asked(&app.ana(), "HEAD", &address, &[]).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    let mut head = head.headers;
    get.remove("x-request-id");
    head.remove("x-request-id");
    assert_eq!(head, get);
}

#[tokio::test]
async fn what_the_caller_has_is_not_sent_again() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    let tag = app.ana().get(&address).await.header("etag").unwrap().to_owned();
    let answer = asked(&app.ana(), "GET", &address, &[("if-none-match", &tag)]).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len()), (304, 0));
    assert_eq!(answer.header("etag"), Some(tag.as_str()));
    // Who may not see it is not told that they have it.
    let foreign = asked(&app.ben(), "GET", &address, &[("if-none-match", &tag)]).await;
    foreign.is(404);
    // The same bytes under another name are the same bytes.
    let (_, other) = app.ana().sent("b.txt", "words").await;
    assert_eq!(app.ana().get(&other).await.header("etag"), Some(tag.as_str()));
}

#[tokio::test]
async fn the_name_in_the_address_changes_nothing() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    let plain = address.split('?').next().unwrap();
    for path in [plain.to_owned(), format!("{plain}?name=..%2F..%2Fb.html"), format!("{plain}?%ff")]
    {
        let answer = app.ana().get(&path).await;
        assert_eq!(answer.bytes, b"words", "{path}");
        assert!(answer.header("content-disposition").unwrap().contains("a.txt"));
    }
}

#[tokio::test]
async fn other_verbs_and_addresses_are_refused_in_the_contracts_shape() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    for method in ["POST", "PUT", "DELETE"] {
        let answer = asked(&app.ana(), method, &address, &[]).await;
        assert_eq!(answer.is(405)["error"], "MethodNotAllowed");
    }
    for token in ["missing", "%00", "%ff", "..%2f..%2ftest.db", "0"] {
        let answer = app.ana().get(&format!("/attachments/token/{token}/")).await;
        assert_eq!(answer.is(404)["error"], "RecordNotFound", "{token}");
    }
}

#[tokio::test]
async fn a_page_of_a_configured_origin_may_fetch_it_with_its_token() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    let preflight = [
        ("origin", "https://app.example.com"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "authorization,range"),
    ];
    let answer = asked(&app.anonymous(), "OPTIONS", &address, &preflight).await;
    assert_eq!(answer.status, 200);
    let origin = "access-control-allow-origin";
    assert_eq!(answer.header(origin), Some("https://app.example.com"));
    let allowed = answer.header("access-control-allow-headers").unwrap();
    assert!(
        ["authorization", ",range", "if-range", "if-none-match"]
            .iter()
            .all(|it| allowed.contains(it))
    );
    let home = [("origin", "https://app.example.com")];
    let answer = asked(&app.ana(), "GET", &address, &home).await;
    assert_eq!(answer.header(origin), Some("https://app.example.com"));
    let exposed = answer.header("access-control-expose-headers").unwrap();
    assert!(exposed.contains("content-disposition") && exposed.contains("content-range"));
    // An error can be read by the page too; another origin reads nothing.
    let answer = asked(&app.anonymous(), "GET", &address, &home).await;
    assert_eq!((answer.status.as_u16(), answer.header(origin).is_some()), (401, true));
    let away = [("origin", "https://evil.example")];
    let answer = asked(&app.ana(), "GET", &address, &away).await;
    assert_eq!(answer.header(origin), None);
}

#[tokio::test]
async fn a_large_file_comes_back_to_the_byte() {
    let app = App::new().await;
    let bytes: Vec<u8> =
        (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let (_, address) = app.ana().sent("a.bin", bytes.clone()).await;
    assert!(app.ana().get(&address).await.bytes == bytes);
}

#[tokio::test]
async fn bytes_that_are_lost_are_our_fault_and_not_the_callers() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "words").await;
    for path in app.on_disk().0 {
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(app.ana().get(&address).await.is(500)["error"], "InternalError");
}
