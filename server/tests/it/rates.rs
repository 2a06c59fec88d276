//! How often somebody may call. contract.md 9.2, 14.1 rows 12 and 13, 14.2 row 7.

use crate::app::{Answer, App, START};
use handrail_server::config::{Config, Rate, Rates};
use serde_json::{Value, json};

fn rate(calls: u32, seconds: u32) -> Rate {
    Rate { calls, seconds }
}

async fn limited(change: impl FnOnce(&mut Rates)) -> App {
    App::with(|config| {
        config.rates = Rates::off();
        change(&mut config.rates);
    })
    .await
}

fn body() -> Value {
    json!({"request": {"subject": "One", "comment": {"body": "b"}}})
}

/// Refused for now, in the contract's shape, with the seconds to wait.
#[track_caller]
fn refused(answer: &Answer) -> i64 {
    let body = answer.is(429);
    assert_eq!(body["error"], "APIRateLimitExceeded");
    assert!(body["description"].is_string());
    answer.header("retry-after").unwrap().parse().unwrap()
}

const TOLD: [&str; 5] = [
    "x-rate-limit",
    "x-rate-limit-remaining",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
];

fn told(answer: &Answer) -> Vec<Option<&str>> {
    TOLD.iter().map(|name| answer.header(name)).collect()
}

#[tokio::test]
async fn every_answer_to_somebody_known_tells_where_they_stand() {
    let app = limited(|rates| rates.person = rate(6, 60)).await;
    let ana = app.ana();
    let first = ana.get("/api/v2/requests").await;
    assert_eq!(told(&first), ["6", "5", "6", "5", "10"].map(Some));
    // Errors too, whatever they are.
    let missing = ana.get("/api/v2/requests/999").await;
    assert_eq!(told(&missing), ["6", "4", "6", "4", "20"].map(Some));
    missing.is(404);
    assert_eq!(first.header("retry-after"), None);
    // A handler that asks twice who calls counts once.
    let made = ana.post("/api/v2/requests", body()).await;
    assert_eq!(made.header("x-rate-limit-remaining"), Some("3"));
    assert_eq!(made.header("retry-after"), None);
    made.is(201);
}

#[tokio::test]
async fn a_call_too_many_is_refused_until_there_is_room_again() {
    let app = limited(|rates| rates.person = rate(3, 60)).await;
    let ana = app.ana();
    for _ in 0..3 {
        ana.get("/api/v2/requests").await.is(200);
    }
    let answer = ana.get("/api/v2/requests").await;
    assert_eq!(refused(&answer), 20);
    assert_eq!(told(&answer), ["3", "0", "3", "0", "60"].map(Some));
    // Refused calls cost nothing, and others are not touched.
    app.ben().get("/api/v2/requests").await.is(200);
    app.advance(19);
    assert_eq!(refused(&ana.get("/api/v2/requests").await), 1);
    app.advance(1);
    let answer = ana.get("/api/v2/requests").await;
    assert_eq!(answer.header("retry-after"), None);
    answer.is(200);
    refused(&ana.get("/api/v2/requests").await);
}

#[tokio::test]
async fn a_person_is_one_whatever_their_token_and_address() {
    let app = limited(|rates| rates.person = rate(2, 60)).await;
    app.ana().from("192.0.2.1").get("/api/v2/requests").await.is(200);
    let mut claims = app.claims("ana", "Ana Ruiz");
    claims.exp = START + 60;
    app.by(&claims).from("192.0.2.2").get("/api/v2/users/me").await.is(200);
    refused(&app.ana().from("192.0.2.3").get("/api/v2/requests").await);
}

#[tokio::test]
async fn an_agent_has_a_limit_of_their_own() {
    let app = limited(|rates| {
        rates.agent = rate(2, 60);
        rates.person = rate(1, 60);
        rates.request_create = rate(1, 3600);
    })
    .await;
    // What a script of the staff makes is not counted as a customer's.
    for left in ["1", "0"] {
        let made = app.agent().post("/api/v2/requests", body()).await;
        assert_eq!(made.header("x-rate-limit-remaining"), Some(left));
        made.is(201);
    }
    refused(&app.agent().get("/api/v2/tickets/1001").await);
    app.ana().get("/api/v2/requests").await.is(200);
}

