//! Products made with React, Vue and Svelte: support comes and goes with a component of theirs, and
//! a button of theirs opens it. No wrapper is needed, and docs/EMBEDDING.md shows these components.

use crate::support::{
    engine::{Engine, in_every_engine},
    people::ANA,
    person::Person,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    support_lives_in_a_product_made_with_react,
    support_lives_in_a_product_made_with_vue,
    support_lives_in_a_product_made_with_svelte,
}

async fn support_lives_in_a_product_made_with_react(engine: Engine) {
    lives_in_a_product_made_with("react", engine).await;
}

async fn support_lives_in_a_product_made_with_vue(engine: Engine) {
    lives_in_a_product_made_with("vue", engine).await;
}

async fn support_lives_in_a_product_made_with_svelte(engine: Engine) {
    lives_in_a_product_made_with("svelte", engine).await;
}

/// Opened by the product's button, kept through a change of its route, gone with its component, and
/// there again with it.
async fn lives_in_a_product_made_with(framework: &str, engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on(framework, &ANA).await;
    opens(&ana).await;
    ana.loses("hr-corner > button").await;
    ana.write_subject("Half a thought").await;

    ana.click_host("#go").await;
    let title = "return document.querySelector('h1')?.innerText";
    ana.answer("another route", title, &[], |title: &String| title == "Reports").await;
    assert_eq!(ana.value("hr-subject").await, "Half a thought");
    ana.choose("S2").await;
    ana.write_description("And the other half.").await;
    ana.press("Send request").await;
    ana.receipt().await;

    for _ in 0..3 {
        ana.click_host("#toggle").await;
        is_gone(&ana).await;
        ana.click_host("#toggle").await;
        opens(&ana).await;
    }
    // Gone before it could come.
    ana.browser
        .script("for (let turn = 0; turn < 5; turn += 1) document.querySelector('#toggle').click()")
        .await;
    is_gone(&ana).await;
    ana.leave().await;
}

async fn opens(person: &Person) {
    person.click_host("#help").await;
    person.sees("Reply within").await;
    let count = "return document.querySelectorAll('handrail-widget').length";
    assert_eq!(person.browser.script(count).await, 1);
}

async fn is_gone(person: &Person) {
    let left = "return [document.querySelectorAll('handrail-widget, script[src*=handrail]').length,
        'Handrail' in window]";
    let nothing = json!([0, false]);
    person.answer("nothing of ours", left, &[], |seen: &serde_json::Value| *seen == nothing).await;
}
