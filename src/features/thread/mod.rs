//! One request: its facts, its clock explained, its conversation, and a reply.

mod conversation;
mod reply;

use crate::{
    client::{Client, Error},
    features::{
        loading::{load, refresh, show},
        requests::row::{chips, number},
        session::Session,
        timer_text::{Detail, timer},
    },
    i18n::Key,
    state::{load::Load, view::List},
    ui::{
        button::icon_button,
        focus::focus_soon,
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use api::{
    comment::CommentList,
    request::{Request, Status},
};
use conversation::conversation;
use reply::{OnReplied, reply};
use std::{cell::Cell, rc::Rc};

/// A request, opened from a list.
#[must_use]
pub fn thread(session: &Session, id: i64, from: List) -> Node {
    let fetching = session.client.clone();
    let request = load(move || fetch_request(fetching.clone(), id));
    let fetching = session.client.clone();
    let comments = load(move || fetch_comments(fetching.clone(), id));

    let (facts_of, talk_of) = (session.clone(), session.clone());
    let entered = Cell::new(false);
    let facts = show(session, &request, move |request| {
        let (facts, title) = facts(&facts_of, request);
        // The focus goes there on coming in, and stays where it is when the request changes.
        if !entered.replace(true) {
            focus_soon(&title);
        }
        facts
    });
    let grown = comments.state.clone();
    // One failure is told once: without the request there is no conversation either.
    let (has_request, client) = (request.state.clone(), session.client.clone());
    let talk = place(
        move || has_request.read().ready().is_some(),
        move |has_request| {
            let shown = talk_of.clone();
            has_request.then(|| show(&talk_of, &comments, move |list| conversation(&shown, list)))
        },
    );
    // After a reply the status may have changed and the conversation has grown; the answer says the
    // first, and the second is fetched without hiding what is there.
    let changed = request.state.clone();
    let on_replied: OnReplied = Rc::new(move |answer| {
        changed.set(Load::Ready(answer));
        refresh(&grown, fetch_comments(client.clone(), id));
    });
    let (replying, state) = (session.clone(), request.state);
    let status = Rc::new(move || state.read().ready().and_then(|request| request.status));
    let (known, asked) = (Rc::clone(&status), status);
    let answer = place(
        move || known().map(|status| status == Status::Closed),
        move |closed| {
            Some(if (*closed)? {
                el("p", "hr-field__hint").text(replying.text(Key::ReplyClosed))
            } else {
                let asked = Rc::clone(&asked);
                let is_solved = move || asked() == Some(Status::Solved);
                reply(&replying, id, is_solved, Rc::clone(&on_replied))
            })
        },
    );
    el("div", "hr-thread").child(bar(session, id, from)).child(facts).child(talk).child(answer)
}

async fn fetch_request(client: Client, id: i64) -> Result<Request, Error> {
    client.request(id).await
}

async fn fetch_comments(client: Client, id: i64) -> Result<CommentList, Error> {
    client.comments(id).await
}

fn bar(session: &Session, id: i64, from: List) -> Node {
    let leaving = session.clone();
    let back = Rc::new(move || leaving.view.set(from.into()));
    el("div", "hr-thread__bar")
        .child(icon_button(session.text(Key::Back), icon(Icon::Back), back))
        .child(number(id))
}

/// Subject, severity, status and the clock with its reason; and the subject by itself.
fn facts(session: &Session, request: &Request) -> (Node, Node) {
    let title = el("h3", "hr-thread__title")
        .attr("dir", "auto")
        .attr("tabindex", "-1")
        .text(&request.subject);
    let facts = el("div", "hr-thread__facts")
        .child(title.clone())
        .child(el("div", "hr-row__facts").children(chips(session, request)))
        .child(timer(session, request, Detail::Explained));
    (facts, title)
}
