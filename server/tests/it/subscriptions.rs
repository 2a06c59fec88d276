//! `/api/v2/organization_subscriptions`.

use crate::app::App;
use serde_json::json;

const PATH: &str = "/api/v2/organization_subscriptions";

#[tokio::test]
async fn a_member_who_sees_all_requests_follows_them() {
    let app = App::new().await;
    let (ana, agent) = (app.ana(), app.agent());
    let id = ana.id().await;
    let wish = json!({"organization_subscription": {"organization_id": 1}});
    ana.post(PATH, wish.clone()).await.is(403);
    let shared = json!({"organization": {"shared_tickets": true}});
    agent.put("/api/v2/organizations/1", shared).await.is(200);
    let made = ana.post(&format!("{PATH}.json"), wish.clone()).await.is(201);
    let made = &made["organization_subscription"];
    assert_eq!(
        made,
        &json!({"id": 1, "user_id": id, "organization_id": 1,
            "url": format!("https://support.example.com{PATH}/1.json"),
            "created_at": "2026-03-02T08:14:05Z"})
    );
    let again = ana.post(PATH, wish.clone()).await.is(201);
    assert_eq!(&again["organization_subscription"], made);
    for path in [PATH.to_owned(), format!("/api/v2/users/{id}/organization_subscriptions.json")] {
        let list = ana.get(&path).await.is(200);
        assert_eq!(list["organization_subscriptions"], json!([made]));
    }
    app.stranger().post(PATH, wish).await.is(404);
    app.ben().get(&format!("/api/v2/users/{id}/organization_subscriptions")).await.is(404);
    app.ben().delete(&format!("{PATH}/1")).await.is(404);
    ana.delete(&format!("{PATH}/1.json")).await.is_done();
    ana.delete(&format!("{PATH}/1")).await.is(404);
    assert_eq!(ana.get(PATH).await.is(200)["count"], 0);
}

#[tokio::test]
async fn who_belongs_no_more_follows_no_more() {
    let app = App::new().await;
    let (ana, agent) = (app.ana(), app.agent());
    let id = ana.id().await;
    let shared = json!({"organization": {"shared_tickets": true}});
    agent.put("/api/v2/organizations/1", shared).await.is(200);
    let wish = json!({"organization_subscription": {"organization_id": 1}});
    ana.post(PATH, wish).await.is(201);
    let left = app.by(&app.claims("ana", "Ana Ruiz"));
    assert_eq!(left.get(PATH).await.is(200)["organization_subscriptions"], json!([]));
    let list = agent.get(&format!("/api/v2/users/{id}/organization_subscriptions")).await.is(200);
    assert_eq!(list["count"], 0);
}
