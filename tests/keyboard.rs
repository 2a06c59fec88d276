//! The sending story without a mouse. The host's own shortcuts must hear nothing of it.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::ANA,
    person::Person,
    stage::Stage,
};
use serde_json::json;
use thirtyfour::Key;

in_every_engine! {
    a_request_is_sent_and_answered_by_keyboard_alone,
    a_form_with_gaps_leads_to_the_first_of_them,
    whoever_is_quicker_than_a_view_is_left_in_the_field_they_are_in,
    escape_clears_a_search_before_it_closes_the_panel,
}

/// Does something, goes into a field the moment that one is there, and tells where the focus is two
/// frames later.
const QUICK: &str = "const goes = new Promise((resolve) => {
        const seen = new MutationObserver(() => {
            const field = root.getElementById(arguments[1]);
            field?.focus();
            if (field && root.activeElement === field) resolve(seen.disconnect());
        });
        seen.observe(root, { attributes: true, childList: true, subtree: true });
    });
    if (arguments[0]) all(arguments[0])[0].click(); else Handrail.open();
    await goes;
    for (let frame = 0; frame < 2; frame += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    return root.activeElement?.id ?? null";

impl Person {
    /// What has the focus, inside the widget or out of it: its tag and its name.
    async fn focus(&self) -> String {
        let focus = self.browser.script(
            "let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const name = at.type === 'radio' ? at.value : at.id || at.ariaLabel || read(at);
            return `${at.localName} ${name}`",
        );
        focus.await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the widget has put the focus there.
    async fn is_led_to(&self, place: &str) {
        crate::support::waiting::until(&format!("the focus on {place}"), async || {
            let focus = self.focus().await;
            if focus == place { Ok(()) } else { Err(focus) }
        })
        .await;
    }

    /// Presses Tab until the focus is there.
    async fn tabs_to(&self, place: &str) {
        let mut passed = Vec::new();
        for _ in 0..20 {
            self.browser.keys(Key::Tab).await;
            let focus = self.focus().await;
            if focus == place {
                return;
            }
            passed.push(focus);
        }
        panic!("Tab does not lead to {place} but to {passed:?}");
    }
}

async fn a_request_is_sent_and_answered_by_keyboard_alone(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    ana.tabs_to("button Support").await;
    ana.browser.keys(Key::Enter).await;
    ana.is_led_to("h2 Support").await;
    ana.browser.script("window.heard = []").await;

    ana.tabs_to("input S0").await;
    ana.browser.keys(Key::Down).await;
    ana.is_led_to("input S1").await;
    ana.finds("input[value=S1]:checked").await;
    ana.browser.keys(Key::Up + Key::Down).await;
    ana.finds("input[value=S1]:checked").await;
    for (field, text) in [
        ("input hr-subject", "Sent without a mouse"),
        ("textarea hr-description", "Shortcuts such as / and ? must stay mine."),
        ("input hr-ccs", "ben@acme.example"),
    ] {
        ana.tabs_to(field).await;
        ana.browser.keys(text).await;
    }
    ana.tabs_to("button Send request").await;
    ana.browser.keys(Key::Enter).await;
    let id = ana.receipt().await;
    ana.is_led_to(&format!("h3 Request #{id} has reached us")).await;

    ana.tabs_to("button View request").await;
    ana.browser.keys(Key::Enter).await;
    ana.is_led_to("h3 Sent without a mouse").await;
    ana.tabs_to("textarea hr-reply").await;
    ana.browser.keys("And answered without one.").await;
    ana.tabs_to("button Send reply").await;
    ana.browser.keys(Key::Space).await;
    assert_eq!(ana.conversation(2).await[1].text, "And answered without one.");

    ana.browser.keys(Key::Escape).await;
    ana.loses(".hr-panel[open]").await;
    ana.is_led_to("button Support").await;
    assert_eq!(ana.browser.script("return window.heard").await, serde_json::json!([]));
    ana.leave().await;
}

async fn a_form_with_gaps_leads_to_the_first_of_them(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.is_led_to("h2 Support").await;
    ana.choose("S3").await;
    ana.press("Send request").await;
    ana.is_led_to("input hr-subject").await;
    ana.sees("Give your request a subject.").await;
    ana.browser.keys("Now it has one").await;
    ana.tabs_to("button Send request").await;
    ana.browser.keys(Key::Space).await;
    ana.is_led_to("textarea hr-description").await;
    ana.sees("Tell us what happened.").await;
    ana.leave().await;
}

async fn whoever_is_quicker_than_a_view_is_left_in_the_field_they_are_in(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    ana.close_support().await;
    let quick = async |way: &str, field: &str| {
        let focus = ana.browser.ask(QUICK, &[json!(way), json!(field)]).await;
        assert_eq!(focus, Ok(json!(field)));
    };
    quick("", "hr-subject").await;
    ana.go_to("My requests").await;
    ana.finds(".hr-row__button").await;
    quick(".hr-row__button", "hr-reply").await;
    ana.leave().await;
}

async fn escape_clears_a_search_before_it_closes_the_panel(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.finds(".hr-row__button").await;
    ana.browser
        .on_element("the search", "return all('.hr-search__field')[0] ?? null", &[], async |it| {
            ana.browser.click(it).await?;
            ana.browser.write_over("nothing like that").await
        })
        .await;
    ana.sees("Nothing matches.").await;
    ana.browser.keys(Key::Escape).await;
    ana.finds(".hr-row__button").await;
    ana.is_led_to("input Search requests").await;
    let typed = ana.browser.script("return all('.hr-search__field')[0].value").await;
    assert_eq!(typed, json!(""));
    ana.browser.keys(Key::Escape).await;
    ana.loses(".hr-panel[open]").await;
    ana.leave().await;
}
