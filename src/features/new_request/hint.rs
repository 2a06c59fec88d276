//! A calm word when what was written and the severity plainly disagree. It stops nobody, and goes
//! when it is told to.

use crate::{
    features::session::{Session, Shared},
    i18n::Key,
    state::mismatch::{Mismatch, mismatch},
    ui::{
        button::plain_button,
        node::{Node, el, place},
        var::Var,
    },
};
use std::rc::Rc;

/// Stands where the promise does, below all that is being typed.
pub(super) fn hint(session: &Session) -> Node {
    let dismissed = Var::new(None);
    let (known, session, told) = (session.clone(), session.clone(), dismissed.clone());
    place(
        move || found(&known).filter(|found| *told.read() != Some(*found)),
        move |found| {
            let found = (*found)?;
            let key = match found {
                Mismatch::SoundsWorse => Key::MismatchWorse,
                Mismatch::SoundsBetter => Key::MismatchBetter,
            };
            let dismissed = dismissed.clone();
            let dismiss = plain_button(
                "hr-button hr-button--quiet",
                Rc::new(move || dismissed.set(Some(found))),
            );
            Some(
                el("div", "hr-hint")
                    .child(el("p", "").text(session.text(key)))
                    .child(dismiss.text(session.text(Key::MismatchDismiss))),
            )
        },
    )
}

fn found(session: &Shared) -> Option<Mismatch> {
    let draft = session.draft.read();
    let (high, low) = (session.text(Key::MismatchWordsHigh), session.text(Key::MismatchWordsLow));
    mismatch(draft.severity?, [&draft.subject, &draft.description], high, low)
}
