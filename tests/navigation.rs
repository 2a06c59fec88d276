//! Hosts that change their page without loading it anew, and browsers that bring an old one back.

use crate::support::{
    agent::Record,
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};

in_every_engine! {
    a_route_of_the_host_changes_nothing_in_the_widget,
    a_replaced_body_can_be_given_the_widget_again,
}

async fn a_route_of_the_host_changes_nothing_in_the_widget(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.write_subject("Half a thought").await;
    ana.browser.script("history.pushState(null, '', '/plain/reports')").await;
    ana.write_description("And the other half.").await;
    let back = "return new Promise((resolve) => {
        addEventListener('popstate', () => resolve(location.pathname), { once: true });
        history.back();
    })";
    assert_eq!(ana.browser.script(back).await, "/plain/");
    assert_eq!(ana.value("hr-subject").await, "Half a thought");
    ana.choose("S2").await;
    ana.press("Send request").await;
    ana.receipt().await;
    let length = "const before = history.length; await Handrail.close(); await Handrail.open();
        return history.length - before";
    assert_eq!(ana.browser.script(length).await, 0, "the history is the host's");
    ana.leave().await;
}

/// As docs/EMBEDDING.md tells it: destroy before, include after. And who forgets the former is not
/// punished by an error.
async fn a_replaced_body_can_be_given_the_widget_again(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    // In the second round the host remembers late, in the third one never.
    for (before, after) in [
        ("await Handrail.destroy();", ""),
        ("", "await Handrail.close(); await Handrail.logout(); await Handrail.destroy();"),
        ("", ""),
    ] {
        ana.open_support().await;
        ana.sees("Reply within").await;
        let replace = format!(
            "{before}
            const body = document.createElement('body');
            body.append(document.createElement('main'));
            document.body.replaceWith(body);
            {after}
            return document.querySelectorAll('handrail-widget').length"
        );
        assert_eq!(ana.browser.script(&replace).await, 0);
        ana.includes_the_tag(&stage.server.origin, "en").await;
        ana.finds("hr-corner > button").await;
        // Where there is a widget, another tag does nothing.
        let first = "window.first = document.querySelector('handrail-widget'); return 1";
        ana.browser.script(first).await;
        ana.includes_the_tag(&stage.server.origin, "en").await;
        let same = "return document.querySelectorAll('handrail-widget').length === 1
            && document.querySelector('handrail-widget') === window.first";
        assert_eq!(ana.browser.script(same).await, true);
    }
    ana.open_support().await;
    ana.send_request("S3", "After all that", "It still works.").await;
    ana.receipt().await;
    ana.leave().await;
}

// Firefox brings back no page that had a stream open, and an open panel has one: it loads the page anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_comes_back_has_a_living_widget_in_chromium() {
    a_page_that_comes_back_has_a_living_widget(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_comes_back_has_a_living_widget_in_webkit() {
    a_page_that_comes_back_has_a_living_widget(Engine::WebKit).await;
}

/// Back from another page: the old one is brought back as it stood, with all that was typed, and what
/// happens is told in it anew.
async fn a_page_that_comes_back_has_a_living_widget(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    ana.write_subject("Half a thought").await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests.").await;
    let record = Record::of(&ANA, &stage.server).await;
    record.create("Before", &[]).await;
    ana.sees("Before").await;
    // What a script left there is gone from a page that is loaded anew.
    ana.browser.script("document.body.dataset.stood = 'yes'").await;
    ana.visit(&stage.page("defer", &ANA)).await;
    ana.open_support().await;
    ana.browser.back().await;
    let stood = "return document.body.dataset.stood ?? ''";
    ana.answer("the page as it stood", stood, &[], |stood: &String| stood == "yes").await;
    record.create("After", &[]).await;
    ana.sees("After").await;
    ana.go_to("New request").await;
    assert_eq!(ana.value("hr-subject").await, "Half a thought");
    ana.choose("S2").await;
    ana.write_description("And the other half.").await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.leave().await;
}
