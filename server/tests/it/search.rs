//! `GET /api/v2/search`, `…/search/count` and `…/search/export`: search for agents.

use crate::app::{App, follow, ids};
use handrail_server::{jobs::merge_texts, store::sqlite::query_scalar};
use serde_json::{Value, json};

async fn put(app: &App, id: i64, ticket: Value) {
    app.agent().put(&format!("/api/v2/tickets/{id}"), json!({"ticket": ticket})).await.is(200);
}

async fn found(app: &App, query: &str) -> Vec<i64> {
    ids(&app.agent().get(&format!("/api/v2/search.json?{query}")).await.is(200)["results"])
}

async fn counted(app: &App, query: &str) -> Value {
    app.agent().get(&format!("/api/v2/search/count.json?{query}")).await.is(200)
}

#[tokio::test]
async fn agents_find_everybodys_tickets_by_words_notes_and_operators() {
    let app = App::new().await;
    let one = app.ana().create("Crawler stuck", json!({"priority": "high"})).await;
    let two = app.stranger().create("Login fails", json!({"type": "question"})).await;
    let note = json!({"comment": {"body": "a plum", "public": false}, "tags": ["vip"],
        "assignee_email": "mia@support.example", "external_id": "CRM-1"});
    put(&app, one, note).await;
    for (query, expected) in [
        ("query=crawler", vec![one]),
        ("query=plum", vec![one]),
        ("query=-plum+login", vec![two]),
        ("query=type:ticket+status%3Cpending&sort_by=created_at&sort_order=asc", vec![one, two]),
        ("query=tags:vip", vec![one]),
        ("query=external_id:CRM-1", vec![one]),
        ("query=assignee:me", vec![one]),
        ("query=assignee:none", vec![two]),
        ("query=requester:ana@customer.example%20priority:high", vec![one]),
        ("query=requester:%22Sam+Stranger%22", vec![two]),
        ("query=organization:Globex", vec![two]),
        ("query=type:question", vec![two]),
        ("query=type:ticket%20created%3E2026-01-01%20created%3C2026-03-01", vec![]),
        ("query=&sort_by=created_at&sort_order=asc", vec![one, two]),
        ("sort_by=priority", vec![one, two]),
        ("query=type:ticket&filter[type]=ticket&sort_by=priority&sort_order=asc", vec![two, one]),
    ] {
        assert_eq!(found(&app, query).await, expected, "{query}");
        let counting: Vec<&str> = query.split('&').filter(|pair| !pair.contains("sort")).collect();
        let count = counted(&app, &counting.join("&")).await;
        assert_eq!(count, json!({"count": expected.len()}), "{query}");
    }
}

#[tokio::test]
async fn each_hit_says_what_it_is() {
    let app = App::new().await;
    let id = app.ana().create("Crawler", json!({})).await;
    let answer = app.agent().get("/api/v2/search?query=crawler").await.is(200);
    let hit = &answer["results"][0];
    assert_eq!(hit["result_type"], "ticket");
    let mut shown =
        app.agent().get(&format!("/api/v2/tickets/{id}")).await.is(200)["ticket"].clone();
    shown["result_type"] = json!("ticket");
    assert_eq!(*hit, shown);
    assert_eq!(answer["count"], 1);

    let people = app.agent().get("/api/v2/search?query=type:user%20ana").await.is(200);
    assert_eq!(people["results"][0]["result_type"], "user");
    assert_eq!(people["results"][0]["email"], "ana@customer.example");
    assert_eq!(people["count"], 1);
    let one = "/api/v2/search?query=type:user%20email:mia@support.example";
    assert_eq!(app.agent().get(one).await.is(200)["results"][0]["name"], "Mia");
    let customers = app.agent().get("/api/v2/search?query=type:organization%20ac").await.is(200);
    assert_eq!(customers["results"][0]["result_type"], "organization");
    assert_eq!(customers["results"][0]["name"], "Acme");
    assert_eq!(counted(&app, "query=type:organization").await, json!({"count": 1}));
    assert_eq!(counted(&app, "query=type:user%20nobody").await, json!({"count": 0}));
    assert_eq!(counted(&app, "query=type:user%20system").await, json!({"count": 0}));
}

