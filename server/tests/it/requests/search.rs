//! `GET /api/v2/requests/search`: words, operators, and among what is searched.

use crate::app::{App, Client, ids};
use serde_json::{Value, json};

fn encoded(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn search(client: &Client, query: &str) -> Value {
    client.get(&format!("/api/v2/requests/search?query={}", encoded(query))).await.is(200)
}

async fn found(client: &Client, query: &str) -> Vec<i64> {
    let mut found = ids(&search(client, query).await["requests"]);
    found.sort_unstable();
    found
}

const NONE: [i64; 0] = [];

#[tokio::test]
async fn words_are_found_in_subjects_comments_and_names() {
    let app = App::new().await;
    let ana = app.ana();
    let one =
        ana.create("Crawler stuck", json!({"comment": {"body": "Since Monday, at twelve"}})).await;
    let two = ana.create("Login fails", json!({})).await;
    let said = json!({"ticket": {"comment": {"body": "We restarted the indexer"}}});
    app.agent().put(&format!("/api/v2/tickets/{two}"), said).await.is(200);
    assert_eq!(found(&ana, "crawler").await, [one]);
    assert_eq!(found(&ana, "CRÁWLER monday").await, [one]);
    assert_eq!(found(&ana, "indexer").await, [two]);
    assert_eq!(found(&ana, "mia").await, [two]);
    assert_eq!(found(&ana, "ruiz").await, [one, two]);
    assert_eq!(found(&ana, "crawler indexer").await, NONE);
    assert_eq!(found(&ana, "\"stuck crawler\"").await, NONE);
    assert_eq!(found(&ana, "\"crawler stuck\"").await, [one]);
    assert_eq!(found(&ana, "craw*").await, [one]);
    assert_eq!(found(&ana, "ruiz -crawler").await, [two]);
    assert_eq!(found(&ana, &one.to_string()).await, [one]);
    assert_eq!(found(&ana, "*").await, [one, two]);
    assert_eq!(found(&ana, "subject:indexer").await, NONE);
    assert_eq!(found(&ana, "description:indexer").await, [two]);
}

#[tokio::test]
async fn words_of_scripts_without_spaces_are_found() {
    let app = App::new().await;
    let id = app.ana().create("検索が動かない", json!({"comment": {"body": "昨日から"}})).await;
    assert_eq!(found(&app.ana(), "動か").await, [id]);
    assert_eq!(found(&app.ana(), "昨日").await, [id]);
    assert_eq!(found(&app.ana(), "日昨").await, NONE);
}

#[tokio::test]
async fn private_notes_are_neither_found_nor_counted() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let note = json!({"ticket": {"comment": {"body": "zebra", "public": false}}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), note).await.is(200);
    for query in ["zebra", "zeb*", "description:zebra", "\"zebra\""] {
        let answer = search(&app.ana(), query).await;
        assert_eq!((&answer["requests"], &answer["count"]), (&json!([]), &json!(0)), "{query}");
    }
    // Nor does a note give itself away by what it takes from a search.
    assert_eq!(found(&app.ana(), "one -zebra").await, [id]);
    assert_eq!(found(&app.ana(), "mia").await, NONE);
}

#[tokio::test]
async fn only_what_the_caller_may_see_is_searched() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let with_ben = app.ana().create("Crawler with Ben", copy).await;
    let alone = app.ana().create("Crawler alone", json!({})).await;
    assert_eq!(found(&app.ana(), "crawler").await, [with_ben, alone]);
    assert_eq!(found(&app.ben(), "crawler").await, [with_ben]);
    assert_eq!(found(&app.stranger(), "crawler").await, NONE);
    // Staff search as end users here, among their own.
    assert_eq!(found(&app.agent(), "crawler").await, NONE);
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    for query in [format!("requester:{ana}"), "requester:ana@customer.example".to_owned()] {
        assert_eq!(found(&app.stranger(), &query).await, NONE, "{query}");
        assert_eq!(found(&app.ben(), &query).await, [with_ben], "{query}");
    }
    app.anonymous().get("/api/v2/requests/search?query=crawler").await.is(401);
    // Copied no more, found no more.
    let uncopy = json!({"request": {"email_ccs": [
        {"user_email": "ben@customer.example", "action": "delete"}]}});
    app.ana().put(&format!("/api/v2/requests/{with_ben}"), uncopy).await.is(200);
    assert_eq!(found(&app.ben(), "crawler").await, NONE);
}

