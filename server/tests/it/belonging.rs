//! Memberships: what the host's token says, what agents say, and what is left of either.

use crate::app::{App, Client, ids};
use api::identity::OrganizationClaim;
use serde_json::{Value, json};

const MEMBERSHIPS: &str = "/api/v2/organization_memberships";

/// Ana, by a token that names this organization or none.
fn ana(app: &App, organization: Option<&str>) -> Client {
    let mut claims = app.claims("ana", "Ana Ruiz");
    claims.organization = organization
        .map(|name| OrganizationClaim { external_id: name.to_lowercase(), name: name.to_owned() });
    app.by(&claims)
}

async fn make(app: &App, name: &str) -> i64 {
    let organization = json!({"organization": {"name": name}});
    let made = app.agent().post("/api/v2/organizations", organization).await.is(201);
    made["organization"]["id"].as_i64().unwrap()
}

async fn join(app: &App, user: i64, organization: i64, default: bool) -> i64 {
    let body = json!({"organization_membership":
        {"user_id": user, "organization_id": organization, "default": default}});
    let made = app.agent().post(MEMBERSHIPS, body).await.is(201);
    made["organization_membership"]["id"].as_i64().unwrap()
}

/// Names of the organizations to which somebody belongs, the default one with a star.
async fn belongs(client: &Client) -> Vec<String> {
    let list = client.get(&format!("{MEMBERSHIPS}.json")).await.is(200);
    let all = list["organization_memberships"].as_array().unwrap();
    let named = |it: &Value| {
        let star = if it["default"] == true { "*" } else { "" };
        format!("{}{star}", it["organization_name"].as_str().unwrap())
    };
    all.iter().map(named).collect()
}

#[tokio::test]
async fn a_membership_has_the_keys_that_portals_read() {
    let app = App::new().await;
    let me = ana(&app, Some("Acme"));
    let id = me.id().await;
    let path = format!("/api/v2/users/{id}/organization_memberships.json?page%5Bsize%5D=100");
    let list = me.get(&path).await.is(200);
    assert_eq!(
        list["organization_memberships"],
        json!([{"id": 1, "url": format!("https://support.example.com{MEMBERSHIPS}/1.json"),
            "user_id": id, "organization_id": 1, "organization_name": "Acme", "default": true,
            "view_tickets": false, "created_at": "2026-03-02T08:14:05Z",
            "updated_at": "2026-03-02T08:14:05Z"}])
    );
    assert_eq!(list["meta"]["has_more"], false);
    let one = me.get(&format!("{MEMBERSHIPS}/1.json")).await.is(200);
    assert_eq!(one["organization_membership"], list["organization_memberships"][0]);
    let change = json!({"organization": {"shared_tickets": true}});
    app.agent().put("/api/v2/organizations/1", change).await.is(200);
    let one = me.get(&format!("{MEMBERSHIPS}/1")).await.is(200);
    assert_eq!(one["organization_membership"]["view_tickets"], true);
    // A colleague's is nobody else's, and a list of one's own is.
    app.ben().get(&format!("{MEMBERSHIPS}/1")).await.is(404);
    app.ben().get(&path).await.is(404);
    assert_eq!(belongs(&app.ben()).await, ["Acme*"]);
    assert_eq!(app.agent().get(MEMBERSHIPS).await.is(200)["count"], 2);
    let of_acme = app.agent().get("/api/v2/organizations/1/organization_memberships.json").await;
    assert_eq!(of_acme.is(200)["count"], 2);
}

#[tokio::test]
async fn the_organization_that_the_token_names_is_the_default_one() {
    let app = App::new().await;
    let id = ana(&app, Some("Acme")).id().await;
    let umbrella = make(&app, "Umbrella").await;
    join(&app, id, umbrella, false).await;
    assert_eq!(belongs(&ana(&app, Some("Acme"))).await, ["Acme*", "Umbrella"]);
    // Agents cannot say otherwise, by whichever way.
    let agent = app.agent();
    let body = json!({"organization_membership":
        {"user_id": id, "organization_id": make(&app, "Third").await, "default": true}});
    agent.post(MEMBERSHIPS, body).await.is(422);
    let path = format!("/api/v2/users/{id}/organization_memberships/2/make_default.json");
    agent.put(&path, json!({})).await.is(422);
    for wanted in [json!(umbrella), Value::Null] {
        let change = json!({"user": {"organization_id": wanted}});
        let body = agent.put(&format!("/api/v2/users/{id}"), change).await.is(422);
        assert_eq!(body["details"]["organization_id"][0]["error"], "InvalidValue");
    }
    // The host moves the person; what an agent gave stays.
    assert_eq!(belongs(&ana(&app, Some("Globex"))).await, ["Umbrella", "Globex*"]);
    assert_eq!(belongs(&ana(&app, None)).await, ["Umbrella*"]);
    assert_eq!(belongs(&ana(&app, Some("Acme"))).await, ["Umbrella", "Acme*"]);
}

