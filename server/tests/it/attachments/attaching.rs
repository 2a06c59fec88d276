//! `comment.uploads` in requests and tickets.

use crate::app::{Answer, App, Client};
use serde_json::{Value, json};

async fn reply(by: &Client, id: i64, comment: Value) -> Answer {
    by.put(&format!("/api/v2/requests/{id}"), json!({"request": {"comment": comment}})).await
}

/// Names of the files of each comment.
async fn files(by: &Client, path: &str) -> Vec<Vec<String>> {
    let rows = by.get(&format!("{path}/comments")).await.is(200)["comments"].clone();
    let names = |row: &Value| {
        let files = row["attachments"].as_array().unwrap();
        files.iter().map(|file| file["file_name"].as_str().unwrap().to_owned()).collect()
    };
    rows.as_array().unwrap().iter().map(names).collect()
}

#[tokio::test]
async fn files_come_with_the_comment_that_takes_their_tokens() {
    let app = App::new().await;
    let (one, _) = app.ana().sent("one.txt", "1").await;
    app.ana().upload(&format!("filename=two.txt&token={one}"), "2").await.is(201);
    let (three, _) = app.ana().sent("three.txt", "3").await;
    let (four, _) = app.ana().sent("four.txt", "4").await;
    let (five, _) = app.agent().sent("five.txt", "5").await;
    let id =
        app.ana().create("One", json!({"comment": {"body": "b", "uploads": [three, one]}})).await;
    let path = format!("/api/v2/requests/{id}");
    // A bare token is taken like a list of one.
    reply(&app.ana(), id, json!({"body": "c", "uploads": four})).await.is(200);
    let change = json!({"ticket": {"comment": {"body": "d", "uploads": [five]}}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), change).await.is(200);
    let expected =
        vec![vec!["one.txt", "two.txt", "three.txt"], vec!["four.txt"], vec!["five.txt"]];
    assert_eq!(files(&app.ana(), &path).await, expected);
    assert_eq!(files(&app.agent(), &path.replace("requests", "tickets")).await, expected);

    let list = app.ana().get(&format!("{path}/comments")).await.is(200);
    let comment = &list["comments"][1];
    let file = comment["attachments"][0].as_object().unwrap();
    let keys: Vec<&str> = file.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "content_type",
            "content_url",
            "deleted",
            "file_name",
            "height",
            "id",
            "inline",
            "malware_access_override",
            "malware_scan_result",
            "mapped_content_url",
            "size",
            "thumbnails",
            "url",
            "width",
        ]
    );
    let shown = app.ana().get(&format!("{path}/comments/{}", comment["id"])).await.is(200);
    assert_eq!(shown["comment"], *comment);
}

#[tokio::test]
async fn nothing_in_uploads_is_no_file() {
    let app = App::new().await;
    for nothing in [json!([]), json!(null), json!(""), json!([""])] {
        let id =
            app.ana().create("One", json!({"comment": {"body": "b", "uploads": nothing}})).await;
        assert_eq!(files(&app.ana(), &format!("/api/v2/requests/{id}")).await, [[""; 0]]);
        let blank = reply(&app.ana(), id, json!({"body": " ", "uploads": nothing})).await.is(422);
        assert_eq!(blank["details"]["comment"][0]["error"], "BlankValue");
    }
    for wrong in [json!(7), json!({}), json!([7]), json!([[]]), json!(true)] {
        let request = json!({"subject": "One", "comment": {"body": "b", "uploads": wrong}});
        let body = app.ana().post("/api/v2/requests", json!({"request": request})).await.is(422);
        assert_eq!(body["error"], "RecordInvalid");
    }
}

#[tokio::test]
async fn files_can_stand_without_words() {
    let app = App::new().await;
    let (token, _) = app.ana().sent("screenshot.png", "1").await;
    let id = app.ana().create("One", json!({"comment": {"body": " \n", "uploads": [token]}})).await;
    let path = format!("/api/v2/requests/{id}");
    for comment in [json!({}), json!({"body": ""}), json!({"body": null, "html_body": "<p></p>"})] {
        let (token, _) = app.ana().sent("two.txt", "2").await;
        let mut comment = comment;
        comment["uploads"] = json!([token]);
        reply(&app.ana(), id, comment).await.is(200);
    }
    let list = app.ana().get(&format!("{path}/comments")).await.is(200);
    for row in list["comments"].as_array().unwrap() {
        assert_eq!((&row["body"], &row["plain_body"]), (&json!(""), &json!("")));
        assert_eq!(row["attachments"].as_array().unwrap().len(), 1);
    }
    assert_eq!(app.ana().get(&path).await.is(200)["request"]["description"], "");
}

