//! The way between the views.

use crate::{
    features::session::Session,
    i18n::Key,
    state::view::View,
    ui::{
        button::plain_button,
        node::{Node, el, place},
    },
};
use std::rc::Rc;

/// Buttons, not links: the host's address bar is not ours.
#[must_use]
pub(super) fn navigation(session: &Session) -> Node {
    let (known, shown) = (session.clone(), session.clone());
    // Only for somebody who has organizations that share.
    let organization = place(
        move || known.shares.get(),
        move |shares| {
            shares.then(|| entry(&shown, View::OrganizationRequests, Key::NavOrganization))
        },
    );
    el("nav", "hr-nav")
        .attr("aria-label", session.text(Key::NavLabel))
        .child(entry(session, View::NewRequest, Key::NavNew))
        .child(entry(session, View::MyRequests, Key::NavMine).child(news(session, 0)))
        .child(entry(session, View::CcdRequests, Key::NavCcd).child(news(session, 1)))
        .child(organization)
}

fn entry(session: &Session, view: View, key: Key) -> Node {
    let (chosen, choosing) = (session.clone(), session.clone());
    plain_button("hr-nav__item", Rc::new(move || choosing.view.set(view)))
        .live_attr("aria-current", move || (chosen.view.read().section() == view).then_some("page"))
        .text(session.text(key))
}

/// How many requests of a list have news: the number for the eye, a sentence for the ear.
fn news(session: &Session, list: usize) -> Node {
    let (counted, session) = (session.unread.clone(), session.clone());
    place(
        move || counted.read().get(list).copied().unwrap_or_default() as u32,
        move |count| {
            let number = (*count > 0).then(|| session.i18n.number(f64::from(*count)))?;
            let said = session.i18n.count(Key::NavUnread, *count);
            Some(
                el("span", "hr-nav__news")
                    .child(el("span", "").attr("aria-hidden", "true").text(&number))
                    .child(el("span", "hr-hidden").text(&said)),
            )
        },
    )
}
