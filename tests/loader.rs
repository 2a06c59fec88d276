//! The loader in a host's page: it works wherever its tag stands, costs nothing until somebody
//! wants support, and leaves nothing behind.

use crate::support::{
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    the_widget_opens_wherever_its_tag_stands,
    calls_made_before_the_loader_came_are_obeyed_when_it_is_there,
    nothing_is_fetched_or_stored_before_somebody_wants_support,
    a_destroyed_widget_leaves_nothing_and_can_be_included_again,
    the_hosts_own_button_opens_and_closes_and_is_given_back_as_it_was,
}

async fn the_widget_opens_wherever_its_tag_stands(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("plain", &ANA).await;
    for case in ["async", "defer", "module", "head", "twice"] {
        ana.visit(&stage.page(case, &ANA)).await;
        ana.open_support().await;
        ana.finds("#hr-subject").await;
        ana.sees("Reply within").await;
        let count = "return document.querySelectorAll('handrail-widget').length";
        assert_eq!(ana.browser.script(count).await, 1, "{case}");
    }
    ana.leave().await;
}

async fn calls_made_before_the_loader_came_are_obeyed_when_it_is_there(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("queued", &ANA).await;
    ana.finds(".hr-panel[open] input[value=S2]:checked").await;
    assert_eq!(ana.value("hr-subject").await, "Written before the loader came");
    ana.leave().await;
}

async fn nothing_is_fetched_or_stored_before_somebody_wants_support(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    // Once the page is idle, whatever was to follow by itself has followed.
    let body =
        "return new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(() => setTimeout(() => resolve([
        performance.getEntriesByType('resource').map((entry) => entry.name),
        localStorage.length, sessionStorage.length, document.cookie,
    ]))))";
    let fetched = ana.browser.script(body).await;
    let own = ["host.js", "witness.js"].map(|name| format!("{}/plain/{name}", stage.host.origin));
    let loader = format!("{}/handrail.js", stage.server.origin);
    let mut names: Vec<&str> =
        fetched[0].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    names.sort_unstable();
    let mut expected = [own[0].as_str(), own[1].as_str(), loader.as_str()];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!((&fetched[1], &fetched[2], &fetched[3]), (&json!(0), &json!(0), &json!("")));
    ana.leave().await;
}

async fn a_destroyed_widget_leaves_nothing_and_can_be_included_again(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    let page = "const page = document.documentElement.cloneNode(true);
        page.querySelector('handrail-widget')?.remove();
        return [page.outerHTML, history.length, document.adoptedStyleSheets.length]";
    let before = ana.browser.script(page).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests.").await;
    assert_eq!(ana.browser.script(page).await, before, "it writes into the host's page");
    let left = "await Handrail.destroy();
        return [document.querySelectorAll('handrail-widget').length, 'Handrail' in window]";
    assert_eq!(ana.browser.script(left).await, json!([0, false]));
    assert_eq!(ana.browser.script(page).await, before);

    // In another language, as a host does whose user has chosen one.
    ana.includes_the_tag(&stage.server.origin, "de").await;
    ana.open_support().await;
    ana.sees("Antwort in").await;
    // The Wasm has its later part already; texts and style of that come again.
    ana.go_to("Meine Anfragen").await;
    ana.sees("Sie haben keine Anfragen.").await;
    let sheets = "return root.adoptedStyleSheets.length";
    assert_eq!(ana.browser.script(sheets).await, 3, "of the loader, the form and the later part");
    ana.leave().await;
}

async fn the_hosts_own_button_opens_and_closes_and_is_given_back_as_it_was(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("own", &ANA).await;
    let states = "const { ariaExpanded, ariaHasPopup } = document.querySelector('#help');
        return [ariaExpanded, ariaHasPopup]";
    let is_closed = |seen: &serde_json::Value| *seen == json!(["false", "dialog"]);
    ana.answer("a closed launcher", states, &[], is_closed).await;
    ana.loses("hr-corner > button").await;
    ana.click_host("#help").await;
    ana.sees("Reply within").await;
    assert_eq!(ana.browser.script(states).await, json!(["true", "dialog"]));
    ana.click_host("#help").await;
    ana.loses(".hr-panel[open]").await;
    ana.answer("a closed launcher", states, &[], is_closed).await;
    ana.browser.script("return Handrail.destroy()").await;
    assert_eq!(ana.browser.script(states).await, json!([null, null]));
    ana.leave().await;
}