#[tokio::test]
async fn operators_narrow_and_order() {
    let app = App::new().await;
    let ana = app.ana();
    let mut made = Vec::new();
    for priority in ["urgent", "high", "normal", "low"] {
        made.push(ana.create(&format!("A {priority} one"), json!({"priority": priority})).await);
        app.advance(86_400);
    }
    let [urgent, high, normal, low] = made[..] else { panic!("four were made") };
    let change = json!({"ticket": {"status": "pending", "assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{high}"), change).await.is(200);
    for (query, expected) in [
        ("priority:high", vec![high]),
        ("priority>normal", vec![urgent, high]),
        ("priority<=normal", vec![normal, low]),
        ("status:new status:open", vec![urgent, normal, low]),
        ("status<solved", vec![urgent, high, normal, low]),
        ("status>open", vec![high]),
        ("-status:new", vec![high]),
        ("status:nonsense", vec![]),
        ("created>2026-03-03", vec![normal, low]),
        ("created>=2026-03-03", vec![high, normal, low]),
        ("created<2026-03-03", vec![urgent]),
        ("created:2026-03-03", vec![high]),
        ("created>2days", vec![low]),
        ("updated>2026-03-05", vec![high]),
        ("requester:me", vec![urgent, high, normal, low]),
        ("assignee:none", vec![urgent, normal, low]),
        ("assignee:mia@support.example", vec![high]),
        ("requester:nobody@customer.example", vec![]),
        ("type:ticket priority:low", vec![low]),
        ("type:user", vec![]),
        ("one priority:low", vec![low]),
        ("requester:\"ana ruiz\" priority:low", vec![low]),
    ] {
        assert_eq!(found(&ana, query).await, expected, "{query}");
    }
    for (query, expected) in [
        ("order_by:created_at sort:asc", [urgent, high, normal, low]),
        ("order_by:created_at sort:desc", [low, normal, high, urgent]),
        ("order_by:updated_at sort:asc", [urgent, normal, low, high]),
        ("order_by:priority sort:desc", [urgent, high, normal, low]),
        ("one order_by:created_at sort:asc", [urgent, high, normal, low]),
    ] {
        assert_eq!(ids(&search(&ana, query).await["requests"]), expected, "{query}");
    }
    let by_keys = ana
        .get("/api/v2/requests/search?query=*&sort_by=created_at&sort_order=asc&status=new")
        .await;
    assert_eq!(ids(&by_keys.is(200)["requests"]), [urgent, normal, low]);
}

#[tokio::test]
async fn what_has_the_words_in_its_subject_comes_first_and_then_the_newer() {
    let app = App::new().await;
    let ana = app.ana();
    let body = |text: &str| json!({"comment": {"body": text}});
    let subject = ana.create("Crawler", body("Long. ".repeat(500).as_str())).await;
    let text = ana.create("Other", body("The crawler, the crawler, the crawler")).await;
    let newer = ana.create("Another", body("A crawler, too, and much else")).await;
    let found = ids(&search(&ana, "crawler").await["requests"]);
    assert_eq!(found, [subject, newer, text]);
    // By name and word, only the word can stand in the subject.
    let found = ids(&search(&ana, "crawler requester:\"ana ruiz\"").await["requests"]);
    assert_eq!(found, [subject, newer, text]);
}

#[tokio::test]
async fn a_portal_asks_for_its_tabs_as_it_does_of_zendesk() {
    let app = App::new().await;
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
    let mine = app.ana().create("Mine", copy).await;
    let theirs = app.ben().create("Theirs", json!({})).await;
    let path = "/api/v2/requests/search.json?include=users&page=1&per_page=15";
    let tab = async |client: Client, rest: &str| {
        let answer = client.get(&format!("{path}&{rest}")).await.is(200);
        assert!(answer["users"].is_array() && answer["count"].is_i64());
        ids(&answer["requests"])
    };
    let query = "query=*+requester:me+order_by:updated_at+sort:desc";
    assert_eq!(tab(app.ana(), query).await, [mine]);
    assert_eq!(tab(app.ben(), "query=*&cc_id=true").await, [mine]);
    assert_eq!(tab(app.ben(), "query=mine&cc_id=true").await, [mine]);
    // Not shared: of the organization's requests one sees one's own.
    let acme = app.ben().get(&format!("/api/v2/requests/{theirs}")).await.is(200);
    let acme = acme["request"]["organization_id"].clone();
    let all = tab(app.ben(), &format!("query=*&organization_id={acme}")).await;
    assert_eq!(all, [theirs, mine]);
    assert_eq!(tab(app.stranger(), &format!("query=*&organization_id={acme}")).await, NONE);
}

#[tokio::test]
async fn what_a_search_cannot_do_is_said_in_the_contracts_shapes() {
    let app = App::new().await;
    let ana = app.ana();
    let get = async |query: String| ana.get(&format!("/api/v2/requests/search?{query}")).await;
    let words: Vec<String> = (0..21).map(|n| format!("word{n}")).collect();
    let many = get(format!("query={}", words.join("+"))).await.is(406);
    assert!(many["error"].as_str().unwrap().contains("number of search words"));
    let deep = get("query=*&page=11&per_page=100".to_owned()).await.is(422);
    assert_eq!(deep["error"], "invalid");
    get("query=*&page=10&per_page=100".to_owned()).await.is(200);
    assert_eq!(get("query=created%3Esoon".to_owned()).await.is(422)["error"], "invalid");
    assert_eq!(get(format!("query={}", "x".repeat(3000))).await.is(422)["error"], "invalid");
    for hostile in [
        "\"",
        "''",
        "(",
        ")",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "{subject} : x",
        "scope:r1",
        "a:b:c",
        "^x",
        "-",
        "--",
        "-*",
        "***",
        "\u{0}",
        "\u{202e}x",
        "%",
        "status:",
        "created:",
        ":",
        "<",
        "x\"y",
        "x'--",
        "a AND b OR c NOT d",
        "request_texts",
        "rowid:1",
        "日本\"",
        "😀",
    ] {
        let answer = get(format!("query={}", encoded(hostile))).await;
        assert!([200, 422].contains(&answer.status.as_u16()), "{hostile:?}: {}", answer.status);
    }
}

#[tokio::test]
async fn fifteen_are_on_a_page_and_links_keep_the_search() {
    let app = App::new().await;
    for n in 0..17 {
        app.ana().create(&format!("Crawler {n}"), json!({})).await;
    }
    let first =
        app.ana().get("/api/v2/requests/search.json?query=crawler&include=users").await.is(200);
    assert_eq!((first["requests"].as_array().unwrap().len(), &first["count"]), (15, &json!(17)));
    let next = crate::app::follow(&first["next_page"]);
    assert_eq!(next, "/api/v2/requests/search.json?query=crawler&include=users&page=2");
    let second = app.ana().get(&next).await.is(200);
    assert_eq!(second["requests"].as_array().unwrap().len(), 2);
    assert!(second["next_page"].is_null());
}

#[tokio::test]
async fn a_new_name_is_found_once_the_words_were_gathered_anew() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let mut claims = app.claims("ana", "Ana Maria Lopez");
    claims.plan = Some("advanced".to_owned());
    let renamed = app.by(&claims);
    renamed.get("/api/v2/requests").await.is(200);
    handrail_server::jobs::gather_texts(&app.state).await.unwrap();
    assert_eq!(found(&renamed, "lopez").await, [id]);
    assert_eq!(found(&renamed, "ruiz").await, NONE);
}
