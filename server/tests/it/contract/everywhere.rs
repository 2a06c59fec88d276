//! contract.md 14.3, the lines that hold on every path: (a), (b), (c), (d), (e), (f) and (j).
//!
//! The calls are those of `rights/table.txt`, which has a row for each route.

use super::{id_of, many_people, many_requests};
use crate::{
    app::{Answer, App, BASE, Client, ids},
    rights::{Aim, Call, Fixture, Sent, Table, answered, call},
};
use axum::body::Body;
use handrail_server::{router, serve::issue_agent_token};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The answer to a call that nothing went before.
async fn alone(pristine: &Fixture, call: &Call, person: &str) -> Answer {
    match call.method {
        "GET" => call.by(&pristine.client(person)).await,
        _ => call.by(&pristine.fork(person).await.client(person)).await,
    }
}

/// (a) every path with and without `.json`
#[tokio::test]
async fn a_every_path_answers_alike_with_and_without_json() {
    let (table, pristine) = (Table::read(), Fixture::make().await);
    for (_, plain, person) in answered(&table, &pristine) {
        let suffixed = Call { path: format!("{}.json", plain.path), ..plain.clone() };
        let one = alone(&pristine, &plain, person).await;
        let other = alone(&pristine, &suffixed, person).await;
        assert_eq!((one.status, one.bytes), (other.status, other.bytes), "{suffixed:?}");
    }
}

/// (b) `next_page` and `links.next` keep filters and stay on the caller's base
#[tokio::test]
async fn b_links_keep_the_callers_filters_and_base() {
    let app = App::new().await;
    let first = many_requests(&app).await[0];
    let acme = app.ana().get(&format!("/api/v2/requests/{first}")).await.is(200);
    let acme = acme["request"]["organization_id"].as_i64().unwrap();
    let (ana, said) = (id_of(&app.ana()).await, json!({"comment": {"body": "Once more"}}));
    for body in [json!({"request": said}), json!({"request": said})] {
        app.ana().put(&format!("/api/v2/requests/{first}"), body).await.is(200);
    }
    many_people(&app, ana, acme).await;
    let people = ["one", "two", "three"];
    for name in people {
        let email = format!("{name}@support.example");
        issue_agent_token(&app.state, &email, None).await.unwrap();
    }
    let followers = people.map(|name| json!({"user_email": format!("{name}@support.example")}));
    let copied = people.map(|name| format!("{name}@customer.example"));
    let change = json!({"ticket": {"followers": followers, "additional_collaborators": copied}});
    app.agent().put(&format!("/api/v2/tickets/{first}"), change).await.is(200);
    for priority in ["high", "urgent"] {
        let change = json!({"ticket": {"priority": priority}});
        app.agent().put(&format!("/api/v2/tickets/{first}"), change).await.is(200);
    }
    for (path, filter) in lists() {
        let (person, id) = match path {
            _ if path.starts_with("/api/v2/tickets") => (app.agent(), first),
            _ if path.starts_with("/api/v2/search") => (app.agent(), 0),
            "/api/v2/users/{id}/tickets/ccd" => (app.agent(), id_of(&app.ben()).await),
            "/api/v2/users/{id}/tickets/assigned" => (app.agent(), id_of(&app.agent()).await),
            _ if path.starts_with("/api/v2/organizations") => (app.agent(), acme),
            _ if path.starts_with("/api/v2/users") => (app.agent(), ana),
            "/api/v2/requests/ccd" => (app.ben(), 0),
            _ => (app.ana(), first),
        };
        let path = format!("{}.json", path.replace("{id}", &id.to_string()));
        for (key, link) in filter.paging {
            let asked = format!("{key}=2&{}&locale=de", filter.asked);
            for base in [BASE, "http://127.0.0.1:8080"] {
                let page = from(&person, base, &format!("{path}?{asked}")).await;
                let next = page.pointer(link).and_then(Value::as_str).unwrap_or_else(|| {
                    panic!("{path}?{asked} has no next page to look at: {page}")
                });
                let (address, query) = next.split_once('?').unwrap();
                assert_eq!(address, format!("{base}{path}"));
                let pair =
                    |text: &str| text.replace('[', "%5B").replace(']', "%5D").replace(',', "%2C");
                let kept: BTreeSet<&str> = query.split('&').collect();
                for asked in asked.split('&').filter(|asked| !asked.is_empty()) {
                    assert!(kept.contains(pair(asked).as_str()), "{asked} is lost in {next}");
                }
                let second = from(&person, base, next.strip_prefix(base).unwrap()).await;
                let (one, other) = (rows(&page), rows(&second));
                assert!(!other.is_empty() && one.iter().all(|id| !other.contains(id)), "{next}");
            }
        }
    }
}

