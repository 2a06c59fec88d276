//! What nobody takes is thrown away, and what is used is not.

use crate::app::App;
use handrail_server::jobs::files::{Collected, collect};
use serde_json::json;
use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

/// The moment in which tests stand, as disks write it.
fn at(app: &App) -> SystemTime {
    let now = u64::try_from(app.state.env.now().timestamp()).unwrap();
    SystemTime::UNIX_EPOCH + Duration::from_secs(now)
}

fn touch(path: &Path, at: SystemTime) {
    File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

/// A file of a name of ours that no row names.
fn leave(app: &App, folder: &str, name: &str) -> std::path::PathBuf {
    let folder = app.path().join("test.db-files").join(folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, "left").unwrap();
    touch(&path, at(app));
    path
}

#[tokio::test]
async fn a_file_waits_three_days_and_is_then_gone_from_disk() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "a").await;
    let (used, kept) = app.ana().sent("b.txt", "b").await;
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": [used]}})).await;
    app.advance(72 * 3600 - 1);
    assert_eq!(collect(&app.state, false).await.unwrap(), Collected::default());
    assert_eq!(app.ana().get(&address).await.status, 200);
    app.advance(1);
    // Expired is expired, also before anything is collected.
    app.ana().get(&address).await.is(404);
    app.ana().delete(&format!("/api/v2/uploads/{token}")).await.is(404);
    let collected = collect(&app.state, false).await.unwrap();
    assert_eq!(collected, Collected { expired: 1, ..Collected::default() });
    assert_eq!(app.on_disk().0.len(), 1);
    assert_eq!(app.ana().get(&kept).await.bytes, b"b");
    assert_eq!(collect(&app.state, false).await.unwrap(), Collected::default());
}

#[tokio::test]
async fn more_than_one_round_takes_is_taken_in_several() {
    let app = App::new().await;
    for n in 0..102 {
        app.ana().sent(&format!("{n}.txt"), "a").await;
    }
    app.advance(72 * 3600);
    assert_eq!(collect(&app.state, false).await.unwrap().expired, 102);
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn what_a_crash_left_is_collected_after_a_while() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "a").await;
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": [token]}})).await;
    for path in app.on_disk().0 {
        touch(&path, at(&app));
    }
    let unnamed = leave(&app, "ab", "abababababababababababababababab");
    let half = leave(&app, "incoming", "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd");
    // What is not ours is left alone.
    let foreign = leave(&app, "ab", "README");
    app.advance(3600);
    assert_eq!(collect(&app.state, true).await.unwrap(), Collected::default());
    app.advance(1);
    let collected = collect(&app.state, true).await.unwrap();
    assert_eq!(collected, Collected { half_written: 1, ..Collected::default() });
    app.advance(7 * 86_400);
    assert_eq!(collect(&app.state, false).await.unwrap(), Collected::default());
    let collected = collect(&app.state, true).await.unwrap();
    assert_eq!(collected, Collected { unnamed: 1, ..Collected::default() });
    assert!(!unnamed.exists() && !half.exists() && foreign.exists());
    assert_eq!(app.ana().get(&address).await.bytes, b"a");
}
