//! `GET /api/v2/users/search` and `/users/autocomplete`.

use crate::app::App;
use serde_json::json;

/// Names of those whom a call finds: `search` or `autocomplete`, a key and its value.
async fn found(app: &App, call: &str, key: &str, value: &str) -> Vec<String> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair(key, value).finish();
    let page = app.agent().get(&format!("/api/v2/users/{call}?{query}")).await.is(200);
    let users = page["users"].as_array().unwrap().clone();
    users.iter().map(|user| user["name"].as_str().unwrap().to_owned()).collect()
}

async fn search(app: &App, query: &str) -> Vec<String> {
    found(app, "search.json", "query", query).await
}

async fn people(app: &App) {
    for (name, email, more) in [
        ("Zoë Ångström", "zoe@north.example", json!({"external_id": "crm 7-a", "tags": ["vip"]})),
        ("Zoe Other", "other@south.example", json!({"suspended": true})),
        ("山田太郎", "yamada@north.example", json!({"organization": {"name": "North"}})),
    ] {
        let mut user = json!({"name": name, "email": email});
        user.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        app.agent().post("/api/v2/users", json!({"user": user})).await.is(201);
    }
}

#[tokio::test]
async fn people_are_found_by_beginnings_of_words_in_any_case_and_with_or_without_accents() {
    let app = App::new().await;
    people(&app).await;
    assert_eq!(search(&app, "ZOE").await, ["Zoë Ångström", "Zoe Other"]);
    assert_eq!(search(&app, "zo angstr").await, ["Zoë Ångström"]);
    assert_eq!(search(&app, "zoe@north.ex").await, ["Zoë Ångström"]);
    assert_eq!(search(&app, "north.example").await, ["Zoë Ångström", "山田太郎"]);
    assert_eq!(search(&app, "山田").await, ["山田太郎"]);
    assert_eq!(search(&app, "\"crm 7\"").await, ["Zoë Ångström"]);
    assert_eq!(found(&app, "search", "external_id", "crm 7-a").await, ["Zoë Ångström"]);
    assert_eq!(found(&app, "search", "external_id", "nobody").await, [""; 0]);
    assert_eq!(search(&app, "angstrom zoe other").await, [""; 0]);
    assert_eq!(search(&app, "*").await.len(), 4);
    let page = app.agent().get("/api/v2/users/search?query=zoe&per_page=1").await.is(200);
    assert_eq!((&page["count"], page["users"].as_array().unwrap().len()), (&json!(2), 1));
    assert!(page["next_page"].as_str().unwrap().contains("query=zoe"));
}

#[tokio::test]
async fn operators_narrow_a_search() {
    let app = App::new().await;
    people(&app).await;
    for (query, names) in [
        ("email:zoe@north.example", vec!["Zoë Ångström"]),
        ("email:north", vec!["Zoë Ångström", "山田太郎"]),
        ("name:other", vec!["Zoe Other"]),
        ("role:agent", vec!["Mia"]),
        ("role:agent zoe", vec![]),
        ("type:user role:end-user tags:VIP", vec!["Zoë Ångström"]),
        ("type:organization", vec![]),
        ("organization:North", vec!["山田太郎"]),
        ("organization:North zoe", vec![]),
        ("organization:Nowhere", vec![]),
        ("is:suspended", vec!["Zoe Other"]),
        ("external_id:\"crm 7-a\"", vec!["Zoë Ångström"]),
        ("created<2026-01-01", vec![]),
        ("role:agent created>2026-01-01", vec!["Mia"]),
        ("phone:12", vec![]),
    ] {
        assert_eq!(search(&app, query).await, names, "{query}");
    }
    let agent = app.agent();
    for query in ["-zoe", "created:yesterday", &"x".repeat(2049)] {
        let body = agent.get(&format!("/api/v2/users/search?query={query}")).await.is(422);
        assert_eq!(body["error"], "invalid");
    }
    let words = vec!["w"; 21].join("+");
    agent.get(&format!("/api/v2/users/search?query={words}")).await.is(406);
    for hostile in ["\"", "NEAR(", "name:*", "{name}:x", "a\" OR b", "\u{0}", "^a", "o1"] {
        search(&app, hostile).await;
    }
}

#[tokio::test]
async fn autocomplete_looks_at_names_alone() {
    let app = App::new().await;
    people(&app).await;
    assert_eq!(found(&app, "autocomplete.json", "name", "zo").await, ["Zoë Ångström", "Zoe Other"]);
    assert_eq!(found(&app, "autocomplete", "name", "north").await, [""; 0]);
    assert_eq!(found(&app, "autocomplete", "x", "").await, [""; 0]);
    assert_eq!(found(&app, "autocomplete", "name", "\"*").await, [""; 0]);
}

#[tokio::test]
async fn who_changes_is_found_by_what_they_are_now() {
    let app = App::new().await;
    app.by(&app.claims("ana", "Ana Ruiz")).get("/api/v2/requests").await.is(200);
    assert_eq!(search(&app, "ruiz").await, ["Ana Ruiz"]);
    app.by(&app.claims("ana", "Ana Okoro")).get("/api/v2/requests").await.is(200);
    assert_eq!(search(&app, "ruiz").await, [""; 0]);
    assert_eq!(search(&app, "okoro").await, ["Ana Okoro"]);
}
