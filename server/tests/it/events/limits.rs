//! How many may listen, how much is told at once, and what it costs those who do not.

use super::listener::{EVENTS, Listener};
use crate::app::App;
use axum::body::Body;
use handrail_server::{
    config::Rates,
    store::{
        EventId, OrganizationId, RequestId, UserId,
        events::news::{self, Among, Span},
        sqlite::query,
    },
};
use serde_json::json;

#[tokio::test]
async fn one_person_has_so_many_streams_and_no_more() {
    let app = App::with(|config| config.events.streams_per_person = 2).await;
    let (first, _) = Listener::now(&app.ana()).await;
    let (_second, _) = Listener::now(&app.ana()).await;
    let refused = app.ana().get(EVENTS).await;
    assert_eq!(refused.is(429)["error"], "APIRateLimitExceeded");
    assert_eq!(refused.header("retry-after"), Some("30"));
    let (_bens, _) = Listener::now(&app.ben()).await;
    drop(first);
    let (_third, _) = Listener::now(&app.ana()).await;
    assert_eq!(app.state.hub.count(), 3);
}

#[tokio::test]
async fn the_server_has_so_many_streams_and_no_more() {
    let app = App::with(|config| config.events.streams = 2).await;
    let (first, _) = Listener::now(&app.ana()).await;
    let (_second, _) = Listener::now(&app.agent()).await;
    let refused = app.ben().get(EVENTS).await;
    assert_eq!(refused.is(503)["error"], "ServiceUnavailable");
    assert_eq!(refused.header("retry-after"), Some("30"));
    drop(first);
    let (_third, _) = Listener::now(&app.ben()).await;
}

#[tokio::test]
async fn opening_a_stream_counts_as_a_call() {
    let app = App::with(|config| {
        config.rates = Rates::off();
        config.rates.person = handrail_server::config::Rate { calls: 1, seconds: 60 };
    })
    .await;
    let (listener, _) = Listener::now(&app.ana()).await;
    assert_eq!(listener.headers["x-rate-limit-remaining"], "0");
    app.ana().get(EVENTS).await.is(429);
}

#[tokio::test]
async fn after_too_long_an_absence_the_caller_is_told_to_read_anew() {
    let app = App::with(|config| config.rates = Rates::off()).await;
    let (listener, cursor) = Listener::now(&app.ana()).await;
    drop(listener);
    let first = app.ana().create("First", json!({})).await;
    // As many more as make it too many, and one event each.
    let mut tx = app.state.store.write().await.unwrap();
    for sql in [
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000) \
         INSERT INTO requests (subject, description, status, priority, requester_id, submitter_id, \
         plan, channel, first_reply_due_at, first_reply_seconds, first_reply_business_hours, \
         created_at, updated_at, public_updated_at) SELECT subject, description, status, priority, \
         requester_id, submitter_id, plan, channel, first_reply_due_at, first_reply_seconds, \
         first_reply_business_hours, created_at, updated_at, public_updated_at \
         FROM requests, n WHERE id = $1",
        "INSERT INTO events (request_id, author_id, kind, public, detail, created_at) \
         SELECT id, requester_id, 'request.created', TRUE, '[]', created_at FROM requests \
         WHERE id > $1",
    ] {
        query(sql).bind(first).execute(&mut tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut listener = Listener::open(&app.ana(), Some(cursor)).await;
    let reset = listener.next().await;
    let now = cursor + 2001;
    assert_eq!((reset.name.as_str(), reset.id), ("reset", now));
    assert_eq!(reset.data, json!({"cursor": now}));
    assert_eq!(listener.until_ready().await, (vec![], now));
    app.ana().create("Next", json!({})).await;
    assert_eq!(listener.next().await.id, now + 1);
    // Staff are told everything, however much.
    let mut staff = Listener::open(&app.agent(), Some(cursor)).await;
    assert_eq!(staff.until_ready().await.0.len(), 2002);
}

#[tokio::test]
async fn a_change_of_many_requests_at_once_is_told_whole() {
    let app = App::with(|config| config.rates = Rates::off()).await;
    let ana = app.ana();
    let mut ids = Vec::new();
    for _ in 0..250 {
        ids.push(ana.create("One", json!({})).await);
    }
    let (mut listener, cursor) = Listener::now(&ana).await;
    let mut tx = app.state.store.write().await.unwrap();
    let sql = "INSERT INTO events (request_id, author_id, kind, public, detail, created_at) \
        SELECT id, requester_id, 'request.updated', TRUE, '[]', created_at FROM requests";
    query(sql).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    for (number, id) in (1..).zip(&ids) {
        let heard = listener.next().await;
        assert_eq!((heard.id, heard.data["request_id"].as_i64()), (cursor + number, Some(*id)));
    }
}

#[tokio::test]
async fn two_thousand_who_are_not_concerned_are_not_woken() {
    let app = App::with(|config| {
        config.rates = Rates::off();
        config.events.streams_per_person = 2000;
    })
    .await;
    let mut idle = Vec::new();
    for _ in 0..2000 {
        let request = app.stranger().request("GET", EVENTS, Body::empty());
        idle.push(app.stranger().open(request).await);
    }
    let (mut ana, _) = Listener::now(&app.ana()).await;
    assert_eq!(app.state.hub.count(), 2001);
    for _ in 0..5 {
        let id = app.ana().create("One", json!({})).await;
        assert_eq!(ana.next().await.data["request_id"], id);
    }
    drop(idle);
    assert_eq!(app.state.hub.count(), 1);
}

#[tokio::test]
async fn nothing_is_read_but_by_an_index() {
    let app = App::new().await;
    app.ana().create("One", json!({})).await;
    let mut read = app.state.store.read().await.unwrap();
    let span = Span { after: EventId(5), upto: EventId(9) };
    for (among, scans) in [
        (Among::All, &[][..]),
        (Among::Requests(vec![RequestId(1), RequestId(2)]), &["SCAN json_each"]),
        (
            Among::Visible {
                to: UserId(1),
                organizations: vec![OrganizationId(1), OrganizationId(2)],
                changed_after: api::time::from_unix(0),
            },
            // Of what the indexes gave, not of a table.
            &["SCAN r", "SCAN (subquery"],
        ),
    ] {
        for step in news::plans(&mut read, &among, span).await.unwrap() {
            let scan = step.starts_with("SCAN") && !scans.iter().any(|it| step.starts_with(it));
            assert!(!scan, "{among:?}: {step}");
        }
    }
}