/// What a list is asked for.
struct Asked {
    /// Keys that choose a way of paging, and where the next link is then.
    paging: Vec<(&'static str, &'static str)>,
    asked: String,
}

/// Every path that has pages, with all that it understands beside.
fn lists() -> Vec<(&'static str, Asked)> {
    let routes = router::routes();
    let lists = routes.operations().filter_map(|(_, path, operation)| {
        let takes = |name: &str| operation.params.iter().any(|param| param.name == name);
        let mut paging = Vec::new();
        if takes("per_page") {
            paging.push(("per_page", "/next_page"));
        }
        if takes("page[size]") {
            paging.push(("page[size]", "/links/next"));
        }
        let filters = [
            ("status", "new,open,pending"),
            ("sort_by", "updated_at"),
            ("sort_order", "desc"),
            ("include", "users"),
            ("role", "end_user"),
            ("since", "2026-01-01T00:00:00Z"),
            ("query", "number"),
            ("name", "number"),
        ];
        let asked = filters.iter().filter(|(key, _)| takes(key));
        let asked: Vec<String> = asked.map(|(key, value)| format!("{key}={value}")).collect();
        let asked = Asked { paging, asked: asked.join("&").replace(':', "%3A") };
        (!asked.paging.is_empty()).then_some((path, asked))
    });
    lists.collect()
}

async fn from(client: &Client, base: &str, path: &str) -> Value {
    let mut request = client.request("GET", path, Body::empty());
    let host = base.split_once("://").unwrap().1;
    request.headers_mut().insert("host", host.parse().unwrap());
    client.send(request).await.is(200)
}

/// The ids of the array that a list is about: the first one that does not stand beside it.
fn rows(page: &Value) -> Vec<i64> {
    let aside = ["users", "organizations", "groups"];
    let mut all = page.as_object().unwrap().iter().filter(|(_, value)| value.is_array());
    let found = all.clone().find(|(key, _)| !aside.contains(&key.as_str())).or_else(|| all.next());
    ids(found.unwrap().1)
}

/// (c) no `Retry-After` on 2xx, integer `Retry-After` and JSON body on 429
#[tokio::test]
async fn c_retry_after_is_an_integer_on_429_and_never_on_success() {
    let (table, pristine) = (Table::read(), Fixture::make().await);
    for (_, call, person) in answered(&table, &pristine) {
        let answer = alone(&pristine, &call, person).await;
        assert!(answer.header("retry-after").is_none(), "{call:?}");
    }
    let app = App::with(|config| config.rates.person.calls = 1).await;
    app.ana().get("/api/v2/requests").await.is(200);
    let refused = app.ana().get("/api/v2/requests").await;
    assert!(refused.is(429).is_object());
    let seconds: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!(seconds > 0);
}

