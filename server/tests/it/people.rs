//! How people and organizations come into being, and follow what later tokens say.

use crate::app::{App, ids};
use api::identity::OrganizationClaim;
use handrail_server::store::{organizations, users};
use serde_json::json;

#[tokio::test]
async fn reading_makes_the_person_and_the_organization() {
    let app = App::new().await;
    app.ana().get("/api/v2/requests").await.is(200);
    let mut read = app.state.store.read().await.unwrap();
    let ana = users::by_email(&mut read, "ana@customer.example").await.unwrap().unwrap();
    let acme = organizations::by_id(&mut read, ana.organization_id.unwrap()).await.unwrap();
    let acme = acme.unwrap();
    assert_eq!(acme.name, "Acme");
    assert_eq!(acme.plan.as_deref(), Some("advanced"));
    assert_eq!(ana.plan, None);
}

#[tokio::test]
async fn a_token_that_says_nothing_new_writes_nothing() {
    let app = App::new().await;
    let before = app.ana().get("/api/v2/users/me").await.is(200);
    // Somebody else holds the write lock for good; reading must not need it.
    let _lock = app.state.store.write().await.unwrap();
    app.advance(60);
    assert_eq!(app.ana().get("/api/v2/users/me").await.is(200), before);
}

#[tokio::test]
async fn a_new_name_address_or_organization_is_taken_over() {
    let app = App::new().await;
    let mut claims = app.claims("ana", "Ana Ruiz");
    let id = app.by(&claims).get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    claims.name = "Ana Ruiz-Okoro".to_owned();
    claims.email = "ANA.new@customer.example".to_owned();
    claims.organization =
        Some(OrganizationClaim { external_id: "acme".to_owned(), name: "Acme".to_owned() });
    let user = app.by(&claims).get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(user["id"], id);
    assert_eq!(user["name"], "Ana Ruiz-Okoro");
    assert_eq!(user["email"], "ana.new@customer.example");
    assert!(user["organization_id"].is_i64());
    claims.organization = None;
    let user = app.by(&claims).get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(user["organization_id"], json!(null));
}

#[tokio::test]
async fn somebody_who_was_copied_finds_the_request_at_first_sight() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "Ben@customer.example"}]});
    let id = app.ana().create("One", copy).await;
    let list = app.ben().get("/api/v2/requests/ccd").await.is(200);
    assert_eq!(ids(&list["requests"]), [id]);
}

#[tokio::test]
async fn a_placeholder_that_holds_a_persons_new_address_is_merged() {
    let app = App::new().await;
    app.ben().get("/api/v2/users/me").await.is(200);
    let copies = json!({"email_ccs": [
        {"user_email": "ben@customer.example"}, {"user_email": "ben@new.example"}]});
    let both = app.ana().create("Both of his addresses", copies).await;
    let copy = json!({"email_ccs": [{"user_email": "ben@new.example"}]});
    let one = app.ana().create("The new one alone", copy).await;

    let mut claims = app.claims("ben", "Ben Okoro");
    claims.email = "ben@new.example".to_owned();
    let list = app.by(&claims).get("/api/v2/requests/ccd").await.is(200);
    assert_eq!(ids(&list["requests"]), [both, one]);
    let shown = app.ana().get(&format!("/api/v2/requests/{both}")).await.is(200);
    assert_eq!(shown["request"]["email_cc_ids"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_address_of_another_known_person_is_refused() {
    let app = App::new().await;
    app.ben().get("/api/v2/users/me").await.is(200);
    app.ana().get("/api/v2/users/me").await.is(200);
    for id in ["ana", "newcomer"] {
        let mut claims = app.claims(id, "Somebody");
        claims.email = "ben@customer.example".to_owned();
        let body = app.by(&claims).get("/api/v2/requests").await.is(401);
        let reason = "The token's e-mail address belongs to somebody else here";
        assert_eq!(body["error_description"], reason);
    }
    let me = app.ben().get("/api/v2/users/me").await.is(200);
    assert_eq!(me["user"]["name"], "Ben Okoro");
}

#[tokio::test]
async fn a_plan_that_nobody_configured_promises_the_default_one() {
    let app = App::new().await;
    let mut claims = app.claims("ana", "Ana");
    claims.plan = Some("platinum".to_owned());
    let policy = app.by(&claims).get("/api/handrail/v1/policy").await.is(200);
    assert_eq!(policy["policy"]["plan"], "basic");
    claims.plan = Some("ADVANCED".to_owned());
    let policy = app.by(&claims).get("/api/handrail/v1/policy").await.is(200);
    assert_eq!(policy["policy"]["plan"], "advanced");
}
