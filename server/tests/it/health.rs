//! For whoever watches the process.

use crate::app::App;

#[tokio::test]
async fn a_healthy_server_lives_and_is_ready() {
    let app = App::new().await;
    app.anonymous().get("/healthz").await.is(200);
    app.anonymous().get("/readyz").await.is(200);
}

#[tokio::test]
async fn without_its_database_it_lives_and_is_not_ready() {
    let app = App::new().await;
    app.state.store.close().await;
    app.anonymous().get("/healthz").await.is(200);
    let answer = app.anonymous().get("/readyz").await;
    assert_eq!(answer.is(503)["error"], "ServiceUnavailable");
}
