//! `GET /api/v2/attachments/{id}`: agents only.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn an_agent_reads_the_record_of_a_file_once_a_comment_has_it() {
    let app = App::new().await;
    let (token, _) = app.ana().sent("a.txt", "words").await;
    app.agent().get("/api/v2/attachments/1").await.is(404);
    let id = app.ana().create("One", json!({"comment": {"body": "b", "uploads": token}})).await;
    let list = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    let file = &list["comments"][0]["attachments"][0];
    for path in ["/api/v2/attachments/1", "/api/v2/attachments/1.json"] {
        assert_eq!(app.agent().get(path).await.is(200), json!({"attachment": file}));
    }
}

#[tokio::test]
async fn an_agent_reads_their_own_that_waits() {
    let app = App::new().await;
    app.agent().sent("a.txt", "words").await;
    let shown = app.agent().get("/api/v2/attachments/1").await.is(200);
    assert_eq!(shown["attachment"]["file_name"], "a.txt");
}

#[tokio::test]
async fn end_users_and_nobody_read_none_not_even_their_own() {
    let app = App::new().await;
    app.ana().sent("a.txt", "words").await;
    for id in ["1", "999"] {
        let path = format!("/api/v2/attachments/{id}");
        let answer = app.ana().get(&path).await;
        assert_eq!(answer.is(403)["error"]["title"], "Forbidden");
        app.anonymous().get(&path).await.is(401);
    }
    for id in ["999", "0", "-1", "x", "99999999999999999999", "%00"] {
        app.agent().get(&format!("/api/v2/attachments/{id}")).await.is(404);
    }
}
