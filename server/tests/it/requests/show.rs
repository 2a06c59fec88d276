//! `GET /api/v2/requests/{id}`.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn the_requester_and_the_copied_see_it() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let id = app.ana().create("One", copy).await;
    let path = format!("/api/v2/requests/{id}.json");
    let mine = app.ana().get(&path).await.is(200);
    let bens = app.ben().get(&path).await.is(200);
    assert_eq!(mine, bens);
    assert_eq!(mine["request"]["url"], format!("{}{path}", crate::app::BASE));
}

#[tokio::test]
async fn somebody_elses_is_answered_like_one_that_does_not_exist() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let missing = app.stranger().get("/api/v2/requests/999999").await;
    let body = json!({"error": "RecordNotFound", "description": "Not found"});
    assert_eq!(missing.is(404), body);
    for client in [app.stranger(), app.ben()] {
        let foreign = client.get(&format!("/api/v2/requests/{id}")).await;
        assert_eq!(foreign.is(404), body);
        assert_eq!(client.get(&format!("/api/v2/requests/{id}/comments")).await.is(404), body);
        assert_eq!(client.get(&format!("/api/v2/requests/{id}/comments/1")).await.is(404), body);
        let change = json!({"request": {"comment": {"body": "hi"}}});
        assert_eq!(client.put(&format!("/api/v2/requests/{id}"), change).await.is(404), body);
    }
    let foreign = app.stranger().get(&format!("/api/v2/requests/{id}")).await;
    let mut names: Vec<_> = missing.headers.keys().collect();
    names.sort_by_key(|name| name.as_str());
    let mut others: Vec<_> = foreign.headers.keys().collect();
    others.sort_by_key(|name| name.as_str());
    assert_eq!(names, others);
}

#[tokio::test]
async fn without_credentials_it_is_401_whether_it_exists_or_not() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for id in [id, 999_999] {
        let answer = app.anonymous().get(&format!("/api/v2/requests/{id}")).await;
        assert_eq!(answer.is(401)["error"], "Couldn't authenticate you");
    }
}

#[tokio::test]
async fn a_colleague_who_is_not_copied_does_not_see_it() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    app.ben().get(&format!("/api/v2/requests/{id}")).await.is(404);
}
