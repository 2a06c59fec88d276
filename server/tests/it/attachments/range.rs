//! Parts of a file.

use crate::app::{Answer, App};
use axum::{body::Body, http::HeaderValue};

async fn part(app: &App, address: &str, headers: &[(&'static str, &str)]) -> Answer {
    let mut request = app.ana().request("GET", address, Body::empty());
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
    }
    app.ana().send(request).await
}

#[tokio::test]
async fn a_single_range_is_sent_and_several_are_answered_with_the_whole() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "0123456789").await;
    for (range, status, bytes, told) in [
        ("bytes=0-0", 206, "0", Some("bytes 0-0/10")),
        ("bytes=2-4", 206, "234", Some("bytes 2-4/10")),
        ("bytes=7-", 206, "789", Some("bytes 7-9/10")),
        ("bytes=7-999", 206, "789", Some("bytes 7-9/10")),
        ("bytes=-3", 206, "789", Some("bytes 7-9/10")),
        ("bytes=-999", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=0-9", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=0-1,3-4", 200, "0123456789", None),
        ("bytes=4-2", 200, "0123456789", None),
        ("bytes=x", 200, "0123456789", None),
        ("items=0-1", 200, "0123456789", None),
    ] {
        let answer = part(&app, &address, &[("range", range)]).await;
        assert_eq!(answer.status, status, "{range}");
        assert_eq!(answer.bytes, bytes.as_bytes(), "{range}");
        assert_eq!(answer.header("content-range"), told, "{range}");
        let length = bytes.len().to_string();
        assert_eq!(answer.header("content-length"), Some(length.as_str()), "{range}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn a_range_beyond_the_end_is_told_how_long_the_file_is() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "0123456789").await;
    let (_, empty) = app.ana().sent("b.txt", "").await;
    for (address, range, told) in [
        (&address, "bytes=10-", "bytes */10"),
        (&address, "bytes=99999999999999999999-", "bytes */10"),
        (&address, "bytes=-0", "bytes */10"),
        (&empty, "bytes=0-", "bytes */0"),
        (&empty, "bytes=-1", "bytes */0"),
    ] {
        let answer = part(&app, address, &[("range", range)]).await;
        assert_eq!(answer.header("content-range"), Some(told), "{range}");
        assert_eq!(answer.is(416)["error"], "RangeNotSatisfiable");
    }
    let whole = part(&app, &empty, &[]).await;
    assert_eq!((whole.status.as_u16(), whole.header("content-length")), (200, Some("0")));
}

#[tokio::test]
async fn a_range_of_other_bytes_than_were_meant_is_not_sent() {
    let app = App::new().await;
    let (_, address) = app.ana().sent("a.txt", "0123456789").await;
    let tag = part(&app, &address, &[]).await.header("etag").unwrap().to_owned();
    let range = ("range", "bytes=0-1");
    for (known, status) in [
        (tag.as_str(), 206),
        ("\"other\"", 200),
        ("Mon, 02 Mar 2026 08:14:05 GMT", 200),
        ("nonsense", 200),
    ] {
        let answer = part(&app, &address, &[range, ("if-range", known)]).await;
        assert_eq!(answer.status, status, "{known}");
    }
}
