//! Input that nobody sends by accident: never a 500, always the contract's shape.

use crate::app::App;
use axum::body::Body;
use serde_json::{Value, json};

async fn post_raw(app: &App, bytes: impl Into<Body>) -> crate::app::Answer {
    app.ana().send(app.ana().request("POST", "/api/v2/requests", bytes.into())).await
}

#[tokio::test]
async fn bodies_that_are_not_json_are_bad_requests() {
    let app = App::new().await;
    let bodies: [&[u8]; 6] = [
        b"",
        b"{",
        b"not json",
        b"{\"request\":{\"subject\":\"\xff\xfe\"}}",
        b"{\"request\":{\"subject\":\"a\",\"comment\":{\"body\":\"b\"}}} trailing",
        b"{\"request\":{\"subject\":\"\\ud800\"}}",
    ];
    for bytes in bodies {
        let answer = post_raw(&app, bytes.to_vec()).await;
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        assert_eq!(answer.status, 400, "{text}");
        assert_eq!(answer.json()["error"], "InvalidJSON", "{text}");
    }
}

#[tokio::test]
async fn deep_nesting_is_ignored_under_an_unknown_key_and_refused_under_a_known_one() {
    let app = App::new().await;
    let nest =
        |open: &str, close: &str| format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
    for value in [nest("[", "]"), nest("{\"a\":", "}")] {
        let body = |key: &str| {
            format!(
                "{{\"request\":{{\"subject\":\"a\",\"comment\":{{\"body\":\"b\"}},\"{key}\":{value}}}}}"
            )
        };
        post_raw(&app, body("x")).await.is(201);
        for key in ["email_ccs", "collaborators", "type"] {
            let answer = post_raw(&app, body(key)).await;
            assert!([400, 422].contains(&answer.status.as_u16()), "{key}");
            assert!(answer.json()["error"].is_string());
        }
    }
}

#[tokio::test]
async fn values_of_the_wrong_type_are_refused_by_the_name_of_their_field() {
    let app = App::new().await;
    for (field, value) in [
        ("subject", json!(7)),
        ("subject", json!({})),
        ("comment", json!("text")),
        ("comment", json!([])),
        ("comment", json!(["text"])),
        ("requester", json!(["Eve", "eve@customer.example"])),
        ("priority", json!("most urgent")),
        ("priority", json!(1)),
        ("email_ccs", json!("ben@acme.example")),
        ("email_ccs", json!([{"user_id": "seven"}])),
        ("email_ccs", json!([{"user_id": 1e300}])),
        ("collaborators", json!([[]])),
        ("collaborators", json!([{"name": "no address"}])),
    ] {
        let mut request = json!({"subject": "One", "comment": {"body": "b"}});
        request[field] = value;
        let body = app.ana().post("/api/v2/requests", json!({"request": request})).await.is(422);
        assert_eq!(body["error"], "RecordInvalid", "{field}");
        assert!(body["details"][field].is_array(), "{field}: {body}");
    }
    for body in [
        json!(null),
        json!([]),
        json!([{"subject": "One"}]),
        json!({}),
        json!({"request": 1}),
        json!({"request": null}),
    ] {
        let body = app.ana().post("/api/v2/requests", body).await.is(422);
        assert_eq!(body["error"], "RecordInvalid");
    }
    assert_eq!(app.ana().get("/api/v2/requests").await.is(200)["count"], 0);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = App::new().await;
    let answer = post_raw(&app, vec![b' '; 1024 * 1024 + 1]).await;
    assert_eq!(answer.is(422)["details"]["base"][0]["error"], "TooLong");
    let chunks = futures_stream(1024 * 1024 + 1);
    let answer = post_raw(&app, chunks).await;
    assert_eq!(answer.is(422)["details"]["base"][0]["error"], "TooLong");
}

/// A body whose length is not known beforehand.
fn futures_stream(length: usize) -> Body {
    Body::new(http_body_util::BodyExt::map_frame(Body::from(vec![b' '; length]), |frame| frame))
}

#[tokio::test]
async fn paths_and_queries_of_any_kind_are_answered() {
    let app = App::new().await;
    let big = "9".repeat(40);
    for path in [
        "/api/v2/requests/abc".to_owned(),
        "/api/v2/requests/-1".to_owned(),
        "/api/v2/requests/0".to_owned(),
        format!("/api/v2/requests/{big}"),
        "/api/v2/requests/1%00".to_owned(),
        "/api/v2/requests/%ff".to_owned(),
        "/api/v2/requests/..%2f..%2fetc".to_owned(),
        "/api/v2/requests/1001/comments/abc".to_owned(),
    ] {
        let answer = app.ana().get(&path).await;
        assert_eq!(answer.is(404)["error"], "RecordNotFound", "{path}");
    }
    for query in [
        "%ff=%fe",
        "&&&",
        "a",
        "page=0",
        "page=-1",
        "page=x",
        "per_page=0",
        "per_page=-5",
        "per_page=99999999999999999999",
        "page[size]=-1",
        "page[size]=x",
        "sort_by=name;drop",
        "sort_order=up",
        "status=%27%20OR%201=1",
        "include=%00",
        "status=",
    ] {
        app.ana().get(&format!("/api/v2/requests?{query}")).await.is(200);
    }
    let deep = app.ana().get(&format!("/api/v2/requests?page={big}")).await;
    assert_eq!(deep.is(400)["error"], "InvalidPaginationDepth");
    for cursor in ["x", "%00", "MS4", "bm90LmE", "LTEuLTEuLTE"] {
        let answer = app.ana().get(&format!("/api/v2/requests?page[after]={cursor}")).await;
        assert_eq!(answer.is(400)["error"], "InvalidPaginationParameter", "{cursor}");
    }
}

