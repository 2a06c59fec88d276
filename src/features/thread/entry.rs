//! Something that was said: by whom, when, the text, and the files that came with it.

use super::{files::files, rich};
use crate::{
    features::session::Session,
    i18n::{At, Key},
    state::talk::Talk,
    ui::{
        chip::chip,
        node::{Node, el},
    },
};
use api::{Time, comment::Comment};

/// A comment.
pub(super) fn said(session: &Session, talk: &Talk, comment: &Comment) -> Node {
    let author = talk.person(comment.author_id);
    let agent = author.is_some_and(|author| author.agent);
    let name = author.map_or("", |author| author.name.as_str());
    let head = el("div", "hr-talk__head")
        .child(el("span", "hr-talk__author").attr("dir", "auto").text(name))
        .children(agent.then(|| chip("agent", session.text(Key::BadgeSupport))))
        .children(comment.created_at.map(|at| time(session, at)));
    let class = if agent { "hr-talk__item hr-talk__item--agent" } else { "hr-talk__item" };
    el("article", class)
        .attr("aria-label", name)
        .child(head)
        .child(rich::text(comment))
        .children(files(session, &comment.attachments))
}

/// When something was said or happened.
pub(super) fn time(session: &Session, at: Time) -> Node {
    el("time", "hr-talk__time").attr("datetime", &api::time::format(at)).text(&session.i18n.time(
        at,
        session.now(),
        At::Short,
    ))
}
