//! What was typed, and whose it is: kept from closing the panel, forgotten with the person.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::{ANA, BEN},
    person::Person,
    stage::Stage,
};
use serde_json::json;

const SUBJECT: &str = "Half a thought";
const TEXT: &str = "Nobody else is to read this.";

in_every_engine! {
    the_next_person_sees_nothing_of_the_one_before,
}

async fn finds_an_empty_form(person: &Person) {
    for field in ["hr-subject", "hr-description", "hr-ccs"] {
        assert_eq!(person.value(field).await, "", "{field}");
    }
    person.loses(".hr-severity input:checked").await;
}

/// The host signs somebody else in without loading its page anew.
async fn hands_over_to_ben(person: &Person) {
    let body = "return fetch('/sign-in/ben/plain').then(() => Handrail.logout())";
    person.browser.script(body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlives_closing_the_panel() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.fill_in("S3", SUBJECT, TEXT).await;
    ana.copy_to(BEN.email).await;
    ana.close_support().await;
    ana.open_support().await;
    assert_eq!(ana.value("hr-subject").await, SUBJECT);
    assert_eq!(ana.value("hr-description").await, TEXT);
    assert_eq!(ana.value("hr-ccs").await, BEN.email);
    ana.finds("input[value=S3]:checked").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_outlives_leaving_the_request() {
    let stage = Stage::set().await;
    let record = Record::of(&ANA, &stage.server).await;
    let (first, second) = (record.create("One", &[]).await, record.create("Two", &[]).await);
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(first).await;
    ana.write_reply(TEXT).await;
    ana.press("Back").await;
    ana.open_request(second).await;
    assert_eq!(ana.value("hr-reply").await, "");
    ana.close_support().await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(first).await;
    assert_eq!(ana.value("hr-reply").await, TEXT);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_forgets_what_was_typed() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.fill_in("S0", SUBJECT, TEXT).await;
    ana.browser.script("return Handrail.logout()").await;
    finds_an_empty_form(&ana).await;
    ana.close_support().await;
    ana.open_support().await;
    finds_an_empty_form(&ana).await;
    ana.leave().await;
}

async fn the_next_person_sees_nothing_of_the_one_before(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let id = Record::of(&ANA, &stage.server).await.create(SUBJECT, &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.fill_in("S1", "Another thought", TEXT).await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.write_reply(TEXT).await;

    hands_over_to_ben(&ana).await;
    let ben = ana;
    finds_an_empty_form(&ben).await;
    ben.go_to("My requests").await;
    ben.sees("You have no requests.").await;
    ben.send_new("S2", "From Ben").await;
    let record = Record::of(&BEN, &stage.server).await;
    assert_eq!(record.only_request().await["subject"], "From Ben");
    ben.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_the_person_before_is_never_shown_to_the_next() {
    let (stage, line) = Stage::set_over_a_line().await;
    Record::of(&ANA, &stage.server).await.create(SUBJECT, &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    line.hold_answers_to("GET /api/v2/requests?");
    ana.go_to("My requests").await;
    ana.finds(".hr-skeleton").await;

    let notes = "window.leaked = false;
        new MutationObserver(() => (window.leaked ||= root.textContent.includes(arguments[0])))
            .observe(root, { subtree: true, childList: true, characterData: true })";
    ana.browser.ask(notes, &[json!(SUBJECT)]).await.expect("the page can be watched");
    hands_over_to_ben(&ana).await;
    let ben = ana;
    ben.go_to("My requests").await;
    line.mend();
    ben.sees("You have no requests.").await;
    ben.go_to("CC’d on").await;
    ben.sees("No requests that you are copied on.").await;
    assert_eq!(ben.browser.script("return window.leaked").await, false);
    ben.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_sending_waits_as_a_reply() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    line.hold_answers_to("POST /api/v2/requests");
    ana.send_request("S1", SUBJECT, TEXT).await;
    ana.sees("Sending…").await;
    ana.write_description("One thing more.").await;
    line.mend();
    ana.receipt().await;
    ana.press("View request").await;
    assert_eq!(ana.value("hr-reply").await, "One thing more.");
    ana.leave().await;
}
