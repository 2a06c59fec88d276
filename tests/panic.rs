//! The widget breaks: the person keeps a way to support, and the host's page keeps working.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    a_panic_leaves_the_person_with_the_plain_form_and_the_host_untouched,
}

async fn a_panic_leaves_the_person_with_the_plain_form_and_the_host_untouched(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.browser.script("Handrail.on('error', () => (window.told = true))").await;
    ana.open_support().await;
    ana.fill_in("S0", "The last words", "Before it broke.").await;
    ana.is_hit_by_a_fire_drill().await;

    ana.sees("This is the plain form").await;
    assert_eq!(ana.value("hr-subject").await, "The last words");
    assert_eq!(ana.value("hr-description").await, "Before it broke.");
    ana.finds("input[value=S0]:checked").await;
    assert_eq!(ana.browser.script("return window.told").await, true);

    ana.click_host("#count").await;
    ana.click_host("#count").await;
    assert_eq!(ana.browser.script("return document.querySelector('#count').innerText").await, "2");
    let calls = "await Handrail.open(); await Handrail.close();
        await Handrail.identify(async () => ''); await Handrail.logout(); await Handrail.prefill({ subject: 'x' });
        Handrail.on('open', () => {})(); return 'all answered'";
    assert_eq!(ana.browser.script(calls).await, "all answered");
    // The launcher still answers, with the same form; only the person has changed.
    ana.open_support().await;
    assert_eq!(ana.value("hr-subject").await, "x");
    ana.send_request("S0", "The last words", "After it broke.").await;
    ana.receipt().await;
    Record::of(&ANA, &stage.server).await.only_request().await;
    ana.browser.script("return Handrail.destroy()").await;
    assert_eq!(ana.browser.script("return 'Handrail' in window").await, json!(false));

    // What broke is not entered again, be it from the boot of another language.
    ana.includes_the_tag(&stage.server.origin, "de").await;
    ana.open_support().await;
    ana.sees("Dies ist das einfache Formular").await;
    ana.leave_after(&["Handrail: the widget broke", "unreachable"]).await;
}
