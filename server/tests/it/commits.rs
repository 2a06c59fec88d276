//! Calls that share a commit: none is told "done" too early, none undoes another.

use crate::app::{App, ids};
use handrail_server::store::{Store, Tx, organizations, organizations::Organization};
use serde_json::json;
use std::sync::Arc;

async fn add(tx: &mut Tx, name: &str) {
    let at = api::time::from_unix(crate::app::START);
    let new = Organization { external_id: Some(name.to_owned()), ..Organization::new(name, at) };
    organizations::insert(tx, &new).await.unwrap();
}

async fn known(store: &Store, name: &str) -> bool {
    let mut read = store.read().await.unwrap();
    organizations::by_external_id(&mut read, name).await.unwrap().is_some()
}

#[tokio::test]
async fn calls_at_the_same_time_share_a_commit() {
    let app = App::new().await;
    app.ana().get("/api/v2/requests").await.is(200);
    let commits = app.state.store.commits();
    let before = *commits.borrow();
    let app = Arc::new(app);
    let calls = (0..16).map(|n| {
        let app = app.clone();
        tokio::spawn(async move { app.ana().create(&format!("Number {n}"), json!({})).await })
    });
    let mut made = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        made.push(call.await.unwrap());
    }
    made.sort_unstable();
    let list = app.ana().get("/api/v2/requests").await.is(200);
    assert_eq!(ids(&list["requests"]), made);
    let taken = *commits.borrow() - before;
    assert!((1..16).contains(&taken), "{taken} commits for 16 calls");
}

#[tokio::test]
async fn what_one_call_undoes_the_others_keep() {
    let app = App::new().await;
    let store = &app.state.store;
    let mut first = store.write().await.unwrap();
    add(&mut first, "first").await;
    // The second waits for the first and is therefore in its batch.
    let second = async {
        let mut tx = store.write().await.unwrap();
        add(&mut tx, "second").await;
        drop(tx);
    };
    let third = async {
        let mut tx = store.write().await.unwrap();
        add(&mut tx, "third").await;
        tx.commit().await.unwrap();
    };
    let commit = async {
        tokio::task::yield_now().await;
        first.commit().await.unwrap();
    };
    tokio::join!(second, third, commit);
    assert!(known(store, "first").await);
    assert!(!known(store, "second").await);
    assert!(known(store, "third").await);
}

#[tokio::test]
async fn a_call_that_goes_away_leaves_nothing_and_holds_nobody_up() {
    let app = App::new().await;
    let store = &app.state.store;
    let mut gone = store.write().await.unwrap();
    add(&mut gone, "gone").await;
    drop(gone);
    // Whoever comes from outside finds the file unlocked once that is tidied up.
    let url = format!("sqlite://{}", app.path().join("test.db").display());
    let other = Store::open(&url, 1).await.unwrap();
    let mut tx = other.write().await.unwrap();
    add(&mut tx, "other").await;
    tx.commit().await.unwrap();
    let mut next = store.write().await.unwrap();
    add(&mut next, "next").await;
    next.commit().await.unwrap();
    assert!(!known(store, "gone").await);
    assert!(known(store, "other").await && known(store, "next").await);
}

#[tokio::test]
async fn a_caller_who_leaves_while_the_commit_is_under_way_takes_nobody_else_along() {
    let app = App::new().await;
    let store = &app.state.store;
    let mut first = store.write().await.unwrap();
    add(&mut first, "first").await;
    let second = async {
        let mut tx = store.write().await.unwrap();
        add(&mut tx, "second").await;
        tx.commit().await.unwrap();
    };
    let impatient = async {
        // Polled once: its work is in the batch, and then it is dropped.
        let commit = first.commit();
        tokio::select! { biased; result = commit => result.unwrap(), () = tokio::task::yield_now() => {} }
    };
    tokio::join!(second, impatient);
    assert!(known(store, "second").await);
    let mut after = store.write().await.unwrap();
    add(&mut after, "after").await;
    after.commit().await.unwrap();
    assert!(known(store, "after").await);
}