#[tokio::test]
async fn new_requests_have_a_limit_of_their_own_and_tell_it() {
    let app = limited(|rates| rates.request_create = rate(2, 3600)).await;
    let name = "zendesk-ratelimit-ticket-request-create";
    let made = app.ana().post("/api/v2/requests", body()).await;
    assert_eq!(made.header(name), Some("total=2; remaining=1; resets=1800"));
    made.is(201);
    app.ana().post("/api/v2/requests", body()).await.is(201);
    let answer = app.ana().post("/api/v2/requests", body()).await;
    assert_eq!(answer.header(name), Some("total=2; remaining=0; resets=3600"));
    assert_eq!(refused(&answer), 1800);
    let list = app.ana().get("/api/v2/requests").await;
    assert_eq!(list.header(name), None);
    assert_eq!(list.is(200)["count"], 2);
    app.ben().post("/api/v2/requests", body()).await.is(201);
}

#[tokio::test]
async fn changes_are_counted_for_each_request() {
    let app = limited(|rates| rates.request_update = rate(1, 600)).await;
    let one = format!("/api/v2/requests/{}", app.ana().create("One", json!({})).await);
    let two = format!("/api/v2/requests/{}", app.ana().create("Two", json!({})).await);
    let change = json!({"request": {"comment": {"body": "b"}}});
    let made = app.ana().put(&one, change.clone()).await;
    let name = "zendesk-ratelimit-ticket-request-update";
    assert_eq!(made.header(name), Some("total=1; remaining=0; resets=600"));
    made.is(200);
    assert_eq!(refused(&app.ana().put(&one, change.clone()).await), 600);
    app.ana().put(&two, change).await.is(200);
}

#[tokio::test]
async fn callers_without_credentials_are_counted_by_address() {
    let app = limited(|rates| rates.address = rate(2, 60)).await;
    let me = "/api/v2/users/me";
    let first = app.anonymous().from("192.0.2.1").get(me).await;
    // They are not told of each other.
    assert_eq!(told(&first), [None; 5]);
    first.is(200);
    app.anonymous().from("192.0.2.1").get("/api/handrail/v1/policy").await.is(200);
    assert_eq!(refused(&app.anonymous().from("192.0.2.1").get(me).await), 30);
    refused(&app.anonymous().from("192.0.2.1").get("/api/v2/requests").await);
    app.anonymous().from("192.0.2.2").get(me).await.is(200);
    // Who is known is not counted there.
    app.ana().from("192.0.2.1").get(me).await.is(200);
    // A household has more addresses of version 6 than can be counted.
    app.anonymous().from("2001:db8::1").get(me).await.is(200);
    app.anonymous().from("2001:db8::2").get(me).await.is(200);
    refused(&app.anonymous().from("2001:db8::3").get(me).await);
    app.anonymous().from("2001:db8:0:1::1").get(me).await.is(200);
}

