//! `POST /api/v2/users`, `POST /api/v2/users/create_or_update`, `PUT /api/v2/users/{id}`.

use crate::app::{App, BASE};
use serde_json::{Value, json};

const USERS: &str = "/api/v2/users";

fn problem(body: &Value, field: &str) -> String {
    body["details"][field][0]["error"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_agent_makes_somebody_and_reads_all_of_them() {
    let app = App::new().await;
    let user = json!({"user": {"name": "Eva Lind", "email": "EVA@acme.example", "phone": "+49 30 1",
        "external_id": "crm-7", "details": "Prefers mail.", "notes": "Pays late.",
        "tags": ["VIP", "beta tester", "vip"], "role": "end-user", "verified": true,
        "ticket_restriction": "organization", "shared_comments": true, "user_fields": {"x": 1}}});
    let answer = app.agent().post(USERS, user).await;
    let made = answer.is(201)["user"].clone();
    let id = made["id"].as_i64().unwrap();
    assert_eq!(answer.header("location"), Some(format!("{BASE}/api/v2/users/{id}.json").as_str()));
    insta::assert_json_snapshot!(made, @r#"
    {
      "active": true,
      "alias": null,
      "created_at": "2026-03-02T08:14:05Z",
      "details": "Prefers mail.",
      "email": "eva@acme.example",
      "external_id": "crm-7",
      "iana_time_zone": null,
      "id": 2,
      "locale": null,
      "name": "Eva Lind",
      "notes": "Pays late.",
      "organization_id": null,
      "phone": "+49 30 1",
      "photo": null,
      "role": "end-user",
      "shared_comments": true,
      "suspended": false,
      "tags": [
        "beta",
        "tester",
        "vip"
      ],
      "ticket_restriction": "organization",
      "time_zone": null,
      "updated_at": "2026-03-02T08:14:05Z",
      "url": "https://support.example.com/api/v2/users/2.json",
      "user_fields": {},
      "verified": true
    }
    "#);
    let shown = app.agent().get(&format!("{USERS}/{id}.json")).await.is(200);
    assert_eq!(shown["user"], made);
}

#[tokio::test]
async fn values_that_do_not_pass_are_named() {
    let app = App::new().await;
    let agent = app.agent();
    let long = "x".repeat(256);
    let note = "x".repeat(4097);
    let many: Vec<String> = (0..201).map(|tag| tag.to_string()).collect();
    for (field, code, change) in [
        ("name", "BlankValue", json!({"email": "a@b.example"})),
        ("name", "BlankValue", json!({"email": "a@b.example", "name": " "})),
        ("name", "InvalidValue", json!({"email": "a@b.example", "name": "\u{202e}\u{7}"})),
        ("name", "InvalidValue", json!({"email": "a@b.example", "name": long})),
        ("email", "BlankValue", json!({"name": "A"})),
        ("email", "InvalidValue", json!({"name": "A", "email": "nobody"})),
        ("email", "DuplicateValue", json!({"name": "A", "email": "MIA@support.example"})),
        (
            "external_id",
            "InvalidValue",
            json!({"name": "A", "email": "a@b.example",
            "external_id": "\u{1f}7"}),
        ),
        ("role", "InvalidValue", json!({"name": "A", "email": "a@b.example", "role": "owner"})),
        (
            "ticket_restriction",
            "InvalidValue",
            json!({"name": "A", "email": "a@b.example",
            "ticket_restriction": "groups"}),
        ),
        (
            "organization_id",
            "InvalidValue",
            json!({"name": "A", "email": "a@b.example",
            "organization_id": 99}),
        ),
        ("notes", "TooLong", json!({"name": "A", "email": "a@b.example", "notes": note})),
        ("phone", "TooLong", json!({"name": "A", "email": "a@b.example", "phone": "1".repeat(65)})),
        ("tags", "TooManyValues", json!({"name": "A", "email": "a@b.example", "tags": many})),
        ("name", "InvalidValue", json!({"name": 7})),
        ("tags", "InvalidValue", json!({"tags": "vip"})),
    ] {
        let body = agent.post(USERS, json!({"user": change.clone()})).await.is(422);
        assert_eq!(problem(&body, field), code, "{change}: {body}");
    }
    agent.post(USERS, json!({})).await.is(422);
    let all = agent.get(USERS).await.is(200);
    assert_eq!(all["count"], 1, "nothing was left of what was refused");
}

#[tokio::test]
async fn a_change_keeps_what_it_does_not_name_and_null_takes_away() {
    let app = App::new().await;
    let agent = app.agent();
    let user = json!({"user": {"name": "Eva", "email": "eva@acme.example", "phone": "1",
        "notes": "n", "external_id": "crm-7", "tags": ["a"]}});
    let id = agent.post(USERS, user).await.is(201)["user"]["id"].clone();
    app.advance(60);
    let path = format!("{USERS}/{id}");
    let same = agent.put(&path, json!({"user": {"id": 1, "name": "Eva"}})).await.is(200);
    assert_eq!(same["user"]["updated_at"], "2026-03-02T08:14:05Z");
    let change = json!({"user": {"name": "Eva\r\nLind", "phone": null, "external_id": null,
        "ticket_restriction": "organization"}});
    let user = agent.put(&path, change).await.is(200)["user"].clone();
    assert_eq!(user["name"], "Eva Lind");
    assert_eq!((&user["phone"], &user["external_id"]), (&Value::Null, &Value::Null));
    assert_eq!((&user["notes"], &user["tags"]), (&json!("n"), &json!(["a"])));
    assert_eq!(user["updated_at"], "2026-03-02T08:15:05Z");
    assert_eq!(user["shared_comments"], false);
    let change = json!({"user": {"shared_comments": true}});
    let user = agent.put(&path, change).await.is(200)["user"].clone();
    assert_eq!(user["ticket_restriction"], "organization");
    assert_eq!(user["shared_comments"], true);
    let change = json!({"user": {"ticket_restriction": "requested"}});
    let user = agent.put(&path, change).await.is(200)["user"].clone();
    assert_eq!(user["shared_comments"], false);
    agent.put(&format!("{USERS}/999"), json!({"user": {}})).await.is(404);
}

#[tokio::test]
async fn create_or_update_finds_by_the_hosts_id_and_by_address() {
    let app = App::new().await;
    let agent = app.agent();
    let path = "/api/v2/users/create_or_update.json";
    let user =
        json!({"user": {"name": "Eva", "email": "eva@acme.example", "external_id": "crm-7"}});
    let id = agent.post(path, user.clone()).await.is(201)["user"]["id"].clone();
    let again = agent.post(path, user).await;
    assert_eq!(again.is(200)["user"]["id"], id);
    assert_eq!(again.header("location"), None);
    let moved = json!({"user": {"email": "eva@new.example", "external_id": "crm-7"}});
    let moved = agent.post(path, moved).await.is(200)["user"].clone();
    assert_eq!((&moved["id"], &moved["email"]), (&id, &json!("eva@new.example")));
    let named = json!({"user": {"name": "Eva Lind", "email": "eva@new.example"}});
    let named = agent.post(path, named).await.is(200)["user"].clone();
    assert_eq!((&named["id"], &named["external_id"]), (&id, &json!("crm-7")));

    // The person whom the id names has not the address: that is another's.
    agent.post(USERS, json!({"user": {"name": "Ben", "email": "ben@acme.example"}})).await.is(201);
    let taken = json!({"user": {"email": "ben@acme.example", "external_id": "crm-7"}});
    let body = agent.post(path, taken).await.is(422);
    assert_eq!(problem(&body, "email"), "DuplicateValue");
}

#[tokio::test]
async fn who_works_for_the_vendor_is_for_admins_to_say() {
    let app = App::new().await;
    let (agent, admin) = (app.agent(), app.admin().await);
    for role in ["agent", "admin"] {
        let user = json!({"user": {"name": "Eva", "email": "eva@acme.example", "role": role}});
        agent.post(USERS, user).await.is(403);
    }
    let user = json!({"user": {"name": "Eva", "email": "eva@support.example", "role": "agent"}});
    let eva = admin.post(USERS, user).await.is(201)["user"].clone();
    assert_eq!((&eva["role"], &eva["ticket_restriction"]), (&json!("agent"), &Value::Null));
    let path = format!("{USERS}/{}", eva["id"]);
    for change in [
        json!({"name": "Eve"}),
        json!({"email": "eve@evil.example"}),
        json!({"role": "end-user"}),
        json!({"suspended": true}),
        json!({"external_id": "host-eve"}),
    ] {
        agent.put(&path, json!({"user": change})).await.is(403);
    }
    agent.delete(&path).await.is(403);
    // Of themselves agents say how they are called, and no more.
    let me = format!("{USERS}/{}", agent.id().await);
    let mia = agent.put(&me, json!({"user": {"name": "Mia S.", "role": "agent"}})).await.is(200);
    assert_eq!(mia["user"]["name"], "Mia S.");
    agent.put(&me, json!({"user": {"email": "other@support.example"}})).await.is(403);
    agent.put(&me, json!({"user": {"role": "admin"}})).await.is(403);
    // Nobody saws at the branch they sit on.
    let me = format!("{USERS}/{}", admin.id().await);
    admin.put(&me, json!({"user": {"role": "end-user"}})).await.is(422);
    admin.put(&me, json!({"user": {"suspended": true}})).await.is(422);
    admin.delete(&me).await.is(422);
}

#[tokio::test]
async fn an_agent_who_becomes_an_end_user_has_no_token_any_more() {
    let app = App::new().await;
    let (agent, admin) = (app.agent(), app.admin().await);
    let path = format!("{USERS}/{}", agent.id().await);
    admin.put(&path, json!({"user": {"role": "end-user"}})).await.is(200);
    agent.get("/api/v2/users").await.is(401);
    admin.put(&path, json!({"user": {"role": "agent"}})).await.is(200);
    agent.get("/api/v2/users").await.is(401);
}

#[tokio::test]
async fn nobody_calls_in_the_name_of_somebody_suspended() {
    let app = App::new().await;
    let (ana, admin) = (app.ana(), app.admin().await);
    let id = ana.id().await;
    admin.put(&format!("{USERS}/{id}"), json!({"user": {"suspended": true}})).await.is(200);
    let body = ana.get("/api/v2/requests").await.is(401);
    assert_eq!(body["error_description"], "The token's person has been suspended");
    // Nor by saying something new.
    let mut claims = app.claims("ana", "Ana the Second");
    claims.email = "second@customer.example".to_owned();
    app.by(&claims).get("/api/v2/requests").await.is(401);
    assert_eq!(ana.get("/api/v2/users/me").await.is(200)["user"]["id"], Value::Null);
    let shown = admin.get(&format!("{USERS}/{id}")).await.is(200)["user"].clone();
    assert_eq!((&shown["suspended"], &shown["name"]), (&json!(true), &json!("Ana Ruiz")));
    admin.put(&format!("{USERS}/{id}"), json!({"user": {"suspended": false}})).await.is(200);
    ana.get("/api/v2/requests").await.is(200);

    let agent = app.agent();
    let mia = agent.id().await;
    admin.put(&format!("{USERS}/{mia}"), json!({"user": {"suspended": true}})).await.is(200);
    agent.get(USERS).await.is(401);
    admin.put(&format!("{USERS}/{mia}"), json!({"user": {"suspended": false}})).await.is(200);
    agent.get(USERS).await.is(200);
}

#[tokio::test]
async fn somebody_whom_an_agent_made_is_the_person_who_comes_with_the_address() {
    let app = App::new().await;
    let user = json!({"user": {"name": "Ana", "email": "ana@customer.example",
        "organization": {"name": "Umbrella"}, "ticket_restriction": "organization"}});
    let made = app.agent().post(USERS, user).await.is(201)["user"].clone();
    assert!(made["organization_id"].is_i64());
    let me = app.by(&app.claims("ana", "Ana Ruiz")).get("/api/v2/users/me").await.is(200);
    let me = &me["user"];
    assert_eq!((&me["id"], &me["name"]), (&made["id"], &json!("Ana Ruiz")));
    assert_eq!(me["organization_id"], made["organization_id"]);
    assert_eq!(me["ticket_restriction"], "organization");
    assert_eq!(me["external_id"], "host-ana");
}

#[tokio::test]
async fn end_users_make_and_change_nobody() {
    let app = App::new().await;
    let ana = app.ana();
    let me = format!("{USERS}/{}", ana.id().await);
    let user = json!({"user": {"name": "Eva", "email": "eva@acme.example", "role": "admin"}});
    ana.post(USERS, user.clone()).await.is(403);
    ana.post("/api/v2/users/create_or_update", user.clone()).await.is(403);
    ana.put(&me, user.clone()).await.is(403);
    ana.delete(&me).await.is(403);
    app.anonymous().post(USERS, user.clone()).await.is(401);
    // An agent who comes through a host's product is an end user there.
    let mut claims = app.claims("mia", "Mia");
    claims.email = "mia@support.example".to_owned();
    app.by(&claims).post(USERS, user).await.is(403);
    app.by(&claims).get(USERS).await.is(403);
}
