//! What was said. Text is text: no HTML of anybody reaches the page.

use crate::{
    features::session::{Session, Shared},
    i18n::{At, Key},
    ui::{
        chip::chip,
        node::{Node, el},
    },
};
use api::comment::{Author, Comment, CommentList};

/// The comments, oldest first.
#[must_use]
pub(super) fn conversation(session: &Session, list: &CommentList) -> Node {
    let said = list.comments.iter().map(|comment| {
        let author = list.users.iter().find(|user| Some(user.id) == comment.author_id);
        said(session, comment, author)
    });
    el("ol", "hr-talk").attr("aria-label", session.text(Key::Conversation)).children(said)
}

fn said(session: &Shared, comment: &Comment, author: Option<&Author>) -> Node {
    let agent = author.is_some_and(|author| author.agent);
    let name = author.map_or("", |author| author.name.as_str());
    let badge = agent.then(|| chip("agent", session.text(Key::BadgeSupport)));
    let time = comment.created_at.map(|at| {
        el("time", "hr-talk__time")
            .attr("datetime", &api::time::format(at))
            .text(&session.i18n.time(at, session.now(), At::Short))
    });
    let head = el("div", "hr-talk__head")
        .child(el("span", "hr-talk__author").attr("dir", "auto").text(name))
        .children(badge)
        .children(time);
    let class = if agent { "hr-talk__item hr-talk__item--agent" } else { "hr-talk__item" };
    el("li", class)
        .child(head)
        .child(el("div", "hr-talk__text").attr("dir", "auto").text(&comment.plain_body))
}
