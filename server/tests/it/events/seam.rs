//! A cursor loses nothing and tells nothing twice: over reconnects, over restarts, and between what
//! was and what comes.

use super::listener::Listener;
use crate::app::App;
use serde_json::json;
use std::collections::BTreeSet;

async fn comment(app: &App, id: i64) {
    let change = json!({"request": {"comment": {"body": "b"}}});
    app.ana().put(&format!("/api/v2/requests/{id}"), change).await.is(200);
}

#[tokio::test]
async fn what_was_missed_comes_first_and_in_order() {
    let app = App::new().await;
    let (listener, cursor) = Listener::now(&app.ana()).await;
    drop(listener);
    let one = app.ana().create("One", json!({})).await;
    let two = app.ana().create("Two", json!({})).await;
    comment(&app, one).await;
    comment(&app, two).await;
    let mut listener = Listener::open(&app.ana(), Some(cursor)).await;
    let mut heard = Vec::new();
    for _ in 0..4 {
        heard.push(listener.next().await);
    }
    let requests: Vec<i64> =
        heard.iter().map(|heard| heard.data["request_id"].as_i64().unwrap()).collect();
    assert_eq!(requests, [one, two, one, two]);
    assert!(heard.windows(2).all(|pair| pair[0].id < pair[1].id));
    let ready = listener.next().await;
    assert_eq!((ready.name.as_str(), ready.id), ("ready", heard[3].id));
    // From anywhere in between, the rest.
    let mut again = Listener::open(&app.ana(), Some(heard[1].id)).await;
    assert_eq!(again.until_ready().await, (vec![heard[2].id, heard[3].id], heard[3].id));
    comment(&app, one).await;
    let now = listener.next().await;
    assert_eq!(again.next().await, now);
    assert!(now.id > heard[3].id);
}

#[tokio::test]
async fn the_later_of_address_and_header_counts() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let (_, cursor) = Listener::now(&app.ana()).await;
    comment(&app, id).await;
    let later = cursor.to_string();
    let header = [("last-event-id", later.as_str())];
    let mut listener = Listener::open_with(&app.ana(), "?since=0", &header).await;
    assert_eq!(listener.until_ready().await.0, [cursor + 1]);
    let mut listener = Listener::open_with(&app.ana(), "", &header).await;
    assert_eq!(listener.until_ready().await.0, [cursor + 1]);
    let header = [("last-event-id", "0")];
    let query = format!("?since={cursor}");
    let mut listener = Listener::open_with(&app.ana(), &query, &header).await;
    assert_eq!(listener.until_ready().await.0, [cursor + 1]);
}

#[tokio::test]
async fn a_cursor_from_the_future_is_now() {
    let app = App::new().await;
    app.ana().create("One", json!({})).await;
    let (_, cursor) = Listener::now(&app.ana()).await;
    let mut listener = Listener::open(&app.ana(), Some(i64::MAX)).await;
    assert_eq!(listener.until_ready().await, (vec![], cursor));
    app.ana().create("Two", json!({})).await;
    assert_eq!(listener.next().await.id, cursor + 1);
}

#[tokio::test]
async fn nothing_is_lost_over_a_restart() {
    let app = App::new().await;
    let (mut listener, _) = Listener::now(&app.ana()).await;
    app.ana().create("One", json!({})).await;
    let last = listener.next().await.id;
    app.state.stopping.send_replace(true);
    listener.ends().await;
    app.ana().create("Two", json!({})).await;
    let app = app.restart().await;
    let mut listener = Listener::open(&app.ana(), Some(last)).await;
    assert_eq!(listener.until_ready().await, (vec![last + 1], last + 1));
}

#[tokio::test]
async fn long_absences_are_told_page_by_page() {
    let app = App::with(|config| config.rates = handrail_server::config::Rates::off()).await;
    let id = app.ana().create("One", json!({})).await;
    for _ in 0..450 {
        comment(&app, id).await;
    }
    let mut listener = Listener::open(&app.ana(), Some(0)).await;
    let (ids, ready) = listener.until_ready().await;
    assert_eq!(ids.len(), 451);
    assert!(ids.is_sorted());
    assert_eq!(ids.last(), Some(&ready));
    let mut staff = Listener::open(&app.agent(), Some(0)).await;
    assert_eq!(staff.until_ready().await, (ids, ready));
}

#[tokio::test]
async fn a_clock_that_was_put_back_hides_nothing() {
    let app = App::new().await;
    app.advance(3000);
    app.ana().create("One", json!({})).await;
    let (_, cursor) = Listener::now(&app.ana()).await;
    app.advance(-3000);
    app.ana().create("Two", json!({})).await;
    let mut listener = Listener::open(&app.ana(), Some(cursor)).await;
    assert_eq!(listener.until_ready().await, (vec![cursor + 1], cursor + 1));
}

/// Writers and listeners who come and go at the same time: everybody hears everything once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_the_middle_of_writing_everybody_hears_everything_once() {
    let app = App::with(|config| {
        config.rates = handrail_server::config::Rates::off();
        config.events.streams_per_person = 100;
    })
    .await;
    let id = app.ana().create("One", json!({})).await;
    let (_, first) = Listener::now(&app.ana()).await;
    let writers = (0..4).map(|_| {
        let ana = app.ana();
        tokio::spawn(async move {
            for _ in 0..25 {
                let change = json!({"request": {"comment": {"body": "b"}}});
                ana.put(&format!("/api/v2/requests/{id}"), change).await.is(200);
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let wanted: BTreeSet<i64> = (first + 1..=first + 100).collect();
    let listeners = (0..8).map(|number| {
        let client = if number % 2 == 0 { app.ana() } else { app.agent() };
        let last = first + 100;
        tokio::spawn(async move {
            let mut heard = Vec::new();
            let mut cursor = first;
            // Comes anew after each few events, with the last that was heard.
            while cursor < last {
                let mut listener = Listener::open(&client, Some(cursor)).await;
                for _ in 0..=number {
                    let event = listener.next().await;
                    if event.name == "request" {
                        heard.push(event.id);
                    }
                    assert!(event.id >= cursor);
                    cursor = event.id;
                    if cursor >= last {
                        break;
                    }
                }
            }
            heard
        })
    });
    let listeners: Vec<_> = listeners.collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for listener in listeners {
        let heard = listener.await.unwrap();
        assert!(heard.is_sorted());
        assert_eq!(heard.len(), wanted.len());
        assert_eq!(heard.into_iter().collect::<BTreeSet<_>>(), wanted);
    }
    assert_eq!(app.state.hub.count(), 0);
}
