//! `DELETE /api/v2/uploads/{token}`.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn a_file_that_waits_is_taken_back_with_all_its_bytes() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "a").await;
    app.ana().upload(&format!("filename=b.txt&token={token}"), "b").await.is(201);
    assert_eq!(app.on_disk().0.len(), 2);
    let answer = app.ana().delete(&format!("/api/v2/uploads/{token}.json")).await;
    assert_eq!((answer.status.as_u16(), answer.bytes.len()), (204, 0));
    assert_eq!(answer.header("content-type"), None);
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
    app.ana().get(&address).await.is(404);
    app.ana().delete(&format!("/api/v2/uploads/{token}")).await.is(404);
}

#[tokio::test]
async fn only_ones_own_and_unused_can_be_taken_back() {
    let app = App::new().await;
    let (token, _) = app.ana().sent("a.txt", "a").await;
    let path = format!("/api/v2/uploads/{token}");
    app.anonymous().delete(&path).await.is(401);
    for somebody in [app.ben(), app.stranger(), app.agent()] {
        let foreign = somebody.delete(&path).await.is(404);
        assert_eq!(foreign, somebody.delete("/api/v2/uploads/missing").await.is(404));
    }
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": [token]}})).await;
    app.ana().delete(&path).await.is(404);
    assert_eq!(app.on_disk().0.len(), 1);
    for odd in ["%00", "..%2f..%2fetc", "%ff", "a.json"] {
        app.ana().delete(&format!("/api/v2/uploads/{odd}")).await.is(404);
    }
}

#[tokio::test]
async fn another_verb_is_answered_with_those_that_are_there() {
    let app = App::new().await;
    let answer = app.ana().get("/api/v2/uploads/x").await;
    assert_eq!(answer.is(405)["error"], "MethodNotAllowed");
    assert_eq!(answer.header("allow"), Some("DELETE"));
}
