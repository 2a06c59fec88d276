//! The database file: opened by several, brought up to date, and never left half done.

use crate::app::App;
use handrail_server::store::{
    Store, StoreError,
    sqlite::{query, query_as, query_scalar},
};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;

/// What the library noted by which the first versions brought their databases up to date.
const NOTED: [(i64, &str, &str); 2] = [
    (
        1,
        "requests",
        "C8113F621152B222E8C96A1AF7B9565FF0CB855ADF01208F51915691E54F85C0\
         2C6C3AF43C91B32AF696E9854B3C83F5",
    ),
    (
        2,
        "organizations and search",
        "40F27C8652815E369C7D760B1645BF8EEFD3C88E5A19008C75122DD32E823D7F\
         7156F5735751D296E838127105648F1A",
    ),
];

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// A database as an early version left it.
fn early(file: &Path) -> Connection {
    let conn = Connection::open(file).unwrap();
    conn.execute_batch(
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
         installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, \
         checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);",
    )
    .unwrap();
    conn.execute_batch(include_str!("../../migrations/0001_requests.sql")).unwrap();
    conn.execute_batch(include_str!("../../migrations/0002_organizations_and_search.sql")).unwrap();
    for (version, description, checksum) in NOTED {
        conn.execute(
            "INSERT INTO _sqlx_migrations \
             (version, description, success, checksum, execution_time) \
             VALUES ($1, $2, TRUE, unhex($3), -1)",
            (version, description, checksum),
        )
        .unwrap();
    }
    conn
}

async fn noted(store: &Store) -> Vec<(i64, String, String)> {
    let mut read = store.read().await.unwrap();
    let sql = "SELECT version, description, hex(checksum) FROM _sqlx_migrations ORDER BY version";
    query_as(sql).fetch_all(&mut read).await.unwrap()
}

#[tokio::test]
async fn a_database_of_an_early_version_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old.db"), dir.path().join("new.db"));
    drop(early(&old));
    let (old, new) =
        (Store::open(&url(&old), 1).await.unwrap(), Store::open(&url(&new), 1).await.unwrap());
    let done = noted(&old).await;
    assert_eq!(done, noted(&new).await);
    for (there, (version, description, checksum)) in done.iter().zip(NOTED) {
        assert_eq!(there, &(version, description.to_owned(), checksum.to_owned()));
    }
    // Every file of the folder is known, and no other.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<i64> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_str().unwrap()[..4].parse().unwrap())
        .collect();
    files.sort_unstable();
    assert_eq!(files, done.iter().map(|(version, ..)| *version).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_database_of_a_newer_server_or_of_other_migrations_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("test.db");
    let conn = early(&file);
    for (damage, repair) in [
        (
            "INSERT INTO _sqlx_migrations VALUES (9999, 'x', 0, TRUE, x'00', 0)",
            "DELETE FROM _sqlx_migrations WHERE version = 9999",
        ),
        (
            "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2",
            "UPDATE _sqlx_migrations SET checksum = checksum WHERE version = 2",
        ),
    ] {
        conn.execute_batch(damage).unwrap();
        let opened = Store::open(&url(&file), 1).await;
        assert!(matches!(opened.err(), Some(StoreError::Migration(_))), "{damage}");
        let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'attachments'";
        assert_eq!(conn.query_row(tables, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        conn.execute_batch(repair).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_file_that_several_open_at_once_is_made_once() {
    let dir = tempfile::tempdir().unwrap();
    let url = url(&dir.path().join("test.db"));
    let openings = (0..4).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Store::open(&url, 1).await })
    });
    let mut stores = Vec::new();
    for opening in openings.collect::<Vec<_>>() {
        stores.push(opening.await.unwrap().unwrap());
    }
    let first = noted(&stores[0]).await;
    for store in &stores {
        assert_eq!(noted(store).await, first);
    }
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    for url in ["postgres://localhost/x", "sqlite::memory:", "sqlite://", "sqlite://a.db?mode=ro"] {
        let opened = Store::open(url, 1).await;
        assert!(matches!(opened.err(), Some(StoreError::Address(_))), "{url}");
    }
}

