//! Which view stands in the frame.

use super::navigation::navigation;
use crate::{
    features::{
        later::{follow_later, later},
        new_request::new_request,
        session::Session,
        ticking::tick_while_shown,
    },
    i18n::Key,
    state::view::View,
    ui::{
        announcer::announcer,
        node::{Node, el, place_in},
    },
};

/// Navigation, the view that is chosen, and what is said aloud. A view is made anew when another is
/// chosen and when somebody else is speaking.
#[must_use]
pub(super) fn views(session: &Session) -> [Node; 3] {
    tick_while_shown(session);
    follow_later(session);
    let (chosen, shown) = (session.clone(), session.clone());
    let view = place_in(
        el("hr-place", "hr-views"),
        move || (chosen.view.get(), chosen.person.get()),
        move |(view, _)| {
            // A box of its own for each, so that each begins at its top.
            Some(el("div", "hr-view").child(match *view {
                View::NewRequest => new_request(&shown),
                other => later(&shown, other),
            }))
        },
    );
    [navigation(session), view, announcer(session.announcement.clone())]
}

/// The same views on a page of their own.
#[must_use]
pub fn page_panel(session: &Session) -> Node {
    el("div", "hr-page")
        .attr("lang", session.i18n.locale())
        .attr("dir", session.i18n.direction())
        .child(el("h1", "hr-page__title").text(session.text(Key::NavLabel)))
        .children(views(session))
}
