//! `GET /api/handrail/v1/people`.

use crate::app::{App, Client};
use serde_json::{Value, json};

async fn names(client: &Client, query: &str) -> Vec<String> {
    let body = client.get(&format!("/api/handrail/v1/people{query}")).await.is(200);
    let all = body["people"].as_array().unwrap().clone();
    all.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn colleagues_are_found_by_how_name_or_address_begin() {
    let app = App::new().await;
    let (ana, ben) = (app.ana(), app.ben());
    let id = ben.id().await;
    app.stranger().id().await;
    ana.id().await;
    let body = ana.get("/api/handrail/v1/people?query=be").await.is(200);
    let ben_is = json!({"id": id, "name": "Ben Okoro", "email": "ben@customer.example"});
    assert_eq!(body, json!({"people": [ben_is]}));
    assert_eq!(names(&ana, "?query=OKO").await, ["Ben Okoro"]);
    assert_eq!(names(&ana, "?query=ben+ok").await, ["Ben Okoro"]);
    assert_eq!(names(&ana, "?query=ben%40customer.ex").await, ["Ben Okoro"]);
    assert_eq!(names(&ana, "").await, ["Ben Okoro"]);
    assert_eq!(names(&ana, "?query=customer").await, [""; 0], "the middle of an address");
    assert_eq!(names(&ana, "?query=sam").await, [""; 0], "another customer's");
    assert_eq!(names(&ana, "?query=mia").await, [""; 0], "staff");
    assert_eq!(names(&ana, "?query=ana").await, [""; 0], "oneself");
    for hostile in ["%22", "o2+OR+x", "%5E", "*", "%00", "scope:o2", "%F0%9F%92%A3"] {
        names(&ana, &format!("?query={hostile}")).await;
    }
    names(&ana, &format!("?query={}", "x+".repeat(3000))).await;
}

#[tokio::test]
async fn who_belongs_nowhere_has_no_colleagues() {
    let app = App::new().await;
    app.ana().id().await;
    let alone = app.by(&app.claims("alone", "Al One"));
    assert_eq!(names(&alone, "?query=a").await, [""; 0]);
    assert_eq!(names(&app.agent(), "?query=a").await, [""; 0]);
    app.anonymous().get("/api/handrail/v1/people?query=a").await.is(401);
}

#[tokio::test]
async fn names_and_memberships_that_change_are_followed() {
    let app = App::new().await;
    let (ana, ben) = (app.ana(), app.ben());
    ana.id().await;
    let id = ben.id().await;
    let agent = app.agent();
    let renamed = json!({"user": {"name": "Benjamin"}});
    agent.put(&format!("/api/v2/users/{id}"), renamed).await.is(200);
    assert_eq!(names(&ana, "?query=okoro").await, [""; 0]);
    assert_eq!(names(&ana, "?query=benj").await, ["Benjamin"]);
    let suspended = json!({"user": {"suspended": true}});
    agent.put(&format!("/api/v2/users/{id}"), suspended).await.is(200);
    assert_eq!(names(&ana, "?query=benj").await, [""; 0]);
    let lifted = json!({"user": {"suspended": false}});
    agent.put(&format!("/api/v2/users/{id}"), lifted).await.is(200);
    let list = agent.get(&format!("/api/v2/users/{id}/organization_memberships")).await.is(200);
    let membership = &list["organization_memberships"][0]["id"];
    agent.delete(&format!("/api/v2/organization_memberships/{membership}")).await.is_done();
    assert_eq!(names(&ana, "?query=benj").await, [""; 0]);
}

#[tokio::test]
async fn at_most_ten_come_in_the_order_of_their_names() {
    let app = App::new().await;
    let ana = app.ana();
    let me = ana.get("/api/v2/users/me").await.is(200);
    for number in 0..12 {
        let user = json!({"user": {"name": format!("Xaver {:02}", 11 - number),
            "email": format!("x{number}@customer.example"),
            "organization_id": me["user"]["organization_id"]}});
        app.agent().post("/api/v2/users", user).await.is(201);
    }
    let found = names(&ana, "?query=xav").await;
    assert_eq!(found.len(), 10);
    assert_eq!((found[0].as_str(), found[9].as_str()), ("Xaver 00", "Xaver 09"));
    // Somebody in two common organizations comes once.
    let second = json!({"organization": {"name": "Second"}});
    let second = app.agent().post("/api/v2/organizations", second).await.is(201);
    for id in [&me["user"]["id"], &json!(app.ben().id().await)] {
        let body = json!({"organization_membership":
            {"user_id": id, "organization_id": second["organization"]["id"]}});
        app.agent().post("/api/v2/organization_memberships", body).await.is(201);
    }
    assert_eq!(names(&ana, "?query=ben").await, ["Ben Okoro"]);
    let nothing: Value = json!({"people": []});
    let wrong = ana.get("/api/handrail/v1/people?query=nobody").await.is(200);
    assert_eq!(wrong, nothing);
}
