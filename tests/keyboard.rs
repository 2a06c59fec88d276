//! The sending story without a mouse. The host's own shortcuts must hear nothing of it.

use crate::support::{
    engine::{Engine, in_every_engine},
    people::ANA,
    person::Person,
    stage::Stage,
};
use thirtyfour::Key;

in_every_engine! {
    a_request_is_sent_and_answered_by_keyboard_alone,
    a_form_with_gaps_leads_to_the_first_of_them,
}

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
