//! `GET /api/v2/users`, `/users/count`, `/users/{id}`, `/end_users/{id}`.

use crate::app::{App, follow, ids};
use serde_json::{Value, json};

async fn made(app: &App, names: &[&str]) -> Vec<i64> {
    let mut all = Vec::new();
    for name in names {
        let email = format!("{}@acme.example", name.to_lowercase());
        let user = json!({"user": {"name": name, "email": email}});
        let body = app.agent().post("/api/v2/users.json", user).await.is(201);
        all.push(body["user"]["id"].as_i64().unwrap());
    }
    all
}

#[tokio::test]
async fn pages_by_number_and_by_cursor_show_everybody_once() {
    let app = App::new().await;
    let agent = app.agent();
    let mut all = vec![agent.id().await];
    all.extend(made(&app, &["A", "B", "C", "D"]).await);
    for start in ["/api/v2/users.json?per_page=2", "/api/v2/users.json?page%5Bsize%5D=2"] {
        let (mut seen, mut next) = (Vec::new(), start.to_owned());
        loop {
            let page = agent.get(&next).await.is(200);
            seen.extend(ids(&page["users"]));
            let link =
                if page["links"].is_object() { &page["links"]["next"] } else { &page["next_page"] };
            if link.is_null() {
                break;
            }
            next = follow(link);
        }
        assert_eq!(seen, all, "{start}");
    }
    let back = agent.get("/api/v2/users?page[size]=2").await.is(200);
    let second = agent.get(&follow(&back["links"]["next"])).await.is(200);
    let first = agent.get(&follow(&second["links"]["prev"])).await.is(200);
    assert_eq!(first["users"], back["users"]);
}

#[tokio::test]
async fn roles_filter_in_every_spelling() {
    let app = App::new().await;
    let admin = app.admin().await;
    made(&app, &["Eva"]).await;
    let names = async |query: &str| {
        let page = admin.get(&format!("/api/v2/users{query}")).await.is(200);
        let users = page["users"].as_array().unwrap().clone();
        users.iter().map(|user| user["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("?role=end-user").await, ["Eva"]);
    assert_eq!(names("?role=agent,admin").await, ["Mia", "Ada"]);
    assert_eq!(names("?role%5B%5D=admin").await, ["Ada"]);
    assert_eq!(names("?role[]=end-user&role[]=admin").await, ["Ada", "Eva"]);
    assert_eq!(names("?role=nonsense&include=None").await.len(), 3);
    let count = admin.get("/api/v2/users/count.json?role=agent").await.is(200);
    assert_eq!(count["count"], json!({"value": 1, "refreshed_at": "2026-03-02T08:14:05Z"}));
}

#[tokio::test]
async fn end_users_see_themselves_and_what_agents_note_is_not_theirs() {
    let app = App::new().await;
    let (ana, ben) = (app.ana(), app.ben());
    let (a, b) = (ana.id().await, ben.id().await);
    let notes = json!({"user": {"notes": "Pays late.", "details": "d", "tags": ["vip"]}});
    app.agent().put(&format!("/api/v2/users/{a}"), notes).await.is(200);
    let me = ana.get(&format!("/api/v2/users/{a}.json")).await.is(200)["user"].clone();
    assert_eq!((&me["name"], &me["email"]), (&json!("Ana Ruiz"), &json!("ana@customer.example")));
    assert_eq!(
        (&me["notes"], &me["details"], &me["tags"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    let me = ana.get(&format!("/api/v2/end_users/{a}.json")).await.is(200)["user"].clone();
    assert_eq!((me.get("notes"), &me["tags"]), (None, &json!([])));
    let mine = ana.get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!((mine.get("notes"), &mine["tags"]), (None, &json!([])));

    let missing = ana.get("/api/v2/users/999").await.is(404);
    for path in ["users", "end_users"] {
        assert_eq!(ana.get(&format!("/api/v2/{path}/{b}")).await.is(404), missing);
        app.anonymous().get(&format!("/api/v2/{path}/{b}")).await.is(401);
    }
    ana.get("/api/v2/users/x").await.is(404);
    for path in ["", "/count", "/search?query=ben", "/autocomplete?name=ben"] {
        ana.get(&format!("/api/v2/users{path}")).await.is(403);
    }
    let seen = app.agent().get(&format!("/api/v2/end_users/{b}")).await.is(200);
    assert_eq!(seen["user"]["name"], "Ben Okoro");
}