#[tokio::test]
async fn a_token_that_cannot_be_used_refuses_the_whole_call_and_loses_nothing() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/requests/{id}");
    let (good, _) = app.ana().sent("good.txt", "1").await;
    let (used, _) = app.ana().sent("used.txt", "2").await;
    reply(&app.ana(), id, json!({"body": "c", "uploads": [used]})).await.is(200);
    let (bens, _) = app.ben().sent("bens.txt", "3").await;
    let (old, _) = app.stranger().sent("old.txt", "4").await;
    let before = app.ana().get(&format!("{path}/comments")).await.is(200);
    let mut told = Vec::new();
    for bad in [used.as_str(), bens.as_str(), old.as_str(), "unknown", "'; --", "\u{0}"] {
        let comment = json!({"body": "kept", "uploads": [good, bad]});
        let copies = json!([{"user_email": "new@acme.example"}]);
        let change = json!({"request": {"comment": comment, "email_ccs": copies}});
        let refused = app.ana().put(&path, change).await.is(422);
        assert_eq!(refused["details"]["uploads"][0]["error"], "InvalidValue");
        told.push(refused);
        let new = json!({"subject": "Two", "comment": comment});
        told.push(app.ana().post("/api/v2/requests", json!({"request": new})).await.is(422));
        let change = json!({"ticket": {"comment": comment, "status": "pending"}});
        told.push(app.agent().put(&path.replace("requests", "tickets"), change).await.is(422));
    }
    told.dedup();
    assert_eq!(told.len(), 1);
    assert_eq!(app.ana().get(&format!("{path}/comments")).await.is(200), before);
    assert_eq!(app.ana().get("/api/v2/requests").await.is(200)["count"], 1);
    let shown = app.ana().get(&path).await.is(200)["request"].clone();
    assert_eq!((&shown["status"], &shown["email_cc_ids"]), (&json!("new"), &json!([])));
    // The good one is still there, and so is Ben's.
    reply(&app.ana(), id, json!({"body": "c", "uploads": [good]})).await.is(200);
    app.ben().create("Ben's", json!({"comment": {"body": "b", "uploads": bens}})).await;
    app.advance(72 * 3600);
    let late = json!({"request": {"subject": "a", "comment": {"body": "b", "uploads": old}}});
    app.stranger().post("/api/v2/requests", late).await.is(422);
}

#[tokio::test]
async fn a_call_that_is_refused_for_another_reason_uses_no_token_up() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "1").await;
    let blank = json!({"request": {"subject": "", "comment": {"body": "b", "uploads": token}}});
    app.ana().post("/api/v2/requests", blank).await.is(422);
    let id = app.ana().create("One", json!({})).await;
    let me = app.agent().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let close = json!({"ticket": {"status": "closed", "assignee_id": me}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), close).await.is(200);
    reply(&app.ana(), id, json!({"body": "c", "uploads": token})).await.is(422);
    reply(&app.ben(), id, json!({"body": "c", "uploads": token})).await.is(404);
    assert_eq!(app.ana().get(&address).await.bytes, b"1");
    app.ana().create("Two", json!({"comment": {"body": "b", "uploads": token}})).await;
}

#[tokio::test]
async fn of_two_comments_at_once_one_gets_the_file() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let (token, _) = app.ana().sent("a.txt", "1").await;
    let calls = (0..8).map(|_| {
        let (ana, comment) = (app.ana(), json!({"body": "c", "uploads": [token]}));
        tokio::spawn(async move { reply(&ana, id, comment).await.status.as_u16() })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [200, 422, 422, 422, 422, 422, 422, 422]);
    let names = files(&app.ana(), &format!("/api/v2/requests/{id}")).await;
    assert_eq!(names, [vec![], vec!["a.txt"]]);
}

#[tokio::test]
async fn a_repeated_create_with_a_file_is_answered_and_done_once() {
    let app = App::new().await;
    let (token, _) = app.ana().sent("a.txt", "1").await;
    let body = json!({"request": {"subject": "One", "comment": {"body": "b", "uploads": [token]}}});
    let ana = app.ana().key("k1");
    let first = ana.post("/api/v2/requests", body.clone()).await.is(201);
    assert_eq!(ana.post("/api/v2/requests", body).await.is(201), first);
}

#[tokio::test]
async fn addresses_stand_on_the_base_that_the_caller_used() {
    let app = App::new().await;
    let (token, _) = app.ana().sent("a.txt", "1").await;
    let id = app.ana().create("One", json!({"comment": {"body": "b", "uploads": token}})).await;
    let path = format!("/api/v2/requests/{id}/comments");
    for (host, base) in [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ("evil.example", "https://support.example.com/"),
    ] {
        let mut request = app.ana().request("GET", &path, axum::body::Body::empty());
        request.headers_mut().insert("host", host.parse().unwrap());
        let list = app.ana().send(request).await.is(200);
        let file = &list["comments"][0]["attachments"][0];
        for key in ["url", "content_url", "mapped_content_url"] {
            assert!(file[key].as_str().unwrap().starts_with(base), "{key}");
        }
    }
}