/// (d) a JSON object on every error, 500 too
#[tokio::test]
async fn d_every_error_is_a_json_object() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let is_told = |answer: &Answer, call: &Call| {
        let told = answer.json();
        assert!(!answer.status.is_success() && told["error"] != json!(null), "{call:?}: {told}");
    };
    for row in &table.rows {
        for (person, cell) in table.people.iter().zip(&row.cells) {
            if cell.starts_with('4') && *person != "let in" {
                let call = call(&fixture, row, Aim::There);
                is_told(&call.by(&fixture.client(person)).await, &call);
            }
        }
        let verb = Call { method: "PATCH", ..call(&fixture, row, Aim::There) };
        is_told(&verb.by(&fixture.client("requester")).await, &verb);
        let below = call(&fixture, row, Aim::There);
        let below = Call { path: format!("{}/nothing/here", below.path), ..below };
        is_told(&below.by(&fixture.client("requester")).await, &below);
    }
    fixture.app.state.store.close().await;
    for (_, call, person) in answered(&table, &fixture) {
        let answer = call.by(&fixture.client(person)).await;
        if !answer.status.is_success() {
            assert_eq!(answer.is(500)["error"], "InternalError", "{call:?}");
        }
    }
}

/// (e) empty lists keep their plural key
#[tokio::test]
async fn e_empty_lists_keep_their_plural_key() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let mut seen = 0;
    let gets = answered(&table, &fixture).filter(|(_, call, _)| call.method == "GET");
    for (_, call, person) in gets {
        let full = call.by(&fixture.client(person)).await;
        let empty = call.by(&fixture.newcomer()).await;
        if !empty.status.is_success() {
            continue;
        }
        if !full.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
            continue;
        }
        let (full, empty) = (full.json(), empty.json());
        let arrays = full.as_object().unwrap().iter().filter(|(_, value)| value.is_array());
        for (key, _) in arrays {
            assert!(empty[key].is_array(), "{key} of {call:?}: {empty}");
            seen += 1;
        }
    }
    assert!(seen > 10, "lists are among the rows");
}

/// (f) extra keys in PUT bodies change nothing
#[tokio::test]
async fn f_extra_keys_in_put_bodies_change_nothing() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let before = fixture.contents().await;
    // Work on many tickets is work, also when it changes none of them; a merge names the other one by
    // the id in its body.
    let other = |path: &str| path.ends_with("_many") || path.ends_with("/merge");
    let puts = answered(&table, &fixture).filter(|(_, call, _)| call.method == "PUT");
    for (_, mut call, person) in puts.filter(|(_, call, _)| !other(&call.path)) {
        let body = match &mut call.body {
            Sent::Json(body) => body,
            Sent::Nothing => continue,
            Sent::Bytes(_) => panic!("{call:?} carries no JSON"),
        };
        let body = body.as_object_mut().unwrap();
        let record = body.values_mut().next().unwrap();
        *record = json!({"id": 7, "url": "https://elsewhere.example", "created_at": "2020-01-01T00:00:00Z",
            "updated_at": "2020-01-01T00:00:00Z", "nonsense": {"deep": [1, {"deeper": null}]},
            "via": {"channel": "web"}, "submitter_id": 7, "is_public": false, "can": {"solve": true}});
        body.insert("more".to_owned(), json!([]));
        let answer = call.by(&fixture.client(person)).await;
        assert_eq!(answer.status, 200, "{call:?}");
        assert_eq!(fixture.contents().await, before, "{call:?}");
    }
}

/// (j) unknown query keys ignored (`binary`, `include=None`, `locale`, `filter[type]`)
#[tokio::test]
async fn j_unknown_query_keys_are_ignored() {
    let (table, pristine) = (Table::read(), Fixture::make().await);
    for (_, plain, person) in answered(&table, &pristine) {
        let mut odd = String::from("binary=undefined&locale=de&filter[type]=ticket&x&%ff=%00&=&");
        if !plain.query.contains("include=") {
            odd.push_str("include=None&");
        }
        let odd = Call { query: odd + &plain.query, ..plain.clone() };
        let one = alone(&pristine, &plain, person).await;
        let other = alone(&pristine, &odd, person).await;
        assert_eq!((one.status, one.bytes), (other.status, other.bytes), "{odd:?}");
    }
}