#[tokio::test]
async fn a_membership_that_both_gave_outlasts_either() {
    let app = App::new().await;
    let id = ana(&app, Some("Acme")).id().await;
    // The host first, then an agent.
    join(&app, id, 1, false).await;
    let twice = json!({"organization_membership": {"user_id": id, "organization_id": 1}});
    let body = app.agent().post(MEMBERSHIPS, twice).await.is(422);
    assert_eq!(body["details"]["user_id"][0]["error"], "DuplicateValue");
    assert_eq!(belongs(&ana(&app, None)).await, ["Acme*"]);
    // An agent first, then the host, which then says nothing any more.
    assert_eq!(belongs(&ana(&app, Some("Acme"))).await, ["Acme*"]);
    let path = format!("/api/v2/users/{id}/organization_memberships/1/make_default");
    app.agent().put(&path, json!({})).await.is(200);
    assert_eq!(belongs(&ana(&app, Some("Globex"))).await, ["Acme", "Globex*"]);
    assert_eq!(belongs(&ana(&app, None)).await, ["Acme*"]);
}

#[tokio::test]
async fn agents_choose_the_default_of_somebody_of_whom_the_host_says_nothing() {
    let app = App::new().await;
    let id = ana(&app, None).id().await;
    let (one, two) = (make(&app, "One").await, make(&app, "Two").await);
    join(&app, id, one, false).await;
    let second = join(&app, id, two, false).await;
    assert_eq!(belongs(&ana(&app, None)).await, ["One*", "Two"]);
    let path = format!("/api/v2/users/{id}/organization_memberships/{second}/make_default.json");
    let list = app.agent().put(&path, json!({})).await.is(200);
    assert_eq!(list["count"], 2);
    assert_eq!(belongs(&ana(&app, None)).await, ["One", "Two*"]);
    // It stays so when the token says something new of the person.
    let renamed = app.by(&app.claims("ana", "Ana Maria Ruiz"));
    assert_eq!(belongs(&renamed).await, ["One", "Two*"]);
    // `organization_id` of the user moves them out of the default one.
    let user = format!("/api/v2/users/{id}");
    let three = make(&app, "Three").await;
    let moved = json!({"user": {"organization_id": three}});
    assert_eq!(app.agent().put(&user, moved).await.is(200)["user"]["organization_id"], three);
    assert_eq!(belongs(&renamed).await, ["One", "Three*"]);
    app.agent().put(&user, json!({"user": {"organization_id": null}})).await.is(200);
    assert_eq!(belongs(&renamed).await, ["One*"]);
    let me = renamed.get("/api/v2/users/me").await.is(200);
    assert_eq!(me["user"]["organization_id"], one);
}

#[tokio::test]
async fn who_loses_a_membership_loses_sight_at_the_next_call() {
    let app = App::new().await;
    let umbrella = make(&app, "Umbrella").await;
    let shared = json!({"organization": {"shared_tickets": true}});
    app.agent().put(&format!("/api/v2/organizations/{umbrella}"), shared).await.is(200);
    // Ben raises one for Umbrella, Ana belongs there too.
    let ben = app.by(&app.claims("ben", "Ben Okoro"));
    join(&app, ben.id().await, umbrella, true).await;
    let request = ben.create("Ben's", json!({})).await;
    let me = ana(&app, Some("Acme"));
    let id = me.id().await;
    let list = format!("/api/v2/organizations/{umbrella}/requests");
    me.get(&list).await.is(404);
    let membership = join(&app, id, umbrella, false).await;
    assert_eq!(ids(&me.get(&list).await.is(200)["requests"]), [request]);
    me.get(&format!("/api/v2/requests/{request}")).await.is(200);
    app.agent().delete(&format!("{MEMBERSHIPS}/{membership}")).await.is_done();
    me.get(&list).await.is(404);
    me.get(&format!("/api/v2/requests/{request}")).await.is(404);
    let found = me.get("/api/v2/requests/search?query=*").await.is(200);
    assert_eq!(found["count"], 0);
    app.agent().delete(&format!("{MEMBERSHIPS}/{membership}")).await.is(404);
    // By the host's word alone, too.
    let joined = ana(&app, None);
    join(&app, id, umbrella, false).await;
    assert_eq!(ids(&joined.get(&list).await.is(200)["requests"]), [request]);
}

#[tokio::test]
async fn a_membership_by_the_host_that_an_agent_ends_comes_back_with_the_next_token() {
    let app = App::new().await;
    let me = ana(&app, Some("Acme"));
    let id = me.id().await;
    app.agent().delete(&format!("{MEMBERSHIPS}/1")).await.is_done();
    let user = app.agent().get(&format!("/api/v2/users/{id}")).await.is(200);
    assert_eq!(user["user"]["organization_id"], Value::Null);
    assert_eq!(belongs(&me).await, ["Acme*"]);
}

#[tokio::test]
async fn memberships_of_nobody_or_nothing_are_refused() {
    let app = App::new().await;
    let (id, agent) = (ana(&app, Some("Acme")).id().await, app.agent());
    for (field, user, organization) in [("user_id", 999, 1), ("organization_id", id, 999)] {
        let body = json!({"organization_membership":
            {"user_id": user, "organization_id": organization}});
        let body = agent.post(MEMBERSHIPS, body).await.is(422);
        assert_eq!(body["details"][field][0]["error"], "InvalidValue");
    }
    agent.post(MEMBERSHIPS, json!({"organization_membership": {"user_id": id}})).await.is(422);
    let other = format!("/api/v2/users/{}/organization_memberships/1/make_default", id + 1);
    agent.put(&other, json!({})).await.is(404);
    let body = json!({"organization_membership": {"user_id": id, "organization_id": 1}});
    ana(&app, Some("Acme")).post(MEMBERSHIPS, body).await.is(403);
    ana(&app, Some("Acme")).delete(&format!("{MEMBERSHIPS}/1")).await.is(403);
}
