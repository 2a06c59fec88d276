//! What hangs on somebody: identities, organizations, numbers.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn somebodys_one_address_is_their_identity() {
    let app = App::new().await;
    let ana = app.ana();
    let id = ana.id().await;
    let path = format!("/api/v2/users/{id}/identities");
    let list = app.agent().get(&format!("{path}.json")).await.is(200);
    assert_eq!(list["count"], 1);
    let identity = &list["identities"][0];
    assert_eq!(
        identity,
        &json!({"id": id, "user_id": id, "type": "email", "value": "ana@customer.example",
            "verified": true, "primary": true, "created_at": "2026-03-02T08:14:05Z",
            "updated_at": "2026-03-02T08:14:05Z",
            "url": format!("https://support.example.com/api/v2/users/{id}/identities/{id}.json")})
    );
    let one = ana.get(&format!("{path}/{id}.json")).await.is(200);
    assert_eq!(&one["identity"], identity);
    ana.get(&format!("{path}/{}", id + 1)).await.is(404);
    app.ben().get(&path).await.is(404);
}

#[tokio::test]
async fn organizations_of_somebody_are_whole_for_agents_and_short_for_themselves() {
    let app = App::new().await;
    let ana = app.ana();
    let path = format!("/api/v2/users/{}/organizations.json", ana.id().await);
    let whole = app.agent().get(&path).await.is(200)["organizations"].clone();
    assert_eq!((&whole[0]["name"], &whole[0]["external_id"]), (&json!("Acme"), &json!("acme")));
    let short = ana.get(&path).await.is(200)["organizations"].clone();
    assert_eq!((&short[0]["name"], short[0].get("external_id")), (&json!("Acme"), None));
    app.ben().get(&path).await.is(404);
}

#[tokio::test]
async fn agents_are_told_how_much_hangs_on_somebody() {
    let app = App::new().await;
    let ana = app.ana();
    ana.create("One", json!({"email_ccs": [{"user_email": "ben@customer.example"}]})).await;
    let path = format!("/api/v2/users/{}/related.json", ana.id().await);
    let related = app.agent().get(&path).await.is(200)["user_related"].clone();
    assert_eq!(
        related,
        json!({"assigned_tickets": 0, "requested_tickets": 1, "ccd_tickets": 0,
        "organization_subscriptions": 0})
    );
    ana.get(&path).await.is(403);
}
