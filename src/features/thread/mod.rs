//! One request: its facts, its clock explained, its people, its conversation, and what one does.

mod answer;
mod conversation;
mod entry;
mod files;
mod line;
mod opening;
mod people;
mod reply;
mod rich;

use crate::{
    features::{
        loading::show,
        requests::row::{chips, number},
        session::Session,
        timer_text::{Detail, timer},
    },
    i18n::Key,
    state::view::{List, View},
    ui::{
        button::{icon_button, plain_button},
        focus::focus_soon,
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use api::request::Request;
use opening::{Opening, Thread};
use std::{cell::Cell, rc::Rc};

/// A request, opened from a list.
#[must_use]
pub fn thread(session: &Session, id: i64, from: List) -> Node {
    let thread = Opening::begin(session, id, from);
    let shown = Rc::clone(&thread);
    let facts = show(session, &thread.request, move |opened| facts(&shown, &opened.request));
    // One failure is told once: without the request there is no conversation either.
    let (known, there) = (Rc::clone(&thread), Rc::clone(&thread));
    let rest = place(
        move || known.request.state.read().ready().is_some(),
        move |is_known| {
            is_known.then(|| {
                el("div", "hr-thread__rest")
                    .child(people::people(&there))
                    .child(conversation::conversation(&there))
                    .child(answer::answer(&there))
            })
        },
    );
    el("div", "hr-thread").child(bar(&thread)).child(facts).child(rest)
}

/// The way back, the number and the subject, in sight however far one has scrolled.
fn bar(thread: &Thread) -> Node {
    let (leaving, named) = (Rc::clone(thread), Rc::clone(thread));
    let entered = Cell::new(false);
    let title = place(
        move || named.with(|request| request.subject.clone()),
        move |subject| {
            let title = el("h3", "hr-thread__title")
                .attr("dir", "auto")
                .attr("tabindex", "-1")
                .text(subject.as_ref()?);
            // The focus goes there on coming in, and stays where it is when the request changes.
            if !entered.replace(true) {
                focus_soon(&title);
            }
            Some(title)
        },
    );
    let back = Rc::new(move || leaving.leave());
    el("div", "hr-thread__bar")
        .child(icon_button(thread.session.text(Key::Back), icon(Icon::Back), back))
        .child(el("div", "hr-thread__name").child(number(thread.id)).child(title))
}

/// Severity, status, the clock with its reason, and what it follows up.
fn facts(thread: &Thread, request: &Request) -> Node {
    let session = &thread.session;
    let follows = request.followup_source_id.map(|id| {
        let (opening, from) = (session.clone(), thread.from);
        let text = session.i18n.fill(Key::FollowupOf, &[("id", &id.to_string())]);
        let open = move || opening.view.set(View::Request { id, from });
        plain_button("hr-link hr-link--button", Rc::new(open)).text(&text)
    });
    el("div", "hr-thread__facts")
        .child(el("div", "hr-row__facts").children(chips(session, request)))
        .child(timer(session, request, Detail::Explained))
        .children(follows)
}
