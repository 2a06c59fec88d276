//! Hosts that are hostile, or merely different: their style sheets, their layers, their shortcuts,
//! what they did to the browser's own functions, and their printed pages.

use crate::support::{
    browser::Screen,
    engine::{Engine, in_every_engine},
    people::ANA,
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};

in_every_engine! {
    style_sheets_of_the_host_change_nothing_of_ours,
    an_open_panel_is_above_every_layer_of_the_host,
    a_hardened_and_watched_page_does_not_break_the_widget,
    a_shortcut_that_listens_first_can_tell_that_somebody_types,
}

/// How everything of ours looks, but for what changes with the time of day.
const LOOKS: &str = "return all('hr-corner, hr-corner *, .hr-panel, .hr-panel *').map((part) => {
    const style = getComputedStyle(part);
    const names = ['display', 'position', 'color', 'backgroundColor', 'fontSize', 'fontFamily',
        'lineHeight', 'letterSpacing', 'textTransform', 'cursor', 'opacity', 'visibility',
        'pointerEvents', 'marginTop', 'paddingLeft', 'borderTopWidth', 'minHeight'];
    return [part.localName, part.className.baseVal ?? part.className]
        .concat(names.map((name) => `${name}: ${style[name]}`));
})";

/// Where the panel is, and whose element is met in its middle and near its corners.
const PLACE: &str = "const { x, y, width, height } = all('.hr-panel')[0].getBoundingClientRect();
    const points = [[0.5, 0.5], [0.05, 0.05], [0.95, 0.05], [0.05, 0.95], [0.95, 0.95]];
    const met = points.map(([right, down]) =>
        document.elementFromPoint(x + right * width, y + down * height)?.localName);
    return [[x, y, width, height].map(Math.round), met]";

async fn style_sheets_of_the_host_change_nothing_of_ours(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    let mut seen = Vec::new();
    for case in ["plain", "hostile"] {
        ana.visit(&stage.page(case, &ANA)).await;
        ana.finds("hr-corner > button").await;
        // Not the mouse's way in, which a layer of the hostile page covers.
        ana.browser.script("document.activeElement.blur(); return Handrail.open()").await;
        ana.sees("Reply within").await;
        let still = "return all('.hr-panel')[0].getAnimations().length";
        ana.answer("a panel at rest", still, &[], |moving: &u32| *moving == 0).await;
        seen.push((ana.browser.script(LOOKS).await, ana.browser.script(PLACE).await));
    }
    let [(plain, place), (hostile, hostile_place)] = &seen[..] else { panic!("two pages") };
    let pairs = plain.as_array().unwrap().iter().zip(hostile.as_array().unwrap());
    let changed: Vec<_> = pairs.filter(|(one, other)| one != other).collect();
    assert_eq!(changed, [], "the host's style sheet reaches in");
    assert_eq!(place, hostile_place);
    ana.leave().await;
}

async fn an_open_panel_is_above_every_layer_of_the_host(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("hostile", &ANA).await;
    ana.finds("hr-corner > button").await;
    ana.browser.script("return Handrail.open()").await;
    ana.sees("Reply within").await;
    let place = ana.browser.script(PLACE).await;
    assert_eq!(place[1], json!(vec!["handrail-widget"; 5]), "{place}");
    // By mouse, which would meet the layer if that were above.
    ana.send_request("S2", "Above all", "Nothing covers this form.").await;
    ana.receipt().await;
    ana.close_support().await;
    let corner =
        "const { x, y, width, height } = all('hr-corner > button')[0].getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2).className";
    let wanted = "a closed widget where --hr-z says";
    ana.answer(wanted, corner, &[], |met: &String| met == "layer").await;
    ana.leave().await;
}

async fn a_hardened_and_watched_page_does_not_break_the_widget(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("frozen", &ANA).await;
    ana.open_support().await;
    ana.send_request("S1", "From a hardened page", "Nothing may be changed there.").await;
    let id = ana.receipt().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.reply("And answered there.").await;
    ana.conversation(2).await;
    let watched = "return window.fetched.filter((address) => address.includes('/api/v2/')).length";
    assert!(ana.browser.script(watched).await.as_u64() >= Some(4), "the host's own fetch was used");
    ana.leave().await;
}

/// A shortcut that listens before everybody else hears what is typed into the widget; it can see,
/// as with any component in a shadow root, that this happens in a field.
async fn a_shortcut_that_listens_first_can_tell_that_somebody_types(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person(&ANA).await;
    let listen = "window.acted = [];
        addEventListener('keydown', (event) => {
            if (event.composedPath()[0].matches('input, textarea')) return;
            event.preventDefault();
            acted.push(event.key);
        }, { capture: true })";
    ana.browser.script(listen).await;
    ana.open_support().await;
    ana.write_subject("/search? No, a subject").await;
    assert_eq!(ana.value("hr-subject").await, "/search? No, a subject");
    assert_eq!(ana.browser.script("return window.acted").await, json!([]));
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_ours_is_printed_with_the_hosts_page() {
    for screen in [Screen::Desk, Screen::Phone] {
        let (stage, line) = Stage::set_over_a_line().await;
        let ana = Person::sit_down(screen).await;
        ana.visit(&stage.page("plain", &ANA)).await;
        ana.finds("hr-corner > button").await;
        assert_eq!(printed(&ana).await, json!([]));
        ana.open_support().await;
        ana.sees("Reply within").await;
        assert_eq!(printed(&ana).await, json!([]), "{screen:?}");

        ana.visit(&stage.page("plain", &ANA)).await;
        line.lose_answers_to("_bg.wasm");
        ana.browser.devtools("Network.enable", json!({})).await;
        let no_cache = json!({ "cacheDisabled": true });
        ana.browser.devtools("Network.setCacheDisabled", no_cache).await;
        ana.click_launcher().await;
        ana.sees("This is the plain form").await;
        assert_eq!(printed(&ana).await, json!([]), "the plain form");
        ana.leave_after(&["net::ERR_", "Handrail:"]).await;
    }
}

/// What of ours would be on paper.
async fn printed(person: &Person) -> Value {
    let media = |media: &str| json!({ "media": media });
    person.browser.devtools("Emulation.setEmulatedMedia", media("print")).await;
    let seen = "const seen = all('*').filter((part) => shown(part) && part.offsetHeight > 0);
        return seen.map((part) => `${part.localName} ${part.className}`)";
    let seen = person.browser.script(seen).await;
    person.browser.devtools("Emulation.setEmulatedMedia", media("")).await;
    seen
}
