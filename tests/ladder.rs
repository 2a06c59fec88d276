//! Something between a click and the form fails: what the person is left with, and what the host's
//! engineer reads on the console. Each failure is a real one.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    line::Line,
    people::ANA,
    person::Person,
    server::SUPPORT_MAIL,
    stage::Stage,
};
use serde_json::json;

const SUBJECT: &str = "Lineage is gone & back";
const TEXT: &str = "All edges of FCT_ORDERS vanished.\nSince 9:00.";
const PLAIN: &str = "This is the plain form";
/// What the browser says of a download that was broken off.
const BROKEN_OFF: &str = "net::ERR_";

/// Takes down what the widget says on the console from now on.
async fn listens_to_the_console(person: &Person) {
    person.finds("hr-corner > button").await;
    let body = "window.said = [];
        const error = console.error;
        console.error = (...words) => (window.said.push(words.join(' ')), error(...words))";
    person.browser.script(body).await;
}

/// Waits until the widget has named this cause and its remedy, once.
async fn reads_once(person: &Person, remedy: &str) {
    let body = "return window.said.filter((line) => line.startsWith('Handrail: '))";
    let named = |said: &Vec<String>| said.len() == 1 && said[0].contains(remedy);
    person.answer(&format!("a line with {remedy:?}"), body, &[], named).await;
}

/// Ana on the plain page, before a line that does this to answers.
async fn ana_behind(fault: impl FnOnce(&Line)) -> (Stage, Line, Person) {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    listens_to_the_console(&ana).await;
    fault(&line);
    (stage, line, ana)
}

/// Clicks, and gets the plain form with this on the console; a request goes through it.
async fn sends_by_the_plain_form(stage: &Stage, person: &Person, remedy: &str) {
    person.open_support().await;
    person.sees(PLAIN).await;
    reads_once(person, remedy).await;
    person.copy_to("ben@acme.example").await;
    person.send_request("S1", SUBJECT, TEXT).await;
    let id = person.receipt().await;
    let record = Record::of(&ANA, &stage.server).await;
    let stored = record.only_request().await;
    assert_eq!((&stored["id"], &stored["subject"]), (&json!(id), &json!(SUBJECT)));
    assert_eq!((&stored["description"], &stored["priority"]), (&json!(TEXT), &json!("high")));
    assert_eq!(stored["collaborator_ids"].as_array().map(Vec::len), Some(1));
}

in_every_engine! {
    without_boot_there_is_still_an_address_and_the_next_click_tries_again,
    a_changed_boot_does_not_run_and_the_next_click_tries_again,
}

async fn without_boot_there_is_still_an_address_and_the_next_click_tries_again(engine: Engine) {
    boot_fails_at_first(engine, async |_, line| line.lose_answers_to("/boot-")).await;
}

