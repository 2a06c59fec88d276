//! Two people in one browser: whatever was under way for the one is never shown to the next.

use crate::support::{
    agent::{Agent, Record},
    people::{ANA, BEN},
    person::Person,
    stage::Stage,
};
use serde_json::json;

const SECRET: &str = "Takeover of Globex";

/// From now on the page notes when anything of ours says this.
async fn watches_for(person: &Person, words: &str) {
    let notes = "window.leaked = false;
        const look = () => (window.leaked ||= root.textContent.includes(arguments[0])
            || all('input, textarea').some(({ value }) => value.includes(arguments[0])));
        new MutationObserver(look)
            .observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
        window.look = look;";
    person.browser.ask(notes, &[json!(words)]).await.expect("the page can be watched");
}

/// The host signs somebody else in without loading its page anew.
async fn hands_over_to_ben(ana: Person) -> Person {
    let body = "return fetch('/sign-in/ben/plain').then(() => Handrail.logout())";
    ana.browser.script(body).await;
    ana
}

/// Ben looks everywhere, and the late answer has come by then.
async fn sees_nothing_of_it(ben: &Person) {
    ben.go_to("My requests").await;
    ben.sees("You have no requests.").await;
    ben.go_to("CC’d on").await;
    ben.sees("No requests that you are copied on.").await;
    ben.go_to("New request").await;
    ben.sees("Reply within").await;
    assert_eq!(ben.value("hr-subject").await, "");
    assert_eq!(ben.browser.script("look(); return window.leaked").await, false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_that_comes_late_is_not_shown_to_the_next() {
    let (stage, line) = Stage::set_over_a_line().await;
    let id = Record::of(&ANA, &stage.server).await.create(SECRET, &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    line.hold_answers_to(&format!("/api/v2/requests/{id}"));
    ana.browser.script(&format!("return Handrail.open({{ request: {id} }})")).await;
    ana.finds(".hr-skeleton").await;
    watches_for(&ana, SECRET).await;
    let ben = hands_over_to_ben(ana).await;
    line.mend();
    sees_nothing_of_it(&ben).await;
    ben.leave_after(&["net::ERR_ABORTED"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_comes_late_is_not_shown_to_the_next() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    line.hold_answers_to("POST /api/v2/requests");
    ana.send_request("S1", SECRET, "It is signed on Monday.").await;
    ana.sees("Sending…").await;
    let ben = hands_over_to_ben(ana).await;
    watches_for(&ben, SECRET).await;
    line.mend();
    sees_nothing_of_it(&ben).await;
    ben.loses(".hr-receipt").await;
    // It did arrive, and is hers.
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!(stored["subject"], SECRET);
    assert_eq!(Record::of(&BEN, &stage.server).await.requests().await.len(), 0);
    ben.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_comes_late_is_not_shown_to_the_next() {
    let (stage, line) = Stage::set_over_a_line().await;
    let id = Record::of(&ANA, &stage.server).await.create(SECRET, &[]).await;
    Agent::hire(&stage.server).await.reply(id, "We keep quiet.", json!({})).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.browser.script(&format!("return Handrail.open({{ request: {id} }})")).await;
    ana.conversation(2).await;
    line.hold_answers_to("PUT /api/v2/requests");
    ana.reply("It is signed on Monday.").await;
    let ben = hands_over_to_ben(ana).await;
    watches_for(&ben, SECRET).await;
    line.mend();
    sees_nothing_of_it(&ben).await;
    ben.leave().await;
}

/// Whoever comes and goes, however often: the last one is who is there.
#[tokio::test(flavor = "multi_thread")]
async fn many_hand_overs_in_one_breath_end_with_the_last() {
    let stage = Stage::set().await;
    let id = Record::of(&BEN, &stage.server).await.create("Of Ben", &[]).await;
    Record::of(&ANA, &stage.server).await.create(SECRET, &[]).await;
    let page = stage.person(&ANA).await;
    page.open_support().await;
    page.go_to("My requests").await;
    page.sees(SECRET).await;
    let (ana, ben) = (
        stage.server.mint.identity_token(&ANA).await,
        stage.server.mint.identity_token(&BEN).await,
    );
    let turns = "for (let turn = 0; turn < 25; turn += 1) {
            Handrail.logout();
            Handrail.identify(async () => arguments[0]);
            Handrail.open({ view: 'mine' });
            Handrail.identify(async () => arguments[1]);
        }
        return Handrail.open({ view: 'mine' })";
    page.browser.ask(turns, &[json!(ana), json!(ben)]).await.expect("calls are answered");
    page.reads(".hr-row", "to be Ben's", |row| row.contains("Of Ben")).await;
    page.open_request(id).await;
    page.conversation(1).await;
    assert_eq!(page.texts(".hr-thread__title").await, ["Of Ben"]);
    page.leave().await;
}
