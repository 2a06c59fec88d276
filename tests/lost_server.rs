//! The server is lost at the worst moments: nothing typed is lost with it, and however often one
//! tries again, one request comes of it.

use crate::support::{
    agent::Record, line::Line, people::ANA, person::Person, server::SUPPORT_MAIL, stage::Stage,
};
use serde_json::Value;

/// The second is of the event stream, which is open when the server goes.
const NO_SERVER: [&str; 2] =
    ["net::ERR_CONNECTION_REFUSED", "net::ERR_INCOMPLETE_CHUNKED_ENCODING"];
const NO_ANSWER: [&str; 3] =
    ["net::ERR_EMPTY_RESPONSE", "net::ERR_CONNECTION_CLOSED", "net::ERR_CONNECTION_RESET"];
const SUBJECT: &str = "Lineage is gone";
const TEXT: &str = "All edges of FCT_ORDERS vanished.";

async fn is_told_that_nothing_is_lost(person: &Person) {
    let alert = person.text(".hr-alert").await;
    assert!(alert.contains("was not sent. What you typed is kept."), "{alert}");
    assert!(alert.contains("Try again"), "{alert}");
    person.has_in_sight(".hr-alert", ".hr-view").await;
}

/// What was written can go by mail just as it is.
async fn is_offered_a_mail(person: &Person, rest: &str) {
    let href = "return all('.hr-alert a')[0]?.href ?? null";
    let expected = format!("mailto:{SUPPORT_MAIL}?subject={rest}");
    person.answer("a mail with the text", href, &[], |href: &String| *href == expected).await;
}

/// Ana before the filled-in form, over a line that loses the answer to her sending it.
async fn a_request_whose_answer_is_lost() -> (Stage, Line, Person) {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    line.lose_answers_to("POST /api/v2/requests");
    ana.send_request("S2", SUBJECT, TEXT).await;
    is_told_that_nothing_is_lost(&ana).await;
    line.mend();
    (stage, line, ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_before_sending_gets_the_request_once_it_is_back() {
    let mut stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.fill_in("S0", SUBJECT, TEXT).await;
    stage.server.kill().await;
    ana.press("Send request").await;
    is_told_that_nothing_is_lost(&ana).await;
    let subject = "%5BS0%5D%20Lineage%20is%20gone";
    let text = "All%20edges%20of%20FCT_ORDERS%20vanished.";
    is_offered_a_mail(&ana, &format!("{subject}&body={text}")).await;
    ana.write_subject("Lineage & all").await;
    is_offered_a_mail(&ana, &format!("%5BS0%5D%20Lineage%20%26%20all&body={text}")).await;
    ana.write_subject(SUBJECT).await;
    assert_eq!(ana.value("hr-description").await, TEXT);
    ana.finds("input[value=S0]:checked").await;

    stage.server.restart().await;
    ana.press("Try again").await;
    let id = ana.receipt().await;
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!((&stored["id"], &stored["description"]), (&id.into(), &TEXT.into()));
    ana.leave_after(&NO_SERVER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_answer_was_lost_is_made_once() {
    let (stage, _line, ana) = a_request_whose_answer_is_lost().await;
    let record = Record::of(&ANA, &stage.server).await;
    let first = record.only_request().await;
    ana.press("Try again").await;
    assert_eq!(ana.receipt().await, first["id"]);
    // What is left on the clock may tick meanwhile; nothing else may differ.
    let standing = |mut request: Value| {
        request["slas"].take();
        request
    };
    assert_eq!(standing(record.only_request().await), standing(first));
    assert_eq!(record.comments(ana.receipt().await).await, [TEXT]);
    let receipt = ana.text(".hr-receipt").await;
    assert!(receipt.contains("It is stored on our side."), "{receipt}");
    ana.leave_after(&NO_ANSWER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_changed_between_two_tries_is_made_once_and_the_change_waits_as_a_reply() {
    let (stage, _line, ana) = a_request_whose_answer_is_lost().await;
    ana.write_description("Only the edges to Tableau vanished.").await;
    ana.press("Try again").await;
    let id = ana.receipt().await;
    let receipt = ana.text(".hr-receipt").await;
    assert!(
        receipt.contains("as you first sent it. What you changed since is waiting"),
        "{receipt}"
    );
    let record = Record::of(&ANA, &stage.server).await;
    assert_eq!(record.only_request().await["description"], TEXT);

    ana.press("View request").await;
    assert_eq!(ana.value("hr-reply").await, "Only the edges to Tableau vanished.");
    ana.press("Send reply").await;
    ana.conversation(2).await;
    assert_eq!(record.comments(id).await, [TEXT, "Only the edges to Tableau vanished."]);
    ana.leave_after(&[&NO_ANSWER[..], &["400 (Bad Request)"]].concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_changed_between_two_tries_is_named_in_the_reply() {
    let (stage, _line, ana) = a_request_whose_answer_is_lost().await;
    ana.choose("S0").await;
    ana.write_subject("All lineage is gone").await;
    ana.copy_to("ben@acme.example").await;
    ana.press("Try again").await;
    ana.receipt().await;
    ana.press("View request").await;
    let expected = "Severity: S0\nSubject: All lineage is gone\nCopy to (CC): ben@acme.example";
    assert_eq!(ana.value("hr-reply").await, expected);
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!((&stored["subject"], &stored["priority"]), (&SUBJECT.into(), &"normal".into()));
    ana.leave_after(&[&NO_ANSWER[..], &["400 (Bad Request)"]].concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_whose_answer_was_lost_is_said_once() {
    let (stage, line) = Stage::set_over_a_line().await;
    let record = Record::of(&ANA, &stage.server).await;
    let id = record.create(SUBJECT, &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    line.lose_answers_to("PUT /api/v2/requests");
    ana.reply("One more thing.").await;
    is_told_that_nothing_is_lost(&ana).await;
    is_offered_a_mail(&ana, &format!("%23{id}&body=One%20more%20thing.")).await;
    assert_eq!(ana.value("hr-reply").await, "One more thing.");
    line.mend();
    ana.press("Try again").await;
    ana.conversation(2).await;
    assert_eq!(record.comments(id).await.len(), 2);
    ana.leave_after(&NO_ANSWER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_checks_the_form_like_sending_does() {
    let (stage, _line, ana) = a_request_whose_answer_is_lost().await;
    ana.write_subject(" ").await;
    ana.press("Try again").await;
    ana.sees("Give your request a subject.").await;
    ana.write_subject(SUBJECT).await;
    ana.press("Try again").await;
    ana.receipt().await;
    Record::of(&ANA, &stage.server).await.only_request().await;
    ana.leave_after(&NO_ANSWER).await;
}
