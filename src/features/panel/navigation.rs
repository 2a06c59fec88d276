//! The way between the views.

use crate::{
    features::session::Session,
    i18n::Key,
    state::view::View,
    ui::{
        button::plain_button,
        node::{Node, el},
    },
};
use std::rc::Rc;

const SECTIONS: [(View, Key); 3] = [
    (View::NewRequest, Key::NavNew),
    (View::MyRequests, Key::NavMine),
    (View::CcdRequests, Key::NavCcd),
];

/// Buttons, not links: the host's address bar is not ours.
#[must_use]
pub(super) fn navigation(session: &Session) -> Node {
    let buttons = SECTIONS.map(|(view, key)| {
        let (chosen, choosing) = (session.clone(), session.clone());
        plain_button("hr-nav__item", Rc::new(move || choosing.view.set(view)))
            .live_attr("aria-current", move || {
                (chosen.view.read().section() == view).then_some("page")
            })
            .text(session.text(key))
    });
    el("nav", "hr-nav").attr("aria-label", session.text(Key::NavLabel)).children(buttons)
}
