//! contract.md 14.3 (a): every path with and without `.json`.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn every_path_answers_with_and_without_the_suffix() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let comments = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    let comment = &comments["comments"][0]["id"];
    for path in [
        "/api/v2/users/me".to_owned(),
        "/api/v2/requests".to_owned(),
        "/api/v2/requests/open".to_owned(),
        "/api/v2/requests/solved".to_owned(),
        "/api/v2/requests/ccd".to_owned(),
        format!("/api/v2/requests/{id}"),
        format!("/api/v2/requests/{id}/comments"),
        format!("/api/v2/requests/{id}/comments/{comment}"),
        "/api/handrail/v1/policy".to_owned(),
    ] {
        let plain = app.ana().get(&path).await.is(200);
        let with_suffix = app.ana().get(&format!("{path}.json")).await.is(200);
        assert_eq!(plain, with_suffix, "{path}");
        let with_query = app.ana().get(&format!("{path}.json?locale=en&include=None")).await;
        assert_eq!(plain, with_query.is(200), "unknown query keys of {path}");
    }
    for path in [format!("/api/v2/tickets/{id}"), format!("/api/v2/tickets/{id}/comments")] {
        let plain = app.agent().get(&path).await.is(200);
        assert_eq!(plain, app.agent().get(&format!("{path}.json")).await.is(200), "{path}");
    }
    let body = json!({"request": {"subject": "Two", "comment": {"body": "b"}}});
    app.ana().post("/api/v2/requests.json", body).await.is(201);
    let change = json!({"request": {"comment": {"body": "c"}}});
    app.ana().put(&format!("/api/v2/requests/{id}.json"), change).await.is(200);
    let change = json!({"ticket": {"comment": {"body": "c"}}});
    app.agent().put(&format!("/api/v2/tickets/{id}.json"), change).await.is(200);
}