/// A script that would run, but is not what the loader was built with.
async fn a_changed_boot_does_not_run_and_the_next_click_tries_again(engine: Engine) {
    let changed = async |ana: &Person, line: &Line| {
        let german = "const { src } = document.querySelector('script[src*=\"handrail.js\"]');
            const [, digest] = /de:\\[\"[^\"]*\",\"([^\"]+)/.exec(await (await fetch(src)).text());
            return `boot-de-${digest.replace(/\\W/g, '').slice(0, 8)}.js`";
        let german = ana.browser.script(german).await;
        let answer = format!("302 Found\r\nlocation: /{}", german.as_str().expect("a name"));
        line.rewrite_answers_to("/boot-en-", "200 OK", answer.leak());
    };
    boot_fails_at_first(engine, changed).await;
}

async fn boot_fails_at_first(engine: Engine, fault: impl AsyncFnOnce(&Person, &Line)) {
    let (stage, line) = Stage::set_over_a_line_in(engine).await;
    let ana = stage.person(&ANA).await;
    listens_to_the_console(&ana).await;
    fault(&ana, &line).await;
    ana.click_launcher().await;
    assert_eq!(ana.text("hr-corner [role=alert]").await, format!("⚠ Support {SUPPORT_MAIL}"));
    ana.finds(&format!("hr-corner a[href='mailto:{SUPPORT_MAIL}']")).await;
    reads_once(&ana, "does CSP allow script-src").await;

    line.mend();
    ana.open_support().await;
    ana.loses("hr-corner [role=alert]").await;
    ana.sees("Reply within").await;
    ana.leave_after(&[BROKEN_OFF, "integrity", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_forbids_wasm_is_named_and_the_plain_form_sends_the_request() {
    let stage = Stage::set().await;
    let ana = stage.person_on("nowasm", &ANA).await;
    listens_to_the_console(&ana).await;
    sends_by_the_plain_form(&stage, &ana, "Add 'wasm-unsafe-eval' to its script-src").await;
    ana.leave_after(&["Handrail: ", "unsafe-eval"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_forbids_calls_is_named_and_what_was_typed_can_be_written_as_a_mail() {
    let stage = Stage::set().await;
    let ana = stage.person_on("noconnect", &ANA).await;
    listens_to_the_console(&ana).await;
    ana.open_support().await;
    ana.sees(PLAIN).await;
    reads_once(&ana, &format!("Add {} to its connect-src", stage.server.origin)).await;
    ana.fill_in("S1", SUBJECT, TEXT).await;
    ana.press("Send request").await;
    ana.finds(&format!(".hr-alert a[href^='mailto:{SUPPORT_MAIL}?subject=%5BS1%5D']")).await;
    assert_eq!(ana.value("hr-description").await, TEXT);
    ana.leave_after(&["Handrail: ", "Content Security Policy"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_wasm_is_named_and_the_plain_form_sends_the_request() {
    let (stage, _line, ana) = ana_behind(|line| line.lose_answers_to("_bg.wasm")).await;
    sends_by_the_plain_form(&stage, &ana, "cannot be reached").await;
    ana.leave_after(&[BROKEN_OFF, "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_wasm_is_named_and_the_plain_form_sends_the_request() {
    let (stage, _line, ana) = ana_behind(|line| line.cut_answers_to("_bg.wasm")).await;
    sends_by_the_plain_form(&stage, &ana, "breaks off").await;
    ana.leave_after(&[BROKEN_OFF, "Fetch API cannot load", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_file_is_named_and_the_plain_form_sends_the_request() {
    let missing = |line: &Line| line.rewrite_answers_to("_bg.wasm", "200 OK", "404 Not Found");
    let (stage, _line, ana) = ana_behind(missing).await;
    sends_by_the_plain_form(&stage, &ana, "answers 404").await;
    ana.leave_after(&["404", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_is_named_and_the_plain_form_sends_the_request() {
    let changed = |line: &Line| line.rewrite_answers_to("_bg.wasm", "content-encoding", "was");
    let (stage, _line, ana) = ana_behind(changed).await;
    sends_by_the_plain_form(&stage, &ana, "was changed on its way").await;
    ana.leave_after(&["integrity", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_of_a_wrong_type_is_named_and_the_plain_form_sends_the_request() {
    let typed = |line: &Line| {
        line.rewrite_answers_to("GET /handrail-", "text/javascript", "text/plain");
    };
    let (stage, _line, ana) = ana_behind(typed).await;
    sends_by_the_plain_form(&stage, &ana, "must come as text/javascript").await;
    ana.leave_after(&["MIME type", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wasm_of_a_wrong_type_runs_all_the_same() {
    let typed = |line: &Line| line.rewrite_answers_to("_bg.wasm", "application/wasm", "text/plain");
    let (_stage, _line, ana) = ana_behind(typed).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_seconds_of_silence_the_plain_form_comes_and_stays() {
    let (stage, line, ana) = ana_behind(|line| line.hold_answers_to("_bg.wasm")).await;
    ana.open_support().await;
    ana.sees(PLAIN).await;
    reads_once(&ana, "slow").await;
    ana.fill_in("S2", SUBJECT, TEXT).await;
    line.mend();
    let arrived = "return performance.getEntriesByType('resource')
        .some((entry) => entry.name.endsWith('_bg.wasm') && entry.responseEnd > 0)";
    ana.answer("the late Wasm", arrived, &[], |arrived: &bool| *arrived).await;
    assert_eq!(ana.value("hr-subject").await, SUBJECT);
    assert_eq!(ana.texts(".hr-panel").await.len(), 1);
    ana.press("Send request").await;
    ana.receipt().await;
    Record::of(&ANA, &stage.server).await.only_request().await;
    ana.leave_after(&["Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_seconds_of_silence_from_everything_leave_a_mail_link_until_the_form_comes() {
    let (_stage, line, ana) = ana_behind(|line| line.hold_answers_to("/boot-")).await;
    ana.click_launcher().await;
    ana.finds(&format!("hr-corner a[href='mailto:{SUPPORT_MAIL}']")).await;
    reads_once(&ana, "no answer").await;
    line.mend();
    ana.sees("Reply within").await;
    ana.loses("hr-corner [role=alert]").await;
    ana.leave_after(&["Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_without_any_line_leaves_the_plain_form_all_the_same() {
    let (_stage, line, ana) = ana_behind(|_| {}).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    ana.write_subject(SUBJECT).await;
    line.lose_answers_to("/");
    ana.is_hit_by_a_fire_drill().await;
    ana.sees(PLAIN).await;
    assert_eq!(ana.value("hr-subject").await, SUBJECT);
    ana.leave_after(&["Handrail: the widget broke", "unreachable", BROKEN_OFF]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_kept_before_is_sent_under_its_own_key_and_then_forgotten() {
    let (stage, line, ana) = ana_behind(|_| {}).await;
    let keep = "const { token } = await (await fetch('/token')).json();
        window.place = 'handrail:draft:' + JSON.parse(atob(token.split('.')[1])).external_id;
        const draft = { key: 'k3y', severity: 'S2', subject: arguments[0], description: arguments[1],
            cc: 'ben@acme.example', at: 1 };
        localStorage.setItem(place, JSON.stringify(draft)); return place";
    ana.browser.ask(keep, &[json!(SUBJECT), json!(TEXT)]).await.expect("it can be kept");
    line.lose_answers_to("_bg.wasm");
    ana.open_support().await;
    let filled = "return root?.getElementById('hr-subject')?.value";
    ana.answer("the draft", filled, &[], |subject: &String| subject == SUBJECT).await;
    assert_eq!(ana.value("hr-description").await, TEXT);
    assert_eq!(ana.value("hr-ccs").await, "ben@acme.example");
    ana.finds("input[value=S2]:checked").await;

    line.lose_answers_to("POST /api/v2/requests");
    ana.press("Send request").await;
    let alert = ana.text(".hr-alert").await;
    assert!(alert.contains("What you typed is kept."), "{alert}");
    line.mend();
    // It was changed since, and the first try had arrived: one request, and the change as a reply.
    ana.write_description("Only since 10:00.").await;
    ana.press("Try again").await;
    let id = ana.receipt().await;
    let record = Record::of(&ANA, &stage.server).await;
    assert_eq!(record.only_request().await["description"], TEXT);
    let comments = record.comments(id).await;
    assert_eq!(comments.len(), 2, "{comments:?}");
    assert!(comments[1].contains("Only since 10:00."), "{comments:?}");
    assert_eq!(ana.browser.script("return localStorage.getItem(place)").await, json!(null));
    ana.leave_after(&[BROKEN_OFF, "400 (Bad Request)", "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_into_the_plain_form_is_kept_and_written_as_a_mail_if_need_be() {
    let (mut stage, line, ana) = ana_behind(|line| line.lose_answers_to("_bg.wasm")).await;
    ana.open_support().await;
    ana.sees(PLAIN).await;
    ana.fill_in("S0", SUBJECT, TEXT).await;
    line.mend();
    stage.server.kill().await;
    ana.press("Send request").await;
    let href = "return root?.querySelector('.hr-alert a')?.href ?? null";
    let link = ana.answer("a link", href, &[], |href: &String| href.starts_with("mailto:")).await;
    assert_eq!(
        link,
        format!(
            "mailto:{SUPPORT_MAIL}?subject=%5BS0%5D%20Lineage%20is%20gone%20%26%20back\
            &body=All%20edges%20of%20FCT_ORDERS%20vanished.%0ASince%209%3A00."
        )
    );
    stage.server.restart().await;
    ana.press("Try again").await;
    ana.receipt().await;
    Record::of(&ANA, &stage.server).await.only_request().await;
    ana.leave_after(&[BROKEN_OFF, "Handrail: "]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handle_works_with_the_plain_form_as_with_the_widget() {
    let (_stage, _line, ana) = ana_behind(|line| line.lose_answers_to("_bg.wasm")).await;
    let early = "window.told = [];
        for (const name of ['open', 'close', 'error']) Handrail.on(name, () => told.push(name));
        Handrail.prefill({ severity: 'S3' });
        await Handrail.open({ subject: 'From the host' })";
    ana.browser.script(early).await;
    ana.sees(PLAIN).await;
    assert_eq!(ana.value("hr-subject").await, "From the host");
    ana.finds("input[value=S3]:checked").await;
    ana.press("Close").await;
    ana.loses(".hr-panel[open]").await;
    ana.open_support().await;
    ana.browser.script("return Handrail.logout()").await;
    assert_eq!(ana.value("hr-subject").await, "");
    // The failure may come before the form stands, or behind it.
    let told = |told: &serde_json::Value| *told == json!([["open", "close", "open"], 1]);
    let body = "return [window.told.filter((name) => name !== 'error'),
        window.told.filter((name) => name === 'error').length]";
    ana.answer("all that happened", body, &[], told).await;
    ana.browser.script("return Handrail.destroy()").await;
    let left = "return [document.querySelectorAll('handrail-widget').length, 'Handrail' in window]";
    assert_eq!(ana.browser.script(left).await, json!([0, false]));
    ana.leave_after(&[BROKEN_OFF, "Handrail: "]).await;
}
