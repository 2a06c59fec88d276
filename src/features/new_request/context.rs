//! What the page knows and the person may add: off until it is ticked, and shown as it will be sent.
//!
//! It is added to the text of the request and not to fields of its own: so it is read wherever the
//! request is, by mail and on any help desk, and what is shown is what is sent, letter by letter.

use crate::{
    features::session::{Session, Shared},
    i18n::Key,
    state::draft::join,
    ui::node::{Node, el, follow},
};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const TEXT: &str = "hr-context-text";

pub(super) fn context(session: &Session) -> Node {
    let (ticked, ticking, shown) = (session.clone(), session.clone(), session.clone());
    let tick = el("input", "hr-check__box").attr("type", "checkbox").attr("aria-describedby", TEXT);
    let element: HtmlInputElement = tick.element().clone().unchecked_into();
    let state = element.clone();
    let tick = tick.on("change", move |_| {
        let text = if state.checked() { text(&ticking) } else { String::new() };
        ticking.type_in(|draft| draft.context = text);
    });
    follow(Box::new(move || element.set_checked(!ticked.draft.read().context.is_empty())));
    let label = el("label", "hr-check")
        .child(tick)
        .child(el("span", "").text(session.text(Key::ContextLabel)));
    let text =
        el("pre", "hr-context__text").attr("id", TEXT).attr("dir", "auto").live_text(move || {
            let ticked = shown.draft.read().context.clone();
            if ticked.is_empty() { text(&shown) } else { ticked }
        });
    el("div", "hr-context").child(label).child(text)
}

/// The page without query and fragment, where names and tokens may stand; the product's version, if
/// the host told it; the browser.
fn text(session: &Shared) -> String {
    let location = window().location();
    let mut page = location.origin().unwrap_or_default();
    page.push_str(&location.pathname().unwrap_or_default());
    let browser = window().navigator().user_agent().unwrap_or_default();
    let version = session.version.get();
    let known = [
        (Key::ContextPage, &page),
        (Key::ContextVersion, &version),
        (Key::ContextBrowser, &browser),
    ];
    let lines: Vec<String> = known
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| session.i18n.fill(key, &[("value", value)]))
        .collect();
    join(&lines, "\n")
}
