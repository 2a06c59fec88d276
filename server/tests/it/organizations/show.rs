//! Reading organizations.

use crate::app::{App, ids};
use serde_json::json;

#[tokio::test]
async fn members_see_their_own_in_short_and_no_other() {
    let app = App::new().await;
    let (ana, stranger) = (app.ana(), app.stranger());
    let me = ana.get("/api/v2/users/me").await.is(200);
    stranger.get("/api/v2/users/me").await.is(200);
    let path = format!("/api/v2/organizations/{}.json", me["user"]["organization_id"]);
    let short = ana.get(&path).await.is(200)["organization"].clone();
    let keys: Vec<&String> = short.as_object().unwrap().keys().collect();
    let all =
        ["created_at", "id", "name", "shared_comments", "shared_tickets", "updated_at", "url"];
    assert_eq!(keys, all);
    let missing = ana.get("/api/v2/organizations/99").await.is(404);
    assert_eq!(stranger.get(&path).await.is(404), missing);
    app.anonymous().get(&path).await.is(401);
    for path in [
        "",
        "/count",
        "/show_many?ids=1",
        "/search?name=Acme",
        "/autocomplete?name=a",
        "/1/users",
        "/1/organization_memberships",
    ] {
        ana.get(&format!("/api/v2/organizations{path}")).await.is(403);
    }
}

#[tokio::test]
async fn agents_list_count_and_find_them() {
    let app = App::new().await;
    let (ana, ben, stranger, agent) = (app.ana(), app.ben(), app.stranger(), app.agent());
    for client in [&ana, &ben, &stranger] {
        client.get("/api/v2/users/me").await.is(200);
    }
    let list = async |path: &str| {
        let page = agent.get(&format!("/api/v2/organizations{path}")).await.is(200);
        ids(&page["organizations"])
    };
    assert_eq!(list(".json").await, [1, 2]);
    assert_eq!(list("?page%5Bsize%5D=1").await, [1]);
    assert_eq!(list("?page=2&per_page=1").await, [2]);
    assert_eq!(list("/show_many.json?ids=2,1,7").await, [1, 2]);
    assert_eq!(list("/show_many?external_ids=globex").await, [2]);
    assert_eq!(list("/search.json?external_id=globex").await, [2]);
    assert_eq!(list("/search.json?external_id=globex?include=None").await, [2], "zenpy's way");
    assert_eq!(list("/search?name=Acme").await, [1]);
    assert_eq!(list("/search?name=Acm").await, [0; 0]);
    assert_eq!(list("/search").await, [0; 0]);
    assert_eq!(list("/autocomplete.json?name=GLO").await, [2]);
    assert_eq!(list("/autocomplete").await, [0; 0]);
    let count = agent.get("/api/v2/organizations/count").await.is(200);
    assert_eq!(count["count"]["value"], 2);
    let users = agent.get("/api/v2/organizations/1/users.json?include=None").await.is(200);
    assert_eq!(ids(&users["users"]), [ana.id().await, ben.id().await]);
    agent.get("/api/v2/organizations/9/users").await.is(404);
    let many: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
    let path = format!("/api/v2/organizations/show_many?ids={}", many.join(","));
    assert_eq!(agent.get(&path).await.is(400)["error"], json!("TooManyValues"));
}
