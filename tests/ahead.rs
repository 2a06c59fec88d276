//! The form stands before the Wasm is there, and whoever writes in it does not notice when that comes: the
//! Wasm goes on with the very elements.

use crate::support::{
    agent::Record,
    browser::Screen,
    engine::{Engine, in_every_engine},
    line::Line,
    people::ANA,
    person::{PANEL, Person},
    stage::Stage,
};
use serde_json::json;

const SUBJECT: &str = "Half a word";
const TEXT: &str = "Written before the code was there.";

/// Somebody before a line that holds the Wasm back.
async fn ahead(engine: Engine) -> (Stage, Line, Person) {
    let (stage, line) = Stage::set_over_a_line_in(engine).await;
    line.hold_answers_to("_bg.wasm");
    let ana = stage.person(&ANA).await;
    (stage, line, ana)
}

impl Person {
    /// Waits until the Wasm is there, which alone can promise.
    async fn sees_the_widget(&self) {
        self.reads(".hr-severity__promise", "to promise", |text| !text.is_empty()).await;
    }
}

in_every_engine! {
    what_is_written_while_the_wasm_is_on_its_way_goes_on_in_the_same_field,
    what_is_sent_before_the_wasm_is_there_is_sent_once_and_answered_by_the_widget,
}

async fn what_is_written_while_the_wasm_is_on_its_way_goes_on_in_the_same_field(engine: Engine) {
    let (stage, line, ana) = ahead(engine).await;
    ana.open_support().await;
    ana.choose("S2").await;
    ana.write_description(TEXT).await;
    ana.write_subject("Half a wo").await;
    // The caret stands within the word, and the form is scrolled.
    let caret = "const field = root.getElementById('hr-subject'), view = all('.hr-view')[0];
        field.setSelectionRange(5, 6); view.scrollTop = 40;
        window.before = [field, view, root.getElementById('hr-description')]; return view.scrollTop";
    let scrolled = ana.browser.script(caret).await;
    line.mend();
    ana.sees_the_widget().await;
    let after = "const [field, view, text] = window.before;
        return [root.activeElement === field, field.isConnected, text.isConnected,
            field.selectionStart, field.selectionEnd, view.scrollTop]";
    let expected = json!([true, true, true, 5, 6, scrolled]);
    assert_eq!(ana.browser.script(after).await, expected);
    ana.browser.keys("the").await;
    ana.reads_value("hr-subject", "Half the wo").await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!((&stored["id"], &stored["subject"]), (&json!(id), &json!("Half the wo")));
    assert_eq!((&stored["description"], &stored["priority"]), (&json!(TEXT), &json!("normal")));
    ana.leave().await;
}

async fn what_is_sent_before_the_wasm_is_there_is_sent_once_and_answered_by_the_widget(
    engine: Engine,
) {
    let (stage, line, ana) = ahead(engine).await;
    ana.open_support().await;
    ana.press("Send request").await;
    ana.sees("Choose how badly it hurts.").await;
    ana.fill_in("S1", SUBJECT, TEXT).await;
    ana.press("Send request").await;
    ana.reads(".hr-button--main", "to say that it waits", |text| text == "Sending…").await;
    line.mend();
    let id = ana.receipt().await;
    ana.press("View request").await;
    ana.conversation(1).await;
    let stored = Record::of(&ANA, &stage.server).await.only_request().await;
    assert_eq!((&stored["id"], &stored["subject"]), (&json!(id), &json!(SUBJECT)));
    ana.leave().await;
}

/// What is there, as it is, and where it stands.
const TREE: &str = "const boxes = ['.hr-panel__title', '.hr-icon-button', '.hr-nav__item', 'legend', 'label',
        '.hr-severity__meaning', '.hr-details', '.hr-field__control', '.hr-form__rest'];
    const box = (it) => { const { x, y, width } = it.getBoundingClientRect(); return [x, y, width].join(' ') };
    const panel = all('.hr-panel')[0];
    await Promise.all(panel.getAnimations().map((it) => it.finished));
    const tree = panel.cloneNode(true);
    // A minute may pass meanwhile.
    for (const it of tree.querySelectorAll('.hr-severity__promise')) it.textContent = '';
    return [tree.outerHTML, all(boxes).map((it) => it.className + ' ' + box(it))]";

