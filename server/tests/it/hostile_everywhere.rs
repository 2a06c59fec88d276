//! Input that nobody sends by accident, on every route: never a fault of ours, always the contract's
//! shape, and what is refused has changed nothing. The calls are those of `rights/table.txt`.

use crate::{
    app::Answer,
    rights::{Call, Fixture, Sent, Table, answered},
};
use handrail_server::{describe::Body, router};
use serde_json::{Value, json};

/// What may stand in the place of a value, whatever it is.
fn odd_values() -> Vec<Value> {
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("\u{0}\u{202e}\u{ffff}"),
        json!("x".repeat(70_000)),
        json!([]),
        json!([[], {}, null]),
        json!({"id": {"id": 1}}),
        deep,
    ]
}

/// A body with each of its values, one at a time, replaced.
fn variations(body: &Value, with: &Value) -> Vec<Value> {
    let mut all = vec![with.clone()];
    match body {
        Value::Object(fields) => {
            for (key, value) in fields {
                for changed in variations(value, with) {
                    let mut fields = fields.clone();
                    fields.insert(key.clone(), changed);
                    all.push(Value::Object(fields));
                }
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                for changed in variations(value, with) {
                    let mut items = items.clone();
                    items[at] = changed;
                    all.push(Value::Array(items));
                }
            }
        }
        _ => {}
    }
    all
}

/// Whether it is an answer of ours, be it a refusal.
fn is_answered(answer: &Answer, call: &Call) {
    let text = String::from_utf8_lossy(&answer.bytes);
    assert!(answer.status.as_u16() < 500, "{call:?}: {} {text}", answer.status);
    if answer.status.is_client_error() {
        assert!(!answer.json()["error"].is_null(), "{call:?}: {text}");
    }
}

#[tokio::test]
async fn a_body_with_odd_values_is_answered_and_changes_nothing_when_it_is_refused() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let mut before = fixture.contents().await;
    let mut refused = 0;
    for (_, call, person) in answered(&table, &fixture) {
        let Sent::Json(body) = &call.body else { continue };
        let client = fixture.client(person);
        for odd in odd_values() {
            for body in variations(body, &odd) {
                let call = Call { body: Sent::Json(body), ..call.clone() };
                let answer = call.by(&client).await;
                is_answered(&answer, &call);
                let after = fixture.contents().await;
                if answer.status.is_client_error() {
                    refused += 1;
                    assert!(before == after, "{call:?} is refused and changes something");
                }
                before = after;
            }
        }
    }
    assert!(refused > 200, "{refused}");
}

#[tokio::test]
async fn every_parameter_of_a_query_may_hold_anything() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let routes = router::routes();
    let values = [
        "",
        "-1",
        "0",
        "1e9",
        "99999999999999999999",
        "9223372036854775807",
        "%00",
        "%ff%fe",
        "%E2%80%AE",
        "1,,x,-3,9223372036854775808",
        "x%5B%5D",
        "bm90LmE",
        "OTIyMzM3MjAzNjg1NDc3NTgwNy45MjIzMzcyMDM2ODU0Nzc1ODA3",
        "LTkyMjMzNzIwMzY4NTQ3NzU4MDguMA",
        "9999-12-31T23:59:59Z",
        "-9999-01-01",
        "2026-03-02T08:14:05+99:99",
        "%27%20OR%201=1--",
    ];
    for (row, plain, person) in answered(&table, &fixture) {
        let operation = routes
            .operations()
            .find(|(method, path, _)| method.as_str() == row.method && *path == row.path);
        if plain.method != "GET" {
            continue;
        }
        for param in &operation.unwrap().2.params {
            for value in values {
                let query = format!("{}&{}={value}", plain.query, param.name);
                let odd = Call { query: query.trim_start_matches('&').to_owned(), ..plain.clone() };
                is_answered(&odd.by(&fixture.client(person)).await, &odd);
            }
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_a_bad_request_everywhere() {
    let (table, fixture) = (Table::read(), Fixture::make().await);
    let before = fixture.contents().await;
    let routes = router::routes();
    let readers: Vec<String> = routes
        .operations()
        .filter(|(.., operation)| matches!(operation.body, Some(Body::Json(_))))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    for (row, call, person) in answered(&table, &fixture) {
        if !readers.contains(&format!("{} {}", row.method, row.path)) {
            continue;
        }
        for bytes in [b"".as_slice(), b"{", b"nonsense", b"\xff\xfe", b"{\"a\": \"\xc3\"}"] {
            let call = Call { body: Sent::Bytes(bytes), ..call.clone() };
            let answer = call.by(&fixture.client(person)).await;
            assert_eq!(answer.is(400)["error"], "InvalidJSON", "{call:?}");
        }
    }
    assert!(fixture.contents().await == before);
}