#[tokio::test]
async fn requests_without_sign_in_are_counted_by_address() {
    let app = App::with(|config| {
        config.anonymous.requests = true;
        config.rates = Rates { anonymous_create: rate(1, 3600), ..Rates::off() };
    })
    .await;
    let body = json!({"request": {"subject": "One", "comment": {"body": "b"},
        "requester": {"email": "una@x.example"}}});
    let here = app.anonymous().from("192.0.2.1");
    here.post("/api/v2/requests", body.clone()).await.is(201);
    assert_eq!(refused(&here.post("/api/v2/requests", body.clone()).await), 3600);
    app.anonymous().from("192.0.2.2").post("/api/v2/requests", body.clone()).await.is(201);
    app.ana().from("192.0.2.1").post("/api/v2/requests", body).await.is(201);
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_forwarded_address_counts() {
    let app = App::with(|config: &mut Config| {
        config.rates.address = rate(1, 60);
        config.trusted_proxies = vec!["10.0.0.0/8".to_owned()];
    })
    .await;
    let through = |peer: &'static str, forwarded: &'static str| {
        let caller = app.anonymous().from(peer);
        async move { caller.get_with("/api/v2/users/me", &[("x-forwarded-for", forwarded)]).await }
    };
    through("10.0.0.1", "192.0.2.1").await.is(200);
    through("10.0.0.1", "192.0.2.2").await.is(200);
    // What the caller wrote before the proxy's own entry changes nothing.
    refused(&through("10.0.0.2", "203.0.113.9, 192.0.2.1").await);
    // Somebody else's proxy is nobody to us.
    through("198.51.100.1", "192.0.2.3").await.is(200);
    refused(&through("198.51.100.1", "192.0.2.4").await);
}

#[tokio::test]
async fn wrong_credentials_are_counted_by_address_before_they_are_looked_at() {
    let app = limited(|rates| rates.wrong_credentials = rate(3, 60)).await;
    let here = "192.0.2.1";
    let wrong = app.basic("mia@support.example", &"0".repeat(64)).from(here);
    for _ in 0..3 {
        wrong.get("/api/v2/users/me").await.is(200);
    }
    assert_eq!(refused(&wrong.get("/api/v2/requests").await), 20);
    // A guess too many learns nothing, even if it is right.
    assert_eq!(refused(&app.agent().from(here).get("/api/v2/requests").await), 20);
    app.agent().from("192.0.2.2").get("/api/v2/requests").await.is(200);
    // Identity tokens cannot be guessed: whoever has one goes on.
    app.ana().from(here).get("/api/v2/requests").await.is(200);
    app.advance(20);
    app.agent().from(here).get("/api/v2/requests").await.is(200);
}

#[tokio::test]
async fn an_agent_at_work_is_not_locked_out_by_others_at_the_same_address() {
    let app = limited(|rates| rates.wrong_credentials = rate(2, 600)).await;
    let here = "192.0.2.1";
    for _ in 0..5 {
        app.agent().from(here).get("/api/v2/requests").await.is(200);
    }
    let wrong = app.basic("mia@support.example", "wrong").from(here);
    wrong.get("/api/v2/requests").await.is(401);
    wrong.get("/api/v2/requests").await.is(401);
    refused(&wrong.get("/api/v2/requests").await);
    app.agent().from(here).get("/api/v2/requests").await.is(200);
    app.advance(3600);
    // The refill has come round, so an agent who was away for an hour is let in as well.
    app.agent().from(here).get("/api/v2/requests").await.is(200);
}

#[tokio::test]
async fn refused_identity_tokens_and_odd_credentials_are_wrong_ones_too() {
    let app = limited(|rates| rates.wrong_credentials = rate(1, 60)).await;
    app.bearer("x.y.z").from("192.0.2.1").get("/api/v2/requests").await.is(401);
    refused(&app.bearer("x.y.z").from("192.0.2.1").get("/api/v2/requests").await);
    for (odd, at) in [("Digest x", "192.0.2.2"), ("Bearer", "192.0.2.3"), ("Basic !", "192.0.2.4")]
    {
        let caller = app.anonymous().from(at);
        caller.get_with("/api/v2/requests", &[("authorization", odd)]).await.is(401);
        let again = caller.get_with("/api/v2/requests", &[("authorization", odd)]).await;
        refused(&again);
    }
}

#[tokio::test]
async fn a_clock_that_is_put_back_locks_nobody_out() {
    let app = limited(|rates| rates.person = rate(2, 60)).await;
    app.advance(86_400);
    app.ana().get("/api/v2/requests").await.is(200);
    app.advance(-86_400);
    app.ana().get("/api/v2/requests").await.is(200);
    app.ana().get("/api/v2/requests").await.is(200);
    refused(&app.ana().get("/api/v2/requests").await);
}

#[tokio::test]
async fn without_limits_nothing_is_told() {
    let app = limited(|_| {}).await;
    let made = app.ana().post("/api/v2/requests", body()).await;
    assert_eq!(told(&made), [None; 5]);
    assert_eq!(made.header("zendesk-ratelimit-ticket-request-create"), None);
    for _ in 0..50 {
        app.anonymous().get("/api/v2/requests").await.is(401);
    }
}

#[tokio::test]
async fn an_hour_of_the_widget_meets_no_limit() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    // Three tabs ask for the list and an open thread every five seconds.
    for _ in 0..12 {
        for _ in 0..3 {
            app.ana().get("/api/v2/requests?include=users").await.is(200);
            app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
        }
        app.advance(5);
    }
    let last = app.ana().get("/api/v2/users/me").await;
    let left: i32 = last.header("x-rate-limit-remaining").unwrap().parse().unwrap();
    assert!(left > 1000, "{left}");
}
