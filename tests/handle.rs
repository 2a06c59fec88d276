//! `window.Handrail`, the handle that hosts hold: events come out, calls go in, and the host decides
//! who is speaking.

use crate::support::{
    agent::Record,
    people::{ANA, BEN},
    stage::Stage,
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_host_hears_what_happens_until_it_stops_listening() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    let listen = "window.told = [];
        for (const name of ['ready', 'open', 'close', 'request:created', 'request:updated', 'error'])
            Handrail.on(name, (detail) => told.push([name, detail?.id ?? null]));
        window.stop = Handrail.on('open', () => told.push(['open, too', null]));
        Handrail.on('open', () => { throw new Error('a handler of the host') });";
    ana.browser.script(listen).await;
    ana.open_support().await;
    ana.browser.script("stop()").await;
    ana.send_request("S3", "Heard by the host", "It counts them.").await;
    let id = ana.receipt().await;
    ana.press("View request").await;
    ana.reply("And replies.").await;
    ana.conversation(2).await;
    ana.close_support().await;
    ana.open_support().await;
    let expected = json!([
        ["open", null],
        ["open, too", null],
        ["request:created", id],
        ["request:updated", id],
        ["close", null],
        ["open", null],
    ]);
    let told = |told: &serde_json::Value| *told == expected;
    // The form may open before the widget is ready, or wait for it.
    let others = "return window.told.filter(([name]) => name !== 'ready')";
    ana.answer("all that happened", others, &[], told).await;
    let ready = "return window.told.filter(([name]) => name === 'ready').length";
    assert_eq!(ana.browser.script(ready).await, 1);
    ana.leave_after(&["a handler of the host", "Script error."]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_fills_what_is_empty_and_never_overwrites() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.write_subject("My own words").await;
    let wish = "return Handrail.open({ view: 'new', severity: 'S1',
        subject: 'The words of the host', description: 'Version 7, region eu-west' })";
    ana.browser.script(wish).await;
    ana.finds("input[value=S1]:checked").await;
    assert_eq!(ana.value("hr-subject").await, "My own words");
    assert_eq!(ana.value("hr-description").await, "Version 7, region eu-west");
    ana.browser.script("return Handrail.open({ view: 'ccd' })").await;
    ana.sees("No requests that you are copied on.").await;
    ana.browser.script("return Handrail.close()").await;
    ana.loses(".hr-panel[open]").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_replaced_by_a_fresh_one_of_whoever_the_host_names() {
    let stage = Stage::set().await;
    let id = Record::of(&BEN, &stage.server).await.create("Of Ben", &[]).await;
    // The page signs Ana in, but the host's code says that Ben is here.
    let page = stage.person(&ANA).await;
    page.finds("hr-corner > button").await;
    let fresh = stage.server.mint.identity_token(&BEN).await;
    let identify = format!(
        "window.asked = 0;
        Handrail.identify(async () => (asked += 1) === 1 ? 'worn.out.token' : '{fresh}')"
    );
    page.browser.script(&identify).await;
    page.open_support().await;
    page.go_to("My requests").await;
    page.open_request(id).await;
    page.conversation(1).await;
    let asked = page.browser.script("return window.asked").await;
    assert!(asked.as_i64().is_some_and(|asked| asked >= 2), "{asked}");
    page.leave_after(&["401 (Unauthorized)"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_and_opening_in_one_breath_ends_open() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.browser.script("Handrail.close(); Handrail.open({ view: 'mine' })").await;
    ana.sees("You have no requests.").await;
    ana.leave().await;
}
