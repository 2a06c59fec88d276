//! The widget breaks: the person keeps a way to support, and the host's page keeps working.

use crate::support::{people::ANA, person::Person, server::SUPPORT_MAIL, stage::Stage};
use serde_json::json;

/// Calls what the Wasm exports for this, as a host engineer would from the browser's console.
async fn is_hit_by_a_fire_drill(person: &Person) {
    let drill = "const glue = performance.getEntriesByType('resource')
            .map((entry) => entry.name).find((name) => /handrail-[^/]*\\.js$/.test(name));
        const module = await import(glue);
        try { module.drill(); return 'no panic'; } catch (cause) { return cause.constructor.name; }";
    assert_eq!(person.browser.script(drill).await, "RuntimeError");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_leaves_the_person_with_an_address_and_the_host_untouched() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.browser.script("Handrail.on('error', () => (window.told = true))").await;
    ana.open_support().await;
    ana.fill_in("S0", "The last words", "Before it broke.").await;
    is_hit_by_a_fire_drill(&ana).await;

    let alert = ana.text("hr-corner [role=alert]").await;
    assert!(alert.starts_with("Support could not be opened here."), "{alert}");
    ana.finds(&format!("hr-corner a[href='mailto:{SUPPORT_MAIL}']")).await;
    ana.loses(".hr-panel").await;
    assert_eq!(ana.browser.script("return window.told").await, true);

    ana.click_host("#count").await;
    ana.click_host("#count").await;
    assert_eq!(ana.browser.script("return document.querySelector('#count').innerText").await, "2");
    let calls = "await Handrail.open(); await Handrail.close(); await Handrail.logout();
        await Handrail.identify(async () => ''); await Handrail.prefill({ subject: 'x' });
        Handrail.on('open', () => {})(); return 'all answered'";
    assert_eq!(ana.browser.script(calls).await, "all answered");
    // The launcher still answers, with the same message.
    ana.click_launcher().await;
    ana.finds("hr-corner [role=alert]").await;
    ana.browser.script("return Handrail.destroy()").await;
    assert_eq!(ana.browser.script("return 'Handrail' in window").await, json!(false));
    ana.leave_after(&["fire drill", "unreachable"]).await;
}
