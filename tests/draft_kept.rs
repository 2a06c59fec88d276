//! Drafts outlive the page: from the first key on, each person's own, until they are sent, forgotten
//! by `logout()` or stale.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::{ANA, BEN, Who},
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};

in_every_engine! {
    a_draft_survives_a_reload_and_is_erased_when_it_is_sent,
    each_person_finds_their_own_draft_and_logging_out_erases_it,
}

const SUBJECT: &str = "Half a thought";
const TEXT: &str = "It has to be there tomorrow.";
const NO_ANSWER: [&str; 3] =
    ["net::ERR_EMPTY_RESPONSE", "net::ERR_CONNECTION_CLOSED", "net::ERR_CONNECTION_RESET"];

impl Person {
    /// All that the widget keeps of what was written in the host's storage: names, and values.
    async fn kept(&self) -> Vec<(String, Value)> {
        let body = "return Object.entries(localStorage)
            .filter(([name]) => !name.startsWith('handrail:seen:'))
            .map(([name, value]) => [name, JSON.parse(value)]).sort()";
        serde_json::from_value(self.browser.script(body).await).expect("names and values")
    }

    async fn comes_back(&self, stage: &Stage, who: &Who) {
        self.visit(&stage.page("plain", who)).await;
        self.open_support().await;
        self.sees("Reply within").await;
    }

    async fn goes_to_conversation(&self, stage: &Stage, id: i64) {
        self.comes_back(stage, &ANA).await;
        self.go_to("My requests").await;
        self.open_request(id).await;
    }

    async fn finds_written(&self, severity: &str, subject: &str, text: &str) {
        self.reads_value("hr-subject", subject).await;
        self.reads_value("hr-description", text).await;
        self.finds(&format!("input[value={severity}]:checked")).await;
    }
}

fn name_of(who: &Who) -> String {
    format!("handrail:draft:{}", who.email)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_stored_before_the_first_key_and_all_that_is_typed_from_then_on() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.comes_back(&stage, &ANA).await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests.").await;
    ana.go_to("New request").await;
    ana.browser.script("return Handrail.prefill({ subject: 'Of the host' })").await;
    ana.reads_value("hr-subject", "Of the host").await;
    assert_eq!(ana.kept().await, []);

    ana.write_description("W").await;
    let kept = ana.kept().await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].0, name_of(&ANA));
    assert_eq!(kept[0].1["description"], "W");
    ana.choose("S1").await;
    ana.write_subject(SUBJECT).await;
    let mut entry = ana.kept().await.remove(0).1;
    assert_eq!(entry["key"].take().as_str().map(str::len), Some(32));
    assert!(entry["at"].take().as_i64() > Some(1_700_000_000));
    let expected = json!({ "key": null, "at": null, "severity": "S1", "subject": SUBJECT,
        "description": "W", "cc": "", "files": [], "context": "", "custom_fields": "", "follows": null, "tried": [],
        "tried_at": 0 });
    assert_eq!(entry, expected);
    ana.leave().await;
}

async fn a_draft_survives_a_reload_and_is_erased_when_it_is_sent(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.comes_back(&stage, &ANA).await;
    ana.fill_in("S2", SUBJECT, TEXT).await;
    ana.copy_to(BEN.email).await;
    let key = ana.kept().await.remove(0).1["key"].take();

    ana.comes_back(&stage, &ANA).await;
    ana.finds_written("S2", SUBJECT, TEXT).await;
    ana.write_subject("A whole thought").await;
    let kept = ana.kept().await.remove(0).1;
    assert_eq!((&kept["key"], &kept["cc"]), (&key, &json!(BEN.email)));
    ana.press("Send request").await;
    ana.receipt().await;
    assert_eq!(ana.kept().await, []);
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!(stored["subject"], "A whole thought");
    ana.leave().await;
}

