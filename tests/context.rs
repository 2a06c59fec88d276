//! What the page knows: nothing of it is sent before it is ticked, and then exactly what is shown.
//! And what a host adds by itself.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    fields_of_the_host_are_sent_unseen,
}

const SHOWN: &str = "return all('#hr-context-text')[0]?.textContent ?? null";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_added_before_it_is_ticked() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.browser.script("return Handrail.prefill({ context: { version: '7.1' } })").await;
    ana.sees("Version: 7.1").await;
    ana.send_request("S3", "Plain", "Only this.").await;
    let id = ana.receipt().await;
    let said = Record::of(&ANA, &stage.server).await.comments(id).await;
    assert_eq!(said, ["Only this."]);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ticked_is_sent_as_it_is_shown_letter_by_letter() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.browser.script("history.replaceState(null, '', '?token=secret#part')").await;
    let open = "return Handrail.open({ context: { version: '7.1 (büild 9)' } })";
    ana.browser.script(open).await;
    let body = "return all('.hr-check input')[0] ?? null";
    ana.browser.on_element("the tick", body, &[], async |tick| tick.click().await).await;
    ana.finds(".hr-check input:checked").await;
    let shown: String = ana.answer("the details", SHOWN, &[], |_: &String| true).await;
    let browser = ana.browser.script("return navigator.userAgent").await;
    let expected = format!(
        "Page: {}/plain/\nVersion: 7.1 (büild 9)\nBrowser: {}",
        stage.host.origin,
        browser.as_str().unwrap()
    );
    assert_eq!(shown, expected);

    // What was agreed to stays as it was, whatever the page becomes, and outlives a reload.
    ana.browser.script("history.replaceState(null, '', '/other')").await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.finds(".hr-check input:checked").await;
    ana.send_request("S3", "With details", "What happened.").await;
    let id = ana.receipt().await;
    let said = Record::of(&ANA, &stage.server).await.comments(id).await;
    assert_eq!(said, [format!("What happened.\n\n{expected}")]);
    ana.leave().await;
}

/// In Firefox what a test hands over is of another realm, as what a frame hands over is anywhere.
async fn fields_of_the_host_are_sent_unseen(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    let wish = "return Handrail.prefill({ customFields:
        { 360001: 'eu-west', 360002: true, 360003: { no: 'field' }, name: 'none' } })";
    ana.browser.script(wish).await;
    ana.send_request("S3", "With fields", "What happened.").await;
    ana.receipt().await;
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    let expected = json!([{ "id": 360001, "value": "eu-west" }, { "id": 360002, "value": true }]);
    assert_eq!(stored["custom_fields"], expected);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_disagree_with_the_severity_are_answered_by_a_hint_that_stops_nobody() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.choose("S3").await;
    ana.write_subject("The dropdown is wrong").await;
    ana.loses(".hr-hint").await;
    ana.write_subject("Production is down for all customers").await;
    ana.reads("[role=status] .hr-hint", "to say so", |hint| hint.contains("reads like an outage"))
        .await;
    ana.press("Keep my choice").await;
    ana.loses(".hr-hint").await;
    ana.choose("S0").await;
    ana.write_subject("How do I export?").await;
    ana.reads(".hr-hint", "to say so", |hint| hint.contains("reads like a question")).await;
    ana.write_description("I only wonder.").await;
    ana.press("Send request").await;
    ana.receipt().await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_severity_has_two_examples_that_move_nothing_above_them() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    // The panel itself rises while it opens.
    let tops = "const top = (it) => it.getBoundingClientRect().top;
        return all('.hr-severity__choice').map((choice) => top(choice) - top(all('.hr-panel')[0]))";
    let before = ana.browser.script(tops).await;
    ana.loses(".hr-examples li").await;
    // What they are comes with the later part.
    ana.finds(".hr-files__pick").await;
    let body = "return all('.hr-details summary')[0] ?? null";
    ana.browser.on_element("the examples", body, &[], async |summary| summary.click().await).await;
    ana.finds(".hr-examples").await;
    assert_eq!(ana.texts(".hr-examples li").await.len(), 8);
    assert_eq!(ana.browser.script(tops).await, before);
    ana.leave().await;
}
