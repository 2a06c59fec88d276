//! `GET /api/v2/tickets/{id}/comments`, contract.md 14.3 (k).

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn notes_are_among_them_and_people_only_when_asked_for() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/tickets/{id}");
    let note = json!({"ticket": {"comment": {"body": "Hm", "public": false}}});
    let audit = app.agent().put(&path, note).await.is(200)["audit"].clone();
    let plain = app.agent().get(&format!("{path}/comments.json")).await.is(200);
    assert_eq!(plain["count"], 2);
    assert!(plain.get("users").is_none());
    let row = &plain["comments"][1];
    assert_eq!(row["public"], false);
    assert_eq!(row["audit_id"], audit["id"]);
    let with = app.agent().get(&format!("{path}/comments.json?include=users")).await.is(200);
    assert_eq!(with["users"].as_array().unwrap().len(), 2);
    let paged = app.agent().get(&format!("{path}/comments?page[size]=1")).await.is(200);
    assert_eq!(paged["meta"]["has_more"], true);
}

#[tokio::test]
async fn what_an_agent_marks_up_goes_out_in_its_small_form_and_as_text() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let path = format!("/api/v2/tickets/{id}");
    let html = "<div onclick='x()'>Please <strong>restart</strong>:<ol><li>stop</li><li>start \
        <a href='https://docs.example/x' onmouseover=y>by the book</a></li></ol></div>\
        <script>alert(1)</script><img src=x onerror=z><a href='javascript:a()'>Done</a>";
    app.agent().put(&path, json!({"ticket": {"comment": {"html_body": html}}})).await.is(200);
    let text = "Please restart:\n\n1. stop\n2. start by the book (https://docs.example/x)\n\nDone";
    let own = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    let seen = app.agent().get(&format!("{path}/comments")).await.is(200);
    for comment in [&own["comments"][1], &seen["comments"][1]] {
        assert_eq!(
            comment["html_body"],
            "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">Please <b>restart</b>:</p><ol>\
             <li>stop</li><li>start <a href=\"https://docs.example/x\" rel=\"noopener noreferrer \
             nofollow\" target=\"_blank\">by the book</a></li></ol><p dir=\"auto\">Done</p></div>"
        );
        assert_eq!((&comment["body"], &comment["plain_body"]), (&json!(text), &json!(text)));
    }
    let found = app.ana().get("/api/v2/requests/search?query=restart").await.is(200);
    assert_eq!(found["count"], 1);
}

#[tokio::test]
async fn markup_beyond_what_is_read_is_kept_as_text() {
    let app = App::new().await;
    let html = format!("<b>a</b>{}", "<i></i>".repeat(20_000));
    let comment = json!({"html_body": html});
    let made = app.agent().post("/api/v2/tickets", json!({"ticket": {"comment": comment}})).await;
    let ticket = made.is(201)["ticket"].clone();
    assert_eq!((&ticket["subject"], &ticket["description"]), (&json!("a"), &json!("a")));
    let path = format!("/api/v2/tickets/{}/comments", ticket["id"]);
    let html = app.agent().get(&path).await.is(200)["comments"][0]["html_body"].clone();
    assert_eq!(html, "<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">a</p></div>");
}
