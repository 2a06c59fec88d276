//! The receipt: the number, the promise as the server recorded it, and the way to the request.

use crate::{
    features::session::Session,
    i18n::{At, Key},
    state::{
        sending::Receipt,
        view::{List, View},
    },
    ui::{
        button::{main_button, quiet_button},
        focus::focus_soon,
        icon::{Icon, icon},
        node::{Node, el},
    },
};
use std::rc::Rc;

/// Shown until another request is begun.
#[must_use]
pub(super) fn receipt(session: &Session, receipt: &Receipt) -> Node {
    let i18n = &session.i18n;
    let id = receipt.id;
    let title = el("h3", "hr-receipt__title")
        .attr("tabindex", "-1")
        .text(&i18n.fill(Key::ReceiptTitle, &[("id", &id.to_string())]));
    focus_soon(&title);
    let promise = receipt.due_at.map(|due| {
        let due = i18n.time(due, session.now(), At::Full);
        el("p", "hr-receipt__promise").text(&i18n.fill(Key::ReceiptPromise, &[("due", &due)]))
    });
    let safe = if receipt.changed_since { Key::ReceiptChanged } else { Key::ReceiptSafe };
    let (opening, beginning) = (session.clone(), session.clone());
    let open = move || {
        opening.start_anew();
        opening.view.set(View::Request { id, from: List::Mine });
    };
    el("div", "hr-receipt")
        .child(el("span", "hr-receipt__mark").child(icon(Icon::Check)))
        .child(title)
        .children(promise)
        .child(el("p", "hr-receipt__text").text(session.text(safe)))
        .child(main_button(session.text(Key::ReceiptOpen), Rc::new(open)))
        .child(quiet_button(
            session.text(Key::ReceiptAnother),
            Rc::new(move || beginning.start_anew()),
        ))
}
