//! Every component in every state, on one page, for those who theme the widget or change it. Made of the components
//! themselves; compiled only with the feature `components`, so no host ever downloads it.
//!
//! The names of sections and states are for engineers and stay English; what the components say is translated.

mod forms;
mod marks;

use crate::{
    client::{Client, TokenSource},
    features::session::Session,
    i18n::I18n,
    ui::node::{Node, el},
};
use js_sys::Array;
use leptos::mount::mount_to;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Draws the page into an element of a shadow root that has adopted the style sheet.
///
/// # Errors
/// When the browser has no Intl.
#[wasm_bindgen]
pub fn show_components(
    container: HtmlElement,
    texts: &Array,
    later: &Array,
    locale: &str,
) -> Result<(), JsValue> {
    let i18n = I18n::new(texts, locale.to_owned(), locale.to_owned());
    i18n.learn(later);
    let session = Session::new(Client::new("", TokenSource::None), i18n, |_| {});
    let views = mount_to(container, move || page(&session));
    // The page stays as long as its tab.
    std::mem::forget(views);
    Ok(())
}

fn page(session: &Session) -> Node {
    el("div", "hr-page")
        .attr("lang", session.i18n.locale())
        .attr("dir", session.i18n.direction())
        .child(
            el("div", "hr-form")
                .children(marks::sections(session))
                .children(forms::sections(session)),
        )
}

/// A section of the page: a name, and each state beside its own name.
fn section(name: &str, states: Vec<(&str, Node)>) -> Node {
    let states = states.into_iter().map(|(state, node)| {
        el("div", "hr-form")
            .child(el("span", "hr-field__hint").attr("dir", "ltr").text(state))
            .child(el("div", "").child(node))
    });
    el("section", "hr-form")
        .child(el("h2", "hr-panel__title").attr("dir", "ltr").text(name))
        .child(el("div", "hr-form").children(states))
}
