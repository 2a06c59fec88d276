//! Raw bytes under a token.

use crate::app::App;
use axum::{body::Body, http::HeaderValue};
use serde_json::json;
use tokio_util::io::ReaderStream;

#[tokio::test]
async fn a_file_that_is_sent_ahead_is_told_with_its_token() {
    let app = App::new().await;
    let answer = app.ana().upload("filename=crawl%20log.txt", "It does not move.\n").await;
    let upload = answer.is(201)["upload"].clone();
    assert_eq!(
        answer.header("location"),
        Some("https://support.example.com/api/v2/attachments/1.json")
    );
    let token = upload["token"].as_str().unwrap();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let file = upload["attachment"].clone();
    let address = file["content_url"].as_str().unwrap();
    let rest = address.strip_prefix("https://support.example.com/attachments/token/").unwrap();
    assert!(rest.ends_with("/?name=crawl%20log.txt") && !rest.contains(token), "{rest}");
    assert_eq!(file["mapped_content_url"], file["content_url"]);
    assert_eq!(upload["attachments"], json!([file]));
    assert_eq!(upload["expires_at"], "2026-03-05T08:14:05Z");
    insta::assert_json_snapshot!(without_addresses(file), @r#"
    {
      "content_type": "text/plain",
      "deleted": false,
      "file_name": "crawl log.txt",
      "height": null,
      "id": 1,
      "inline": false,
      "malware_access_override": false,
      "malware_scan_result": "not_scanned",
      "size": 18,
      "thumbnails": [],
      "url": "https://support.example.com/api/v2/attachments/1.json",
      "width": null
    }
    "#);
}

/// A file but for what is random about it.
fn without_addresses(mut file: serde_json::Value) -> serde_json::Value {
    for key in ["content_url", "mapped_content_url"] {
        assert!(file.as_object_mut().unwrap().remove(key).is_some());
    }
    // Where keys keep their order, taking one away moves another into its place.
    file.sort_all_objects();
    file
}

/// contract.md 14.3 (i).
#[tokio::test]
async fn a_chunked_upload_with_a_json_type_stores_the_raw_bytes() {
    let app = App::new().await;
    let files: [&[u8]; 5] = [b"{\"request\": {}}", b"{ broken", b"\0\x01\xff\xfe", b"", b"a=b&c=d"];
    for bytes in files {
        for path in ["/api/v2/uploads", "/api/v2/uploads.json"] {
            let body = Body::from_stream(ReaderStream::new(bytes));
            let path = format!("{path}?filename=a.bin&binary=undefined&locale=en-us");
            let mut request = app.ana().request("POST", &path, body);
            let headers = request.headers_mut();
            headers.insert("accept", HeaderValue::from_static("*/*"));
            headers.insert("transfer-encoding", HeaderValue::from_static("chunked"));
            headers.insert("x-csrf-token", HeaderValue::from_static("csrf"));
            let made = app.ana().send(request).await.is(201);
            let file = &made["upload"]["attachment"];
            assert_eq!(file["size"], bytes.len());
            let back = app.ana().get(&crate::app::follow(&file["content_url"])).await;
            assert_eq!((back.status.as_u16(), back.bytes.as_slice()), (200, bytes));
        }
    }
}

#[tokio::test]
async fn any_stated_type_is_as_good_as_none() {
    let app = App::new().await;
    for stated in [None, Some("application/binary"), Some("image/png"), Some("multipart/form-data")]
    {
        let mut request = app.ana().request("POST", "/api/v2/uploads?filename=a.txt", "ab".into());
        match stated {
            Some(stated) => {
                request.headers_mut().insert("content-type", HeaderValue::from_static(stated))
            }
            None => request.headers_mut().remove("content-type"),
        };
        let made = app.ana().send(request).await.is(201);
        assert_eq!(made["upload"]["attachment"]["content_type"], "text/plain");
        assert_eq!(made["upload"]["attachment"]["size"], 2);
    }
}

#[tokio::test]
async fn several_files_gather_under_one_token_which_lives_anew_with_each() {
    let app = App::new().await;
    let first = app.ana().upload("filename=a.txt", "a").await.is(201)["upload"].clone();
    assert_eq!(first["expires_at"], "2026-03-05T08:14:05Z");
    app.advance(3600);
    let token = first["token"].as_str().unwrap();
    let query = format!("filename=b.txt&token={token}");
    let second = app.ana().upload(&query, "bb").await.is(201)["upload"].clone();
    assert_eq!(second["token"], token);
    assert_eq!(second["expires_at"], "2026-03-05T09:14:05Z");
    assert_eq!(second["attachment"]["file_name"], "b.txt");
    assert_eq!(second["attachments"], json!([first["attachment"], second["attachment"]]));
}

#[tokio::test]
async fn a_token_that_is_not_ones_own_takes_no_file() {
    let app = App::new().await;
    let (own, _) = app.ana().sent("a.txt", "a").await;
    let (theirs, _) = app.ben().sent("b.txt", "b").await;
    let (used, _) = app.ana().sent("c.txt", "c").await;
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": used}})).await;
    let mut bodies = Vec::new();
    for token in [theirs.as_str(), used.as_str(), "unknown", "%00", "..%2f"] {
        let query = format!("filename=d.txt&token={token}");
        let body = app.ana().upload(&query, "d").await.is(422);
        assert_eq!(body["details"]["token"][0]["error"], "InvalidValue");
        bodies.push(body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    app.advance(72 * 3600);
    let late = app.ana().upload(&format!("filename=d.txt&token={own}"), "d").await;
    assert_eq!(late.is(422), bodies[0]);
    // An empty one is none.
    app.ana().upload("filename=d.txt&token=", "d").await.is(201);
}

#[tokio::test]
async fn without_credentials_nothing_is_taken() {
    let app = App::new().await;
    let answer = app.anonymous().upload("filename=a.txt", "a").await;
    assert_eq!(answer.is(401)["error"], "Couldn't authenticate you");
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "kept").await;
    let app = app.restart().await;
    assert_eq!(app.ana().get(&address).await.bytes, b"kept");
    let id = app.ana().create("One", json!({"comment": {"body": "b", "uploads": [token]}})).await;
    let comments = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    assert_eq!(comments["comments"][0]["attachments"][0]["size"], 4);
}
