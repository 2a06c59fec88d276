//! Text is text: markup that somebody wrote is shown as they wrote it, and nothing of it runs.

use crate::support::{
    agent::{Agent, Record},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

const MARKUP: &str = "<img src=x onerror=\"window.hit = 1\"><b>bold</b>";

#[tokio::test(flavor = "multi_thread")]
async fn markup_in_a_request_is_shown_and_never_run() {
    let stage = Stage::set().await;
    let id = Record::of(&ANA, &stage.server).await.create(MARKUP, &[]).await;
    Agent::hire(&stage.server).await.reply(id, MARKUP, json!({})).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.reads(".hr-row__subject", "as it was written", |subject| subject == MARKUP).await;
    ana.open_request(id).await;
    assert_eq!(ana.text(".hr-thread__title").await, MARKUP);
    assert_eq!(ana.conversation(2).await[1].text, MARKUP);
    let made = "return [all('img, b').length, window.hit ?? null]";
    assert_eq!(ana.browser.script(made).await, json!([0, null]));
    ana.leave().await;
}