async fn organizations_in(store: &Store) -> i64 {
    let mut read = store.read().await.unwrap();
    query_scalar("SELECT COUNT(*) FROM organizations").fetch_one(&mut read).await.unwrap()
}

const INSERT: &str = "INSERT INTO organizations (name, external_id, created_at, updated_at) \
    VALUES ('X', 'x', 0, 0)";

#[tokio::test]
async fn a_reader_sees_one_state_and_writes_nothing() {
    let app = App::new().await;
    let store = &app.state.store;
    let mut read = store.read().await.unwrap();
    let count = "SELECT COUNT(*) FROM organizations";
    let before: i64 = query_scalar(count).fetch_one(&mut read).await.unwrap();
    let mut tx = store.write().await.unwrap();
    query(INSERT).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let again: i64 = query_scalar(count).fetch_one(&mut read).await.unwrap();
    assert_eq!(again, before);
    assert!(query(INSERT).execute(&mut read).await.is_err());
    drop(read);
    assert_eq!(organizations_in(store).await, before + 1);
}

#[tokio::test]
async fn a_call_that_fails_panics_or_goes_away_leaves_its_connection_fit_for_the_next() {
    let app = App::with(|config| config.readers = 1).await;
    let store = &app.state.store;
    let before = organizations_in(store).await;
    let mut read = store.read().await.unwrap();
    assert!(query("SELECT nothing").execute(&mut read).await.is_err());
    drop(read);
    let panics = tokio::spawn({
        let store = store.clone();
        async move {
            let mut tx = store.write().await.unwrap();
            query(INSERT).execute(&mut tx).await.unwrap();
            let _read = store.read().await.unwrap();
            panic!("in the middle of a call");
        }
    });
    assert!(panics.await.unwrap_err().is_panic());
    let goes = tokio::spawn({
        let store = store.clone();
        async move {
            let mut tx = store.write().await.unwrap();
            query(INSERT).execute(&mut tx).await.unwrap();
            let _read = store.read().await.unwrap();
            std::future::pending::<()>().await;
        }
    });
    tokio::task::yield_now().await;
    goes.abort();
    assert!(goes.await.unwrap_err().is_cancelled());
    assert_eq!(organizations_in(store).await, before);
    let mut tx = store.write().await.unwrap();
    query(INSERT).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(organizations_in(store).await, before + 1);
}

#[tokio::test]
async fn a_lock_of_another_process_is_waited_for_and_whoever_waits_may_leave() {
    let app = App::new().await;
    let store = &app.state.store;
    let other = Connection::open(app.path().join("test.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let leaves = tokio::select! {
        biased;
        _ = store.write() => false,
        () = tokio::task::yield_now() => true,
    };
    assert!(leaves);
    let waits = async {
        let mut tx = store.write().await.unwrap();
        query(INSERT).execute(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    let ends = async { other.execute_batch("COMMIT").unwrap() };
    tokio::join!(waits, ends);
    assert!(organizations_in(store).await > 0);
}

#[tokio::test]
async fn one_reader_is_enough_for_every_call() {
    let app = App::with(|config| config.readers = 1).await;
    let id = app.ana().create("Crawler stuck", json!({})).await;
    for path in [
        "/api/v2/requests?include=slas,users&page[size]=5".to_owned(),
        format!("/api/v2/requests/{id}?include=users"),
        format!("/api/v2/requests/{id}/comments"),
        "/api/v2/requests/ccd".to_owned(),
        "/api/v2/requests/search?query=crawler".to_owned(),
        "/api/v2/users/me".to_owned(),
        "/api/handrail/v1/policy".to_owned(),
    ] {
        app.ana().get(&path).await.is(200);
    }
    for path in [
        "/api/v2/tickets".to_owned(),
        format!("/api/v2/tickets/{id}?include=users"),
        format!("/api/v2/tickets/{id}/comments"),
        format!("/api/v2/tickets/{id}/audits"),
        "/api/v2/search?query=crawler".to_owned(),
        "/api/v2/search/export?query=crawler&filter[type]=ticket".to_owned(),
        "/api/v2/users".to_owned(),
        "/api/v2/organizations".to_owned(),
    ] {
        app.agent().get(&path).await.is(200);
    }
}
