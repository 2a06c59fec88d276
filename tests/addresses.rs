//! Whom a request is copied to: chips, by keys, by pointer and by pasting; and colleagues who are
//! offered while one types.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::{ANA, BEN, EVE},
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};
use thirtyfour::Key;

const FIELD: &str = "hr-ccs";

impl Person {
    async fn goes_to_copies(&self) {
        let body = "return root?.getElementById(arguments[0]) ?? null";
        self.browser
            .on_element("the field", body, &[json!(FIELD)], async |field| {
                self.browser.click_into(field).await
            })
            .await;
    }

    async fn has_chips(&self, expected: &[&str]) {
        let body = "return all('.hr-person').map(read)";
        let wanted = format!("the chips {expected:?}");
        self.answer(&wanted, body, &[], |chips: &Vec<String>| chips == expected).await;
    }

    async fn types_there(&self, expected: &str) {
        let body = "return root.activeElement?.id === arguments[0] && root.activeElement.value";
        let wanted = format!("the focus in the field with {expected:?}");
        self.answer(&wanted, body, &[json!(FIELD)], |typed: &String| typed == expected).await;
    }

    async fn is_offered(&self, expected: &[&str]) {
        let body = "return all('[role=option]').map(read)";
        let wanted = format!("the offers {expected:?}");
        self.answer(&wanted, body, &[], |offers: &Vec<String>| offers == expected).await;
    }
}

/// Ana and Ben are known to the server, as members of one organization; Eve is of another.
async fn among_colleagues(engine: Engine) -> (Stage, Person) {
    let stage = Stage::set_in(engine).await;
    for who in [&BEN, &EVE] {
        Record::of(who, &stage.server).await.create("To be known", &[]).await;
    }
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    (stage, ana)
}

in_every_engine! {
    what_is_no_address_is_marked_and_named_and_led_to,
    colleagues_are_offered_and_chosen_by_keys_and_pointer,
}

// In Chromium alone: a script can paste there.
#[tokio::test(flavor = "multi_thread")]
async fn addresses_become_chips_by_commas_enter_and_pasting_and_go_by_key_and_pointer() {
    let (stage, ana) = among_colleagues(Engine::Chromium).await;
    ana.goes_to_copies().await;
    ana.browser.keys("one@x.example,two@x.example").await;
    ana.has_chips(&["one@x.example"]).await;
    ana.types_there("two@x.example").await;
    ana.browser.keys(Key::Enter).await;
    ana.has_chips(&["one@x.example", "two@x.example"]).await;
    let paste = "const carrier = new DataTransfer();
        carrier.setData('text/plain', 'Two@x.example\\n<three@x.example>\\n');
        root.activeElement.dispatchEvent(new ClipboardEvent('paste',
            { clipboardData: carrier, bubbles: true, cancelable: true, composed: true }))";
    ana.browser.script(paste).await;
    ana.has_chips(&["one@x.example", "two@x.example", "three@x.example"]).await;

    ana.browser.keys(Key::Backspace).await;
    ana.has_chips(&["one@x.example", "two@x.example"]).await;
    ana.types_there("").await;
    ana.press("Remove one@x.example").await;
    ana.has_chips(&["two@x.example"]).await;
    ana.types_there("").await;
    let field = "return root.activeElement";
    ana.browser
        .on_element("the field", field, &[], async |field| {
            field.send_keys(Key::Shift + Key::Tab).await
        })
        .await;
    let focus = "return root.activeElement?.ariaLabel ?? ''";
    ana.answer("the focus on the chip", focus, &[], |name: &String| name == "Remove two@x.example")
        .await;
    ana.browser.keys(Key::Enter).await;
    ana.has_chips(&[]).await;

    ana.browser.keys("four@x.example, ben@acme.example").await;
    ana.send_request("S3", "For all of us", "Please look.").await;
    let id = ana.receipt().await;
    let ccs = Record::of(&BEN, &stage.server).await.ccd().await;
    assert_eq!(ccs, [id]);
    ana.leave().await;
}

async fn what_is_no_address_is_marked_and_named_and_led_to(engine: Engine) {
    let (_stage, ana) = among_colleagues(engine).await;
    ana.fill_in("S3", "For all of us", "Please look.").await;
    ana.goes_to_copies().await;
    ana.browser.keys("ben@acme,").await;
    ana.reads(".hr-person[data-wrong]", "to be marked", |chip| chip == "ben@acme").await;
    ana.press("Send request").await;
    ana.sees("ben@acme is not an e-mail address.").await;
    ana.types_there("").await;
    ana.browser.keys(Key::Backspace).await;
    ana.has_chips(&[]).await;
    ana.loses("#hr-ccs-error:not(:empty)").await;
    ana.press("Send request").await;
    ana.receipt().await;
    ana.leave().await;
}

async fn colleagues_are_offered_and_chosen_by_keys_and_pointer(engine: Engine) {
    let (_stage, ana) = among_colleagues(engine).await;
    ana.goes_to_copies().await;
    ana.browser.keys("e").await;
    ana.browser.keys(Key::Backspace + "be").await;
    ana.is_offered(&["Ben Adeyemi ben@acme.example"]).await;
    let said = "const input = root.getElementById('hr-ccs');
        const active = input.getAttribute('aria-activedescendant');
        return [input.role, input.ariaExpanded, root.getElementById(active ?? '')?.ariaSelected ?? null]";
    assert_eq!(ana.browser.script(said).await, json!(["combobox", "true", null]));
    ana.browser.keys(Key::Down).await;
    let chosen = json!(["combobox", "true", "true"]);
    ana.answer("an active option", said, &[], |found: &Value| *found == chosen).await;
    ana.browser.keys(Key::Enter).await;
    ana.has_chips(&["ben@acme.example"]).await;
    ana.is_offered(&[]).await;
    ana.types_there("").await;

    // Who is copied is not offered again, and Escape closes what is open here before the panel.
    ana.browser.keys(Key::Backspace + "ad").await;
    ana.is_offered(&["Ben Adeyemi ben@acme.example"]).await;
    ana.browser.keys(Key::Escape).await;
    ana.is_offered(&[]).await;
    ana.types_there("ad").await;
    ana.browser.keys("e").await;
    ana.is_offered(&["Ben Adeyemi ben@acme.example"]).await;
    let body = "return all('[role=option]')[0] ?? null";
    ana.browser
        .on_element("the option", body, &[], async |option| ana.browser.click(option).await)
        .await;
    ana.has_chips(&["ben@acme.example"]).await;
    ana.types_there("").await;
    ana.browser.keys(Key::Escape).await;
    ana.loses(".hr-panel[open]").await;
    ana.leave().await;
}