#[tokio::test]
async fn markup_and_control_characters_come_out_as_text() {
    let app = App::new().await;
    let body = "<script>alert(1)</script>\u{0}\u{7}\r\n\u{202e}& 'x'";
    let request = json!({"request": {"subject": "a\nb\u{0}c", "comment": {"body": body}}});
    let made = app.ana().post("/api/v2/requests", request).await.is(201)["request"].clone();
    assert_eq!(made["subject"], "a b c");
    assert_eq!(made["description"], "<script>alert(1)</script>\n\u{202e}& 'x'");
    let path = format!("/api/v2/requests/{}/comments", made["id"]);
    let html = app.ana().get(&path).await.is(200)["comments"][0]["html_body"].clone();
    assert_eq!(
        html,
        "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">&lt;script&gt;alert(1)\
         &lt;/script&gt;<br>\u{202e}&amp; &#39;x&#39;</p></div>"
    );
}

#[tokio::test]
async fn a_subject_neither_breaks_nor_turns_the_line_in_which_it_stands() {
    let app = App::new().await;
    let create = async |subject: &str| {
        let request = json!({"request": {"subject": subject, "comment": {"body": "b"}}});
        app.ana().post("/api/v2/requests", request).await
    };
    for (subject, kept) in [
        ("pay \u{202e}fdp.exe", "pay fdp.exe"),
        ("\u{2066}one\u{2069}\u{2028}two\u{85}three\u{feff}", "one two three"),
        ("שלום\u{200f} 10", "שלום\u{200f} 10"),
        ("family 👨\u{200d}👩\u{200d}👧", "family 👨\u{200d}👩\u{200d}👧"),
    ] {
        assert_eq!(create(subject).await.is(201)["request"]["subject"], kept, "{subject:?}");
    }
    // What nobody sees is blank.
    for unseen in ["\u{200b}", "\u{202e}\u{202c}", "\u{2060} \u{ad}", "\u{3164}", "\u{0}\u{7f}"] {
        let refused = create(unseen).await.is(422);
        assert_eq!(refused["details"]["subject"][0]["error"], "BlankValue", "{unseen:?}");
        let body = json!({"request": {"subject": "One", "comment": {"body": unseen}}});
        let refused = app.ana().post("/api/v2/requests", body).await.is(422);
        assert_eq!(refused["details"]["comment"][0]["error"], "BlankValue", "{unseen:?}");
    }
}

#[tokio::test]
async fn ids_of_others_in_a_body_change_nothing_of_theirs() {
    let app = App::new().await;
    let theirs = app.stranger().create("Theirs", json!({})).await;
    let before = app.stranger().get(&format!("/api/v2/requests/{theirs}")).await.is(200);
    let mine = app.ana().create("Mine", json!({"id": theirs, "requester_id": 1})).await;
    assert_ne!(mine, theirs);
    let change = json!({"request": {"id": theirs, "comment": {"body": "c"}, "status": "closed",
        "subject": "other", "priority": "urgent", "requester_id": 1, "organization_id": 9}});
    let shown = app.ana().put(&format!("/api/v2/requests/{mine}"), change).await.is(200);
    assert_eq!(shown["request"]["id"], mine);
    assert_eq!(shown["request"]["subject"], "Mine");
    assert_eq!(shown["request"]["status"], "new");
    assert_eq!(shown["request"]["priority"], "low");
    let after = app.stranger().get(&format!("/api/v2/requests/{theirs}")).await.is(200);
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_strangers_id_is_answered_like_one_that_does_not_exist() {
    let app = App::new().await;
    let stranger = app.stranger().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let copy = |id: Value| {
        json!({"request": {"subject": "One", "comment": {"body": "b"},
        "email_ccs": [{"user_id": id}]}})
    };
    let theirs = app.ana().post("/api/v2/requests", copy(stranger)).await;
    let nobodys = app.ana().post("/api/v2/requests", copy(json!(999_999))).await;
    assert_eq!(theirs.is(422), nobodys.is(422));
    // A colleague can be copied by id.
    let ben = app.ben().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let made = app.ana().post("/api/v2/requests", copy(ben.clone())).await.is(201);
    assert_eq!(made["request"]["email_cc_ids"], json!([ben]));
}

#[tokio::test]
async fn a_host_that_is_not_ours_does_not_get_into_links() {
    let app = App::new().await;
    for (name, host, base) in [
        ("host", "evil.example", "https://support.example.com"),
        ("x-forwarded-host", "evil.example", "https://support.example.com"),
        ("x-forwarded-host", "127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("host", "127.0.0.1:8080", "http://127.0.0.1:8080"),
    ] {
        let body = json!({"request": {"subject": "One", "comment": {"body": "b"}}}).to_string();
        let mut request = app.ana().request("POST", "/api/v2/requests", Body::from(body));
        request.headers_mut().insert(name, host.parse().unwrap());
        let answer = app.ana().send(request).await;
        let location = answer.header("location").unwrap().to_owned();
        assert!(location.starts_with(&format!("{base}/api/v2/")), "{location}");
        assert_eq!(answer.is(201)["request"]["url"], location);
    }
}
