//! What a search cannot tell, however it is asked: the same person gets the same answer, byte for
//! byte, from a server that has private notes, tags and other people's requests, and from one that
//! has none of these. And it is never a fault of ours.

use crate::app::{App, Client};
use handrail_server::{config::Rates, store::sqlite::query};
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use serde_json::json;

/// What searches are put together from, beside any characters at all.
const PIECES: &[&str] = &[
    "quince",
    "jelly",
    "\"quince jelly\"",
    "qui*",
    "medlar",
    "med*",
    "rowan",
    "nadia",
    "sam",
    "ana",
    "ruiz",
    "mia",
    "1001",
    "1002",
    "1003",
    "AND",
    "OR",
    "NOT",
    "NEAR(quince jelly, 5)",
    "(",
    ")",
    "\"",
    "'",
    "*",
    "-",
    ":",
    "^quince",
    "{subject} : quince",
    "{private} : medlar",
    "private:medlar",
    "scope : r3",
    "scope:o1",
    "o1",
    "r2",
    "c3",
    "rowid:1001",
    "tags:rowan",
    "-tags:rowan",
    "external_id:x-1",
    "via:api",
    "via:web",
    "requester:me",
    "requester:1",
    "requester:2",
    "requester:3",
    "requester:4",
    "requester:sam@customer.example",
    "requester:\"sam stranger\"",
    "requester:nobody",
    "cc:me",
    "cc:3",
    "cc:nadia@noise.example",
    "assignee:none",
    "assignee:me",
    "assignee:1",
    "assignee:mia@support.example",
    "organization:Acme",
    "organization:Globex",
    "organization:none",
    "organization:1",
    "organization:2",
    "status:new",
    "status:open",
    "status<solved",
    "status>new",
    "-status:new",
    "status:rowan",
    "priority:high",
    "priority>=normal",
    "-priority:low",
    "type:ticket",
    "type:user",
    "type:organization",
    "type:problem",
    "created>2026-03-01",
    "created<1hours",
    "created:2026-03-02",
    "created>soon",
    "updated>2026-03-02T08:20:00Z",
    "updated<=2026-03-02",
    "updated>30minutes",
    "updated<30minutes",
    "subject:quince",
    "subject:medlar",
    "description:medlar",
    "comment:\"quince jelly\"",
    "-medlar",
    "-quince",
    "-\"quince jelly\"",
    "-subject:jelly",
    "order_by:updated_at",
    "order_by:created_at",
    "order_by:status",
    "order_by:priority",
    "order_by:relevance",
    "sort:asc",
    "sort:desc",
    "日本",
    "\u{0}",
    "\u{202e}quince",
    "quince\u{301}",
    "99999999999999999999",
    "-1",
];

/// Keys beside the search.
const BESIDE: &[&str] = &[
    "",
    "",
    "",
    "status=new,open",
    "status=nonsense",
    "cc_id=true",
    "organization_id=1",
    "organization_id=2",
    "organization_id=x",
    "sort_by=updated_at",
    "sort_by=status&sort_order=asc",
    "include=users,slas",
    "per_page=1",
    "per_page=1&page=2",
    "page=1000000",
];

fn searches() -> impl Strategy<Value = String> {
    let odd = prop::collection::vec(any::<char>(), 0..6).prop_map(|it| it.into_iter().collect());
    let piece = prop_oneof![8 => select(PIECES).prop_map(str::to_owned), 1 => odd];
    let between = select(&[" ", " ", " ", "", "\t", "\u{3000}"][..]);
    let text = prop::collection::vec((piece, between), 0..7)
        .prop_map(|all| all.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect());
    let pair = (text, select(BESIDE));
    pair.prop_map(|(text, beside): (String, &str)| {
        let query: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("/api/v2/requests/search?query={query}&{beside}")
    })
}

/// What Ana may see.
async fn seen(ana: &Client, app: &App) -> [i64; 3] {
    // She may know those who are copied, and what they are called.
    app.ben().get("/api/v2/users/me").await.is(200);
    let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}], "priority": "high"});
    let one = ana.create("Quince", copy).await;
    app.advance(60);
    let jelly = json!({"comment": {"body": "A jelly of quince, of quince and nothing else."}});
    let two = ana.create("Jelly", jelly).await;
    app.advance(60);
    let three = ana.create("Another quince jelly", json!({"type": "problem"})).await;
    [one, two, three]
}

/// What she may not see, and what may not be told from it.
async fn hidden(app: &App, [one, two, _]: [i64; 3]) {
    let note = |text: &str| json!({"ticket": {"comment": {"body": text, "public": false}}});
    let long = format!("medlar, quince jelly. {}", "And much more. ".repeat(300));
    for (id, text) in [(one, "medlar"), (two, long.as_str()), (two, "quince")] {
        app.agent().put(&format!("/api/v2/tickets/{id}"), note(text)).await.is(200);
    }
    let mut tx = app.state.store.write().await.unwrap();
    query("UPDATE requests SET tags = '[\"rowan\"]', external_id = 'x-1' WHERE id = $1")
        .bind(one)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let noise = json!({"email_ccs": [{"user_email": "nadia@noise.example", "user_name": "Nadia"}]});
    for client in [app.stranger(), app.ben(), app.agent()] {
        client.create("Quince jelly", noise.clone()).await;
        client.create("Medlar", json!({"comment": {"body": "quince jelly by nadia"}})).await;
    }
}

#[test]
fn a_search_tells_nothing_of_what_the_caller_may_not_see() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (plain, full) = runtime.block_on(async {
        let plain = App::with(|config| config.rates = Rates::off()).await;
        let ana = plain.ana();
        let seen = seen(&ana, &plain).await;
        plain.advance(3600);
        let full = plain.fork(&plain.copied().await, |_| {}).await;
        hidden(&full, seen).await;
        (plain, full)
    });
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&searches(), |path| {
        runtime.block_on(async {
            let (one, other) = (plain.ana().get(&path).await, full.ana().get(&path).await);
            let status = one.status.as_u16();
            prop_assert!([200, 406, 422].contains(&status), "{}", status);
            prop_assert_eq!(one.status, other.status);
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            prop_assert_eq!(text(&one.bytes), text(&other.bytes));
            prop_assert_eq!(one.header("etag"), other.header("etag"));
            Ok(())
        })
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}