async fn each_person_finds_their_own_draft_and_logging_out_erases_it(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let person = stage.person(&ANA).await;
    person.comes_back(&stage, &ANA).await;
    person.fill_in("S2", SUBJECT, TEXT).await;

    person.comes_back(&stage, &BEN).await;
    assert_eq!(person.value("hr-subject").await, "");
    person.write_subject("Of Ben").await;
    // The host names somebody else without loading its page anew, and without a logout.
    let token = stage.server.mint.identity_token(&ANA).await;
    let identify = format!("return Handrail.identify(() => '{token}')");
    person.browser.script(&identify).await;
    person.finds_written("S2", SUBJECT, TEXT).await;
    let names: Vec<_> = person.kept().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [name_of(&ANA), name_of(&BEN)]);

    person.browser.script("return Handrail.logout()").await;
    person.reads_value("hr-subject", "Of Ben").await;
    let names: Vec<_> = person.kept().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [name_of(&BEN)]);
    person.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_on_its_way_when_the_page_went_is_made_once_and_its_change_waits_as_a_reply() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    ana.comes_back(&stage, &ANA).await;
    line.lose_answers_to("POST /api/v2/requests");
    ana.send_request("S2", SUBJECT, TEXT).await;
    ana.sees("was not sent").await;
    line.mend();

    ana.comes_back(&stage, &ANA).await;
    ana.finds_written("S2", SUBJECT, TEXT).await;
    ana.write_description("And one thing more.").await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    let record = Record::of(&ANA, &stage.server).await;
    assert_eq!(record.only_request().await["description"], TEXT);
    ana.press("View request").await;
    ana.reads_value("hr-reply", "And one thing more.").await;

    // The reply is a draft like any other.
    ana.comes_back(&stage, &ANA).await;
    ana.reads_value("hr-subject", "").await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.reads_value("hr-reply", "And one thing more.").await;
    ana.press("Send reply").await;
    ana.conversation(2).await;
    assert_eq!(ana.kept().await, []);
    ana.leave_after(&[&NO_ANSWER[..], &["400 (Bad Request)"]].concat()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_tried_days_ago_is_looked_for_before_it_is_made() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    ana.comes_back(&stage, &ANA).await;
    line.lose_answers_to("POST /api/v2/requests");
    ana.send_request("S2", SUBJECT, TEXT).await;
    ana.sees("was not sent").await;
    line.mend();
    // Two days later the server knows the key no more.
    let later = "const name = 'handrail:draft:ana@acme.example', kept = JSON.parse(localStorage[name]);
        localStorage[name] = JSON.stringify({ ...kept, key: 'forgotten', tried_at: kept.tried_at - 172800 })";
    ana.browser.script(later).await;
    ana.comes_back(&stage, &ANA).await;
    ana.finds_written("S2", SUBJECT, TEXT).await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!(stored["id"], id);
    ana.leave_after(&NO_ANSWER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_came_back_for_in_a_fortnight_is_dropped() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    let put = "const now = Date.now() / 1000;
        for (const [name, days] of [['handrail:draft:ana@acme.example', 15],
            ['handrail:draft:gone', 15], ['handrail:draft:near', 13], ['handrail:reply:7:gone', 15]])
            localStorage.setItem(name, JSON.stringify({ key: 'k', subject: 'Old', text: 'Old',
                at: Math.floor(now - days * 86400) }));
        localStorage.setItem('of-the-host', '1')";
    ana.browser.script(put).await;
    ana.comes_back(&stage, &ANA).await;
    assert_eq!(ana.value("hr-subject").await, "");
    let names: Vec<_> = ana.kept().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["handrail:draft:near", "of-the-host"]);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_is_blocked_costs_the_survival_of_the_draft_and_nothing_else() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    let block = "Object.defineProperty(window, 'localStorage', { get() {
        throw new DOMException('blocked', 'SecurityError') } })";
    ana.browser.script(block).await;
    ana.open_support().await;
    ana.send_request("S3", SUBJECT, TEXT).await;
    ana.receipt().await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_is_full_costs_the_survival_of_the_draft_and_nothing_else() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.browser
        .script(
            "let least = 0, most = 6_000_000;
            while (least < most) {
                const length = Math.ceil((least + most) / 2);
                try {
                    localStorage.host = 'x'.repeat(length);
                    least = length;
                } catch {
                    most = length - 1;
                }
            }
            localStorage.host = 'x'.repeat(least);",
        )
        .await;
    ana.open_support().await;
    ana.send_request("S3", SUBJECT, TEXT).await;
    ana.receipt().await;
    let names = "return Object.keys(localStorage)";
    assert_eq!(ana.browser.script(names).await, json!(["host"]));
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_another_tab_has_sent_goes_from_here_unless_it_was_made_into_another_text() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    for other in [false, true] {
        ana.comes_back(&stage, &ANA).await;
        ana.fill_in("S2", SUBJECT, TEXT).await;
        // Whoever listens later hears later.
        let hear = "addEventListener('storage', ({ newValue }) => (window.erased ||= !newValue))";
        ana.browser.script(hear).await;
        let first = ana.browser.open_tab().await;
        ana.comes_back(&stage, &ANA).await;
        ana.finds_written("S2", SUBJECT, TEXT).await;
        if other {
            ana.write_description("And one thing more.").await;
            let second = ana.browser.go_to_tab(first.clone()).await;
            ana.write_description("Something else.").await;
            ana.browser.go_to_tab(second).await;
        }
        ana.press("Send request").await;
        ana.receipt().await;
        ana.browser.go_to_tab(first).await;
        let erased = "return window.erased ?? false";
        ana.answer("to hear of it", erased, &[], |erased: &bool| *erased).await;
        let (subject, text) = if other { (SUBJECT, "Something else.") } else { ("", "") };
        ana.reads_value("hr-description", text).await;
        ana.reads_value("hr-subject", subject).await;
    }
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_another_tab_has_sent_goes_from_here_unless_it_was_made_into_another_text() {
    let stage = Stage::set().await;
    let id = Record::of(&ANA, &stage.server).await.create(SUBJECT, &[]).await;
    let ana = stage.person(&ANA).await;
    for (sent, other) in [("It is back.", None), ("And gone again.", Some("Not for all."))] {
        ana.goes_to_conversation(&stage, id).await;
        ana.write_reply(sent).await;
        let first = ana.browser.open_tab().await;
        ana.goes_to_conversation(&stage, id).await;
        ana.reads_value("hr-reply", sent).await;
        let second = ana.browser.go_to_tab(first.clone()).await;
        if let Some(other) = other {
            ana.write_reply(other).await;
        }
        ana.browser.go_to_tab(second).await;
        ana.press("Send reply").await;
        ana.reads_value("hr-reply", "").await;
        ana.browser.go_to_tab(first).await;
        ana.sees(sent).await;
        ana.reads_value("hr-reply", other.unwrap_or_default()).await;
    }
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_crashes_gives_back_what_was_typed() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.comes_back(&stage, &ANA).await;
    ana.choose("S1").await;
    ana.write_subject(SUBJECT).await;
    ana.write_description(TEXT).await;
    ana.browser.crash().await;
    ana.comes_back(&stage, &ANA).await;
    ana.finds_written("S1", SUBJECT, TEXT).await;
    ana.leave().await;
}
