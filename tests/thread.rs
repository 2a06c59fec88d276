//! One request and what is done about it: solved, opened again, gone on with, and who is copied.

use crate::support::{
    agent::{Agent, Record},
    engine::{Engine, in_every_engine},
    people::{ANA, BEN},
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};

in_every_engine! {
    a_request_is_solved_with_and_without_a_reply_and_a_reply_opens_it_again,
    changes_stand_between_what_was_said_and_tell_what_they_do_to_the_clock,
    rich_text_is_built_under_the_strictest_policy_and_nothing_hostile_of_it,
}

/// A request of Ana's on which Ben is copied and Mia works, and Ana in front of it.
async fn opened(stage: &Stage) -> (Person, Agent, i64) {
    let id = Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[BEN.email]).await;
    let agent = Agent::hire(&stage.server).await;
    agent.change(id, json!({ "assignee_email": "mia@support.example" })).await;
    let ana = stage.person(&ANA).await;
    ana.sees_request("My requests", id).await;
    (ana, agent, id)
}

impl Person {
    async fn sees_request(&self, list: &str, id: i64) {
        self.open_support().await;
        self.go_to(list).await;
        self.open_request(id).await;
    }
}

async fn a_request_is_solved_with_and_without_a_reply_and_a_reply_opens_it_again(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let (ana, agent, id) = opened(&stage).await;
    ana.press("Mark as solved").await;
    ana.sees("Your reply opens this request again.").await;
    ana.reads(".hr-thread__facts", "to be solved", |facts| facts.contains("Solved")).await;
    ana.sees("Ana Ruiz marked this as solved.").await;
    ana.loses(".hr-form--reply [data-solve]").await;
    assert_eq!(agent.count_comments(id).await, 1);

    ana.reply("It is stuck once more.").await;
    ana.sees("Ana Ruiz opened this again.").await;
    ana.reads(".hr-thread__facts", "to be open", |facts| facts.contains("Open")).await;
    ana.write_reply("Now it works, thanks.").await;
    ana.press("Send reply and mark as solved").await;
    let said = ana.conversation(3).await;
    assert_eq!(said[2].text, "Now it works, thanks.");
    ana.reads(".hr-thread__facts", "to be solved", |facts| facts.contains("Solved")).await;
    assert_eq!(ana.value("hr-reply").await, "");
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_whose_answer_is_lost_is_made_once_however_often_it_is_sent() {
    let (stage, line) = Stage::set_over_a_line().await;
    let (ana, agent, id) = opened(&stage).await;
    line.lose_answers_to("PUT ");
    ana.write_reply("Thanks, it works.").await;
    ana.press("Send reply").await;
    ana.sees("Your reply was not sent. What you typed is kept.").await;
    line.mend();
    // What was said has arrived; now it is to be solved, too.
    ana.press("Send reply and mark as solved").await;
    ana.reads(".hr-thread__facts", "to be solved", |facts| facts.contains("Solved")).await;
    assert_eq!(ana.conversation(2).await[1].text, "Thanks, it works.");
    assert_eq!(agent.count_comments(id).await, 2);
    ana.leave_after(&["net::ERR_", "400 (Bad Request)"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_was_changed_after_it_had_arrived_is_not_said_twice() {
    let (stage, line) = Stage::set_over_a_line().await;
    let (ana, agent, id) = opened(&stage).await;
    line.lose_answers_to("PUT ");
    ana.reply("Any news?").await;
    ana.sees("Your reply was not sent. What you typed is kept.").await;
    line.mend();
    ana.reply("Any news? It hurts.").await;
    ana.sees("An earlier version of this reply had reached us").await;
    assert_eq!(ana.conversation(2).await[1].text, "Any news?");
    assert_eq!(ana.value("hr-reply").await, "Any news? It hurts.");
    assert_eq!(agent.count_comments(id).await, 2);
    ana.press("Send reply").await;
    assert_eq!(ana.conversation(3).await[2].text, "Any news? It hurts.");
    ana.leave_after(&["net::ERR_", "400 (Bad Request)"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_request_is_gone_on_with_in_a_new_one_that_says_so() {
    let stage = Stage::set().await;
    let (ana, agent, id) = opened(&stage).await;
    agent.change(id, json!({ "status": "closed" })).await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.loses("#hr-reply").await;
    ana.press("Write a follow-up").await;
    ana.sees(&format!("Follow-up of request #{id}")).await;
    assert_eq!(ana.value("hr-subject").await, "Crawler stuck");
    ana.choose("S2").await;
    ana.write_description("It is stuck again.").await;
    ana.press("Send request").await;
    let second = ana.receipt().await;
    let record = Record::of(&ANA, &stage.server).await.requests().await;
    let made = record.iter().find(|request| request["id"] == second).expect("it is on record");
    assert_eq!(made["followup_source_id"], id);
    ana.press("View request").await;
    ana.press(&format!("Follow-up of request #{id}")).await;
    ana.reads(".hr-thread__bar", "to be the first one", |bar| bar.contains(&format!("#{id}")))
        .await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_copied_and_taken_off_by_whoever_may() {
    let stage = Stage::set().await;
    let (ana, _, id) = opened(&stage).await;
    let above = "return all('.hr-people')[0]?.getBoundingClientRect().bottom
        <= all('.hr-talk')[0]?.getBoundingClientRect().top";
    ana.answer("them above what was said", above, &[], |above: &bool| *above).await;
    ana.press("Copy somebody").await;
    ana.write("hr-copy", "no address").await;
    ana.press_in(".hr-people form", "Copy somebody").await;
    ana.sees("no is not an e-mail address.").await;
    ana.write("hr-copy", "eva@acme.example").await;
    ana.press_in(".hr-people form", "Copy somebody").await;
    ana.reads(".hr-people__list", "to name both", |names| names.contains("eva")).await;
    ana.loses("#hr-copy").await;
    ana.sees("Ana Ruiz copied eva.").await;
    ana.press("Stop copying eva").await;
    ana.sees("Ana Ruiz took eva off the copies.").await;
    ana.reads(".hr-people__list", "to name Ben alone", |names| !names.contains("eva")).await;

    // Ben may go, and is told of nothing that he may not do.
    let ben = stage.person(&BEN).await;
    ben.sees_request("CC’d on", id).await;
    ben.finds("[aria-label^='Stop copying Ben']").await;
    let others = ben.texts("[aria-label^='Stop copying']").await;
    assert_eq!(others.len(), 1);
    ben.press("Stop copying Ben Adeyemi").await;
    ben.sees("No requests that you are copied on.").await;
    ana.leave().await;
    // The answer to whoever is not copied any more.
    ben.leave_after(&["404 (Not Found)"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_may_not_be_ended_is_refused_in_words() {
    let (stage, line) = Stage::set_over_a_line().await;
    let (ana, _, id) = opened(&stage).await;
    let record = Record::of(&ANA, &stage.server).await;
    ana.finds("[aria-label='Stop copying Ben Adeyemi'], [aria-label='Stop copying ben']").await;
    // What happens meanwhile comes too late to be seen.
    line.hold_answers_to("GET /api/v2/requests/");
    // Somebody else is the requester by now, and does not want her to.
    let agent = Agent::hire(&stage.server).await;
    let change = json!({ "requester": { "email": "eva@acme.example", "name": "Eva" },
        "email_ccs": [{ "user_email": ANA.email, "action": "put" }] });
    agent.change(id, change).await;
    let name = ana.texts(".hr-people__name").await;
    ana.press(&format!("Stop copying {}", name[0])).await;
    ana.sees("Only the requester may take others off the copies.").await;
    drop(record);
    ana.leave_after(&["403 (Forbidden)"]).await;
}

async fn changes_stand_between_what_was_said_and_tell_what_they_do_to_the_clock(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let (ana, agent, id) = opened(&stage).await;
    ana.sees("Mia Sorensen looks after this.").await;
    agent.change(id, json!({ "priority": "urgent", "tags": ["vip"] })).await;
    agent.note(id, "They threaten to leave.").await;
    agent.reply(id, "We found the cause.", json!({ "status": "pending" })).await;
    agent.change(id, json!({ "priority": "low" })).await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.conversation(2).await;
    let lines = ana.texts(".hr-talk__line").await;
    let has =
        |words: &[&str]| lines.iter().any(|line| words.iter().all(|words| line.contains(words)));
    assert!(
        has(&["Mia Sorensen changed the severity from S2 to S0.", "The first reply is now due"]),
        "{lines:?}"
    );
    assert!(has(&["set the status to “Waiting for you”"]), "{lines:?}");
    assert!(has(&["from S0 to S3.", "The first reply had come by then"]), "{lines:?}");
    let shown = ana.text(".hr-panel").await;
    assert!(!shown.contains("vip") && !shown.contains("threaten"), "{shown}");
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_does_without_the_lines_of_a_server_that_has_none() {
    let (stage, line) = Stage::set_over_a_line().await;
    line.lose_answers_to("/timeline");
    let (ana, _, _) = opened(&stage).await;
    assert_eq!(ana.conversation(1).await.len(), 1);
    assert_eq!(ana.texts(".hr-talk__line").await, [""; 0]);
    ana.leave_after(&["net::ERR_"]).await;
}

/// Each word of what an agent wrote, and nothing that could run.
async fn rich_text_is_built_under_the_strictest_policy_and_nothing_hostile_of_it(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let id = Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let agent = Agent::hire(&stage.server).await;
    let html = "<p>Please <strong>restart</strong> <em>now</em>:</p><ol><li>run <code>a &lt; b</code></li>\
        <li>read <a href='https://docs.example/x' onclick='hit()'>the book</a></li></ol>\
        <pre>one\n  two</pre><blockquote>Quoted</blockquote>\
        <script>window.hit = 1</script><img src=x onerror='window.hit = 1'>\
        <a href='javascript:window.hit=1'>Bad link</a> <svg onload='window.hit=1'></svg>\
        <iframe srcdoc='<script>parent.hit=1</script>'></iframe><style>* { display: none }</style>\
        <form action='https://evil.example'><input name=x><button>Go</button></form>";
    agent.write(id, json!({ "html_body": html })).await;
    agent.reply(id, "See https://status.example/a, or <b>not</b>.", json!({})).await;
    let ana = stage.person_on("strict", &ANA).await;
    ana.sees_request("My requests", id).await;
    ana.conversation(3).await;
    let body = "const [ , rich, plain] = all('.hr-talk__text');
        const links = [...rich.querySelectorAll('a'), ...plain.querySelectorAll('a')];
        return [
            [...rich.querySelectorAll('b, i, li, code, pre, blockquote')].map((it) => it.textContent),
            links.map((it) => [it.href, it.rel, it.target, it.textContent]),
            all('.hr-talk script, .hr-talk img, .hr-talk svg, .hr-talk iframe, .hr-talk style, .hr-talk form, .hr-talk input').length,
            all('.hr-talk *').flatMap((it) => it.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style'),
            window.hit ?? null, window.violations, plain.textContent, read(rich).includes('Bad link')]";
    let seen = ana.browser.script(body).await;
    assert_eq!(
        seen[0],
        json!([
            "restart",
            "now",
            "run a < b",
            "a < b",
            "read the book (docs.example/x)",
            "one\n  two",
            "Quoted"
        ])
    );
    let rel = "noopener noreferrer nofollow";
    assert_eq!(
        seen[1],
        json!([
            ["https://docs.example/x", rel, "_blank", "the book"],
            ["https://status.example/a", rel, "_blank", "https://status.example/a"],
        ])
    );
    assert_eq!(
        (&seen[2], &seen[3], &seen[4], &seen[5]),
        (&json!(0), &json!([]), &Value::Null, &json!([]))
    );
    assert_eq!(seen[6], "See https://status.example/a, or <b>not</b>.");
    assert_eq!(seen[7], true);
    ana.leave().await;
}