#[tokio::test]
async fn people_and_clocks_come_beside_tickets_when_asked_for() {
    let app = App::new().await;
    app.ana().create("Crawler", json!({})).await;
    let path = "/api/v2/search?query=crawler&include=";
    let of = async |include: &str| app.agent().get(&format!("{path}{include}")).await.is(200);
    for none in ["None", "users(tickets)", "organizations(users)"] {
        let answer = of(none).await;
        assert!(answer.get("users").is_none(), "{none}");
        assert!(answer["results"][0].get("slas").is_none(), "{none}");
    }
    let both = of("organizations(users),tickets(users,slas)").await;
    assert_eq!(both["users"][0]["email"], "ana@customer.example");
    assert_eq!(both["results"][0]["slas"]["policy_metrics"][0]["metric"], "first_reply_time");
    let clocks = of("tickets(slas)").await;
    assert!(clocks.get("users").is_none() && clocks["results"][0].get("slas").is_some());
}

#[tokio::test]
async fn a_search_has_pages_by_number_up_to_the_thousandth_hit() {
    let app = App::new().await;
    for n in 0..3 {
        app.ana().create(&format!("Crawler {n}"), json!({})).await;
    }
    let path = "/api/v2/search.json?query=crawler&per_page=2&sort_by=created_at&sort_order=asc";
    let first = app.agent().get(path).await.is(200);
    assert_eq!(first["count"], 3);
    let second = app.agent().get(&follow(&first["next_page"])).await.is(200);
    assert_eq!(second["results"].as_array().unwrap().len(), 1);
    assert_eq!(second["next_page"], json!(null));
    let back = app.agent().get(&follow(&second["previous_page"])).await.is(200);
    assert_eq!(back["results"], first["results"]);
    app.agent().get("/api/v2/search?query=x&per_page=100&page=10").await.is(200);
    let beyond = app.agent().get("/api/v2/search?query=x&per_page=100&page=11").await.is(422);
    assert_eq!(beyond["error"], "invalid");
    let words = (0..21).map(|word| word.to_string()).collect::<Vec<_>>().join("+");
    app.agent().get(&format!("/api/v2/search?query={words}")).await.is(406);
    app.agent().get(&format!("/api/v2/search/export?query={words}")).await.is(406);
    app.agent().get("/api/v2/search?query=created:never").await.is(422);
}

#[tokio::test]
async fn an_export_hands_out_everything_page_after_page_and_back() {
    let app = App::new().await;
    let mut made = Vec::new();
    for n in 0..5 {
        made.push(app.ana().create(&format!("Crawler {n}"), json!({})).await);
    }
    made.reverse();
    for query in ["crawler", "type:ticket", "requester:ana@customer.example+crawler"] {
        let mut path =
            format!("/api/v2/search/export.json?query={query}&filter[type]=ticket&page[size]=2");
        let mut seen = Vec::new();
        let back = loop {
            let page = app.agent().get(&path).await.is(200);
            assert!(page.get("count").is_none());
            assert_eq!(page["results"][0]["result_type"], "ticket");
            seen.extend(ids(&page["results"]));
            if page["links"]["next"].is_null() {
                assert_eq!(page["meta"]["has_more"], false);
                break follow(&page["links"]["prev"]);
            }
            path = follow(&page["links"]["next"]);
        };
        assert_eq!(seen, made, "{query}");
        let page = app.agent().get(&back).await.is(200);
        assert_eq!(ids(&page["results"]), made[2..4], "{query}");
    }
    let path = "/api/v2/search/export?query=a*&filter[type]=user&page[size]=100";
    let people = app.agent().get(path).await.is(200);
    assert_eq!(people["results"][0]["result_type"], "user");
    let whole = app.agent().get("/api/v2/search/export?query=crawler").await.is(200);
    assert_eq!(ids(&whole["results"]), made);
    app.agent().get("/api/v2/search/export?query=x&page[after]=!").await.is(400);
}

#[tokio::test]
async fn words_are_found_all_the_same_once_the_index_is_merged() {
    let app = App::new().await;
    for n in 0..12 {
        app.ana().create(&format!("Crawler {n}"), json!({})).await;
    }
    let segments = async || {
        let mut read = app.state.store.read().await.unwrap();
        let sql = "SELECT COUNT(DISTINCT segid) FROM request_texts_idx";
        let count: i64 = query_scalar(sql).fetch_one(&mut read).await.unwrap();
        count
    };
    let before = (segments().await, found(&app, "query=crawler").await);
    assert!(merge_texts(&app.state, 100).await.unwrap());
    let after = (segments().await, found(&app, "query=crawler").await);
    assert!(after.0 < before.0, "{} segments, then {}", before.0, after.0);
    assert_eq!((after.1.len(), &after.1), (12, &before.1));
    // Nothing is left to do, and nothing is written for that.
    let commits = *app.state.store.commits().borrow();
    assert!(merge_texts(&app.state, 100).await.unwrap());
    assert_eq!(*app.state.store.commits().borrow(), commits);
}
