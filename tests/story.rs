//! The whole story, by mouse: two colleagues in two browsers and an agent over the API.

use crate::support::{
    agent::{Agent, Record},
    browser::TIME_ZONE,
    engine::{Engine, in_every_engine},
    people::{ANA, BEN},
    person::Person,
    sight::Said,
    stage::Stage,
};
use serde_json::json;

const SUBJECT: &str = "Crawler stuck at 12 %";
const TEXT: &str = "Since this morning the crawler does not move.";

in_every_engine! {
    a_request_is_sent_found_again_by_two_answered_and_seen_answered,
}

async fn a_request_is_sent_found_again_by_two_answered_and_seen_answered(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    sees_four_severities_with_their_promises(&ana).await;

    ana.fill_in("S1", SUBJECT, TEXT).await;
    ana.reads(".hr-promise__due", "to promise", |due| due.starts_with("First reply by ")).await;
    let rule = ana.text(".hr-promise__rule").await;
    assert!(rule.starts_with("2 h on the Advanced plan, around the clock"), "{rule}");
    ana.copy_to(BEN.email).await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    receipt_says_what_is_on_record(&ana, &stage, id).await;

    ana.go_to("My requests").await;
    ana.reads(".hr-row", "to be new", |row| row.contains("S1") && row.contains("New")).await;
    ana.open_request(id).await;
    let of_ana = Said { by: ANA.name.to_owned(), text: TEXT.to_owned(), support: false };
    assert_eq!(ana.conversation(1).await, [of_ana]);

    let ben = stage.person(&BEN).await;
    ben.open_support().await;
    ben.go_to("CC’d on").await;
    ben.open_request(id).await;
    ben.reply("It happens to my crawler, too.").await;
    ben.sees("Your reply has reached us.").await;
    let said = ben.conversation(2).await;
    assert_eq!((said[1].by.as_str(), said[1].support), (BEN.name, false));

    let agent = Agent::hire(&stage.server).await;
    agent.note(id, "Their licence ran out, do not tell them yet.").await;
    agent.reply(id, "We found the cause.", json!({ "priority": "urgent" })).await;

    ana.go_to("My requests").await;
    ana.reads(".hr-row", "to be S0 and answered in time", |row| {
        row.contains("S0") && row.contains("First reply came in time")
    })
    .await;
    ana.open_request(id).await;
    let said = ana.conversation(3).await;
    let of_agent =
        Said { by: Agent::NAME.to_owned(), text: "We found the cause.".to_owned(), support: true };
    assert_eq!(said[2], of_agent);
    let facts = ana.text(".hr-thread__facts").await;
    assert!(facts.contains("First reply came after") && facts.contains("S0: 1 h"), "{facts}");

    ben.go_to("CC’d on").await;
    ben.open_request(id).await;
    assert_eq!(ben.conversation(3).await[2], of_agent);
    for person in [&ana, &ben] {
        let shown = person.text(".hr-panel").await;
        assert!(!shown.contains("licence"), "a private note is shown: {shown}");
    }
    ana.leave().await;
    ben.leave().await;
}

/// The meaning, the target under her plan, and the time of day that comes to in her time zone. The
/// times are kept current, so they fit at some moment, whatever the minute.
async fn sees_four_severities_with_their_promises(person: &Person) {
    let body = "return all('.hr-severity__choice').map((choice) => {
        const hours = { S0: 1, S1: 2, S2: 4, S3: 14 }[choice.querySelector('input').value];
        const by = new Date(Date.now() + hours * 3600e3).toLocaleTimeString('en',
            { timeZone: arguments[0], hour: 'numeric', minute: '2-digit' }).replace(/\\s/g, ' ');
        const text = read(choice);
        return text.includes('by ') && text.includes(by) && text.includes(`within ${hours} h`)
            ? read(choice.querySelector('.hr-severity__meaning')) : text;
    })";
    let meanings = [
        "All customers are blocked and work has stopped.",
        "Production runs, but functions or speed suffer badly.",
        "Production is usable; a non-critical part fails, or now and then. \
         Also help with administration.",
        "A blemish, or a question about the software, its documentation or how we work.",
    ];
    let wanted = "four severities with their promises";
    person.answer(wanted, body, &[json!(TIME_ZONE)], |seen: &Vec<String>| *seen == meanings).await;
}

/// Number and due time, the latter to the minute and in the time zone of the browser.
async fn receipt_says_what_is_on_record(person: &Person, stage: &Stage, id: i64) {
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!(stored["id"], id);
    let due = &stored["slas"]["policy_metrics"][0]["breach_at"];
    let body = "return new Date(arguments[0]).toLocaleString('en', { timeZone: arguments[1],
        weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit',
        timeZoneName: 'short' }).replace(/\\s/g, ' ')";
    let arguments = [due.clone(), json!(TIME_ZONE)];
    let due: String = person.answer("a time in words", body, &arguments, |_| true).await;
    let promise = person.text(".hr-receipt__promise").await;
    assert_eq!(promise, format!("First reply by {due}."));
}