async fn tree_of(person: &Person) -> (String, Vec<String>) {
    let tree = person.browser.script(TREE).await;
    serde_json::from_value(tree).expect("a tree and boxes")
}

async fn is_the_same_whether_it_stood_before_or_not(page: &str) {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person_on(page, &ANA).await;
    ana.browser.script("return Handrail.open().then(() => Handrail.close())").await;
    ana.loses(".hr-panel[open]").await;
    ana.open_support().await;
    ana.sees_the_widget().await;
    ana.finds(".hr-files__pick").await;
    let (drawn, boxes_of_drawn) = tree_of(&ana).await;

    line.hold_answers_to("_bg.wasm");
    ana.visit(&stage.page(page, &ANA)).await;
    // What the browser has kept needs no line.
    ana.browser.devtools("Network.clearBrowserCache", json!({})).await;
    ana.open_support().await;
    let (_, boxes_before) = tree_of(&ana).await;
    line.mend();
    ana.sees_the_widget().await;
    ana.finds(".hr-files__pick").await;
    let (taken, boxes_of_taken) = tree_of(&ana).await;
    assert_eq!(taken, drawn);
    assert_eq!(boxes_of_taken, boxes_of_drawn);
    assert_eq!(boxes_of_taken[..boxes_before.len()], boxes_before, "something moved");
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_is_the_same_whether_the_form_stood_before_or_not() {
    is_the_same_whether_it_stood_before_or_not("plain").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_is_the_same_from_right_to_left_too() {
    is_the_same_whether_it_stood_before_or_not("arabic").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ways_to_other_views_lead_there_as_soon_as_the_wasm_is_there() {
    let (stage, line, ana) = ahead(Engine::Chromium).await;
    Record::of(&ANA, &stage.server).await.create("One of before", &[]).await;
    ana.open_support().await;
    ana.write_subject(SUBJECT).await;
    ana.go_to("My requests").await;
    ana.finds(".hr-skeleton").await;
    ana.go_to("New request").await;
    ana.reads_value("hr-subject", SUBJECT).await;
    ana.go_to("My requests").await;
    line.mend();
    ana.sees("One of before").await;
    ana.go_to("New request").await;
    ana.reads_value("hr-subject", SUBJECT).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_opens_a_request_before_the_wasm_is_there() {
    let (stage, line, ana) = ahead(Engine::Chromium).await;
    let id = Record::of(&ANA, &stage.server).await.create("One of before", &[]).await;
    ana.browser.script(&format!("Handrail.open({{ request: {id} }})")).await;
    ana.finds(".hr-panel[open] .hr-skeleton").await;
    line.mend();
    ana.reads(".hr-thread__title", "to be of the request", |text| text == "One of before").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_there_again_when_the_panel_was_closed_meanwhile() {
    let (_stage, line, ana) = ahead(Engine::Chromium).await;
    ana.open_support().await;
    ana.write_subject(SUBJECT).await;
    ana.close_support().await;
    let focused = "return root.activeElement?.textContent ?? null";
    assert_eq!(ana.browser.script(focused).await, "Support", "the focus goes back to the launcher");
    line.mend();
    ana.open_support().await;
    ana.sees_the_widget().await;
    ana.reads_value("hr-subject", SUBJECT).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_before_the_wasm_is_there_outlives_a_reload() {
    let (stage, line, ana) = ahead(Engine::Chromium).await;
    ana.open_support().await;
    ana.fill_in("S3", SUBJECT, TEXT).await;
    let kept =
        "return Object.values(localStorage).map((it) => JSON.parse(it).description)[0] ?? null";
    ana.answer("a kept draft", kept, &[], |text: &String| text == TEXT).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    line.mend();
    ana.sees_the_widget().await;
    ana.reads_value("hr-subject", SUBJECT).await;
    ana.finds("input[value=S3]:checked").await;
    ana.press("Send request").await;
    ana.receipt().await;
    let none =
        "return Object.keys(localStorage).filter((it) => it.startsWith('handrail:draft')).length";
    assert_eq!(ana.browser.script(none).await, 0);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_next_before_the_wasm_is_there_sees_nothing_of_the_one_before() {
    let (_stage, line, ana) = ahead(Engine::Chromium).await;
    ana.open_support().await;
    ana.fill_in("S0", "Takeover of Globex", TEXT).await;
    let next = "return fetch('/sign-in/ben/plain').then(() => Handrail.logout())";
    ana.browser.script(next).await;
    ana.reads_value("hr-subject", "").await;
    // What the next one writes stays when the Wasm comes.
    ana.write_subject("Of Ben").await;
    line.mend();
    ana.sees_the_widget().await;
    ana.reads_value("hr-subject", "Of Ben").await;
    ana.reads_value("hr-description", "").await;
    ana.loses("input[name=hr-severity]:checked").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_host_wishes_meanwhile_fills_what_is_empty() {
    let (_stage, line, ana) = ahead(Engine::Chromium).await;
    let wishes = "Handrail.prefill({ description: 'Of the host', subject: 'Of the host' });
        Handrail.open({ severity: 'S1' })";
    ana.browser.script(wishes).await;
    ana.reads_value("hr-description", "Of the host").await;
    ana.write_subject(SUBJECT).await;
    let backspace = "\u{e003}";
    ana.write_description(backspace).await;
    line.mend();
    ana.sees_the_widget().await;
    ana.reads_value("hr-subject", SUBJECT).await;
    ana.reads_value("hr-description", "").await;
    ana.finds("input[value=S1]:checked").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destroyed_form_leaves_nothing_and_the_late_wasm_draws_nothing() {
    let (_stage, line, ana) = ahead(Engine::Chromium).await;
    ana.open_support().await;
    ana.write_subject(SUBJECT).await;
    let destroy =
        "await Handrail.destroy(); return document.querySelectorAll('handrail-widget').length";
    assert_eq!(ana.browser.script(destroy).await, 0);
    line.mend();
    let arrived = "return performance.getEntriesByType('resource')
        .some((entry) => entry.name.endsWith('_bg.wasm') && entry.responseEnd > 0)";
    ana.answer("the late Wasm", arrived, &[], |arrived: &bool| *arrived).await;
    let left = "return [document.querySelectorAll('handrail-widget').length, 'Handrail' in window]";
    assert_eq!(ana.browser.script(left).await, json!([0, false]));
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phones_keyboard_is_left_its_room_before_the_wasm_is_there_and_after() {
    let (stage, line) = Stage::set_over_a_line().await;
    line.hold_answers_to("_bg.wasm");
    let ana = Person::sit_down(Screen::Phone).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.gets_a_keyboard().await;
    ana.has_in_sight("#hr-description", ".hr-view").await;
    line.mend();
    ana.sees_the_widget().await;
    assert_eq!(ana.browser.script(PANEL).await, json!([30, 420]));
    ana.has_in_sight("#hr-description", ".hr-view").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_dropped_too_early_does_not_take_the_page_away() {
    let (_stage, line, ana) = ahead(Engine::Chromium).await;
    ana.open_support().await;
    let drops = "const taken = (dataTransfer) => ['dragover', 'drop'].map((kind) =>
            !all('.hr-form')[0].dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true })));
        const file = new DataTransfer(), words = new DataTransfer();
        file.items.add(new File(['x'], 'x.txt'));
        words.setData('text/plain', 'x');
        return [...taken(file), ...taken(words)]";
    assert_eq!(ana.browser.script(drops).await, json!([true, true, false, false]));
    line.mend();
    ana.sees_the_widget().await;
    ana.leave().await;
}
