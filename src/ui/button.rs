//! Buttons: real ones, never dead. A busy button keeps its place and its focus.

use super::{
    call::Ask,
    node::{Node, el},
};
use std::rc::Rc;

/// What a press does.
pub type Press = Rc<dyn Ask>;

/// A push button. `class` says which: `hr-button hr-button--main` for the one thing to do here.
#[must_use]
pub fn plain_button(class: &str, press: Press) -> Node {
    el("button", class).attr("type", "button").on("click", move |_| press.ask())
}

/// The one thing to do here.
#[must_use]
pub fn main_button(label: &str, press: Press) -> Node {
    plain_button("hr-button hr-button--main", press).text(label)
}

/// Another way on.
#[must_use]
pub fn quiet_button(label: &str, press: Press) -> Node {
    plain_button("hr-button hr-button--quiet", press).text(label)
}

/// A form, whose submit button or Enter key does what `submit` does. The browser itself checks and
/// sends nothing.
#[must_use]
pub fn form(submit: Press, class: &str) -> Node {
    el("form", class).attr("novalidate", "").on("submit", move |event| {
        event.prevent_default();
        submit.ask();
    })
}

/// The button that submits the form around it; `state` is its label and whether it is busy, followed.
/// While busy it says so, but it stays where it is and
/// keeps the focus; that a busy form is not submitted again is for the form to see to.
#[must_use]
pub fn submit_button(state: impl Fn() -> (String, bool) + 'static) -> Node {
    let state = Rc::new(state);
    let is_busy = Rc::clone(&state);
    el("button", "hr-button hr-button--main")
        .attr("type", "submit")
        .live_attr("aria-disabled", move || is_busy().1.then_some("true"))
        .live_text(move || state().0)
}

/// A button that shows only a picture; its name is said and shown as a tip.
#[must_use]
pub fn icon_button(label: &str, picture: Node, press: Press) -> Node {
    plain_button("hr-icon-button", press)
        .attr("title", label)
        .attr("aria-label", label)
        .child(picture)
}
