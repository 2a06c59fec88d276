//! What one can do at the end of a conversation: reply, or go on with a closed request in a new one.

use super::{opening::Thread, reply::reply};
use crate::{
    i18n::Key,
    ui::{
        button::main_button,
        node::{Node, el, place},
    },
};
use api::request::Status;
use std::rc::Rc;

/// A reply box, or why there is none and what there is instead.
pub(super) fn answer(thread: &Thread) -> Node {
    let (known, thread) = (Rc::clone(thread), Rc::clone(thread));
    place(
        move || (known.status() == Some(Status::Closed), known.can().comment),
        move |(is_closed, may_comment)| {
            Some(match (is_closed, may_comment) {
                (true, _) => closed(&thread),
                (false, true) => reply(&thread),
                (false, false) => {
                    el("p", "hr-field__hint").text(thread.session.text(Key::ReplyReadOnly))
                }
            })
        },
    )
}

/// The way on from a closed request.
fn closed(thread: &Thread) -> Node {
    let session = &thread.session;
    let following = Rc::clone(thread);
    let follow_up = move || {
        let subject = following.with(|request| request.subject.clone());
        following.session.follow_up(following.id, &subject.unwrap_or_default());
    };
    el("div", "hr-thread__closed")
        .child(el("p", "hr-field__hint").text(session.text(Key::ReplyClosed)))
        .child(main_button(session.text(Key::FollowupBegin), Rc::new(follow_up)))
}
