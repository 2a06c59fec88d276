//! Live changes when the line is bad: what happened meanwhile is told afterwards, all of it.

use crate::support::{
    agent::{Agent, Record},
    people::{ANA, BEN, EVE},
    person::Person,
    stage::Stage,
};
use serde_json::json;

const STREAM: &str = "GET /api/handrail/v1/events";

/// Waits for a row to say something.
async fn row_says(person: &Person, subject: &str, words: &str) {
    let body = "const row = all('.hr-row__button').find((one) =>
            read(one.querySelector('.hr-row__subject')) === arguments[0]);
        return row ? read(row) : null";
    let wanted = format!("{subject} with {words}");
    person.answer(&wanted, body, &[json!(subject)], |row: &String| row.contains(words)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_lost_goes_on_where_it_broke() {
    let (stage, line) = Stage::set_over_a_line().await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let (one, other) = (record.create("One", &[]).await, record.create("Other", &[]).await);
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    row_says(&ana, "One", "New").await;
    agent.reply(one, "Hello", json!({ "status": "open" })).await;
    row_says(&ana, "One", "Open").await;

    line.lose_answers_to(STREAM);
    // The first event breaks the stream, and nothing is heard of the others.
    agent.reply(one, "And now?", json!({ "status": "pending" })).await;
    agent
        .reply(
            other,
            "Done.",
            json!({ "status": "solved", "assignee_email": "mia@support.example" }),
        )
        .await;
    line.mend();
    row_says(&ana, "One", "Waiting for you").await;
    row_says(&ana, "Other", "Solved").await;
    ana.leave_after(&["net::ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_stream_comes_through_the_lists_are_asked_for() {
    let (stage, line) = Stage::set_over_a_line().await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let id = record.create("Behind a relay", &[]).await;
    line.hold_answers_to(STREAM);
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    row_says(&ana, "Behind a relay", "New").await;
    agent.reply(id, "Hello", json!({ "status": "pending" })).await;
    row_says(&ana, "Behind a relay", "Waiting for you").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_are_counted_until_they_are_seen_and_the_host_is_told() {
    let stage = Stage::set().await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let (one, two) = (record.create("One", &[]).await, record.create("Two", &[BEN.email]).await);
    let ana = stage.person(&ANA).await;
    ana.browser
        .script("window.counts = []; Handrail.on('unread', ({ count }) => counts.push(count))")
        .await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    row_says(&ana, "Two", "New").await;
    // The stream runs once something came over it.
    record.create("Three", &[]).await;
    row_says(&ana, "Three", "New").await;
    ana.loses(".hr-nav__news").await;

    agent.reply(one, "Hello", json!({})).await;
    row_says(&ana, "One", "New activity").await;
    agent.reply(two, "Hello, both", json!({})).await;
    ana.reads(".hr-nav__news", "to count", |text| text.starts_with('2')).await;

    ana.open_request(one).await;
    ana.reads(".hr-nav__news", "to count what is left", |text| text.starts_with('1')).await;
    // What one does oneself is no news.
    ana.reply("Thank you").await;
    ana.conversation(3).await;
    ana.press("Back").await;
    row_says(&ana, "One", "Last activity").await;
    ana.reads(".hr-nav__news", "to count what is left", |text| text.starts_with('1')).await;

    // It is remembered for the next visit, under the name of the person.
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.reads(".hr-nav__news", "to count what is left", |text| text.starts_with('1')).await;
    ana.browser.script("return Handrail.logout()").await;
    let kept =
        "return Object.keys(localStorage).filter((key) => key.startsWith('handrail:seen:')).length";
    ana.answer("nothing kept", kept, &[], |count: &u64| *count == 0).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_stored_before_somebody_goes_to_a_list() {
    let stage = Stage::set().await;
    Record::of(&ANA, &stage.server).await.create("One", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    let kept = "return Object.keys(localStorage).filter((key) => key.startsWith('handrail:seen:'))";
    let before = ana.browser.script(kept).await;
    assert_eq!(before, json!([]));
    ana.go_to("My requests").await;
    ana.answer("a key", kept, &[], |keys: &Vec<String>| keys.len() == 1).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_sees_nothing_of_the_one_before() {
    let stage = Stage::set().await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let id = record.create("Secret plans", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    row_says(&ana, "Secret plans", "New").await;

    let token = stage.server.mint.identity_token(&EVE).await;
    ana.browser.script(&format!("return Handrail.identify(() => '{token}')")).await;
    ana.finds(".hr-severity").await;
    agent.reply(id, "Still secret", json!({ "status": "open" })).await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests.").await;
    Record::of(&EVE, &stage.server).await.create("Mine", &[]).await;
    row_says(&ana, "Mine", "New").await;
    let shown = ana.text(".hr-panel").await;
    assert!(!shown.contains("Secret"), "{shown}");
    ana.loses(".hr-nav__news").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organizations_list_is_for_those_with_whom_it_is_shared() {
    let stage = Stage::set().await;
    let agent = Agent::hire(&stage.server).await;
    Record::of(&ANA, &stage.server).await.create("Of Ana", &[]).await;
    Record::of(&EVE, &stage.server).await.create("Of Eve", &[]).await;
    agent.share_requests_of(ANA.organization).await;

    let ben = stage.person(&BEN).await;
    ben.open_support().await;
    ben.go_to("Organization").await;
    row_says(&ben, "Of Ana", "Raised by Ana Ruiz").await;
    Record::of(&ANA, &stage.server).await.create("Later of Ana", &[]).await;
    row_says(&ben, "Later of Ana", "Raised by Ana Ruiz").await;
    ben.loses(".hr-nav__news").await;
    let shown = ben.text(".hr-panel").await;
    assert!(!shown.contains("Of Eve"), "{shown}");
    ben.leave().await;

    let eve = stage.person(&EVE).await;
    eve.open_support().await;
    eve.go_to("My requests").await;
    row_says(&eve, "Of Eve", "New").await;
    // A live change proves that all that is asked at the beginning was answered.
    Record::of(&EVE, &stage.server).await.create("Later of Eve", &[]).await;
    row_says(&eve, "Later of Eve", "New").await;
    assert!(!eve.texts(".hr-nav__item").await.contains(&"Organization".to_owned()));
    eve.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_an_open_request_arrives_in_it_and_is_new_until_it_was_seen() {
    let stage = Stage::set().await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let (one, two) = (record.create("One", &[]).await, record.create("Two", &[]).await);
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    row_says(&ana, "One", "New").await;
    record.create("Three", &[]).await;
    row_says(&ana, "Three", "New").await;

    ana.open_request(one).await;
    ana.conversation(1).await;
    ana.write_reply("Half a thought").await;
    agent.reply(one, "Hello", json!({ "status": "pending" })).await;
    assert_eq!(ana.conversation(2).await[1].text, "Hello");
    ana.reads(".hr-thread__facts", "to wait", |facts| facts.contains("Waiting for you")).await;
    assert_eq!(ana.text(".hr-talk__new").await, "New");
    ana.reads("[role=status]", "to tell", |said| said == "New reply from Mia Sorensen").await;
    assert_eq!(ana.value("hr-reply").await, "Half a thought");

    // What came to another one meanwhile is new when that is opened, and only once.
    agent.reply(two, "First", json!({})).await;
    agent.reply(two, "Second", json!({})).await;
    ana.press("Back").await;
    row_says(&ana, "Two", "New activity").await;
    for news in [1, 0] {
        ana.open_request(two).await;
        ana.conversation(3).await;
        let lines = "return all('.hr-talk__new').map((line) =>
            read(line.parentElement.nextElementSibling.querySelector('.hr-talk__text')))";
        let lines = ana.browser.script(lines).await;
        assert_eq!(lines, json!(&["First"][..news]));
        ana.press("Back").await;
        ana.finds(".hr-row__button").await;
    }
    ana.leave().await;
}
