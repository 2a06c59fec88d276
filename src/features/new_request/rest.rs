//! What a form can do beyond what everybody fills in: files, CCs, what the page knows, examples, a hint. It comes with
//! the later part of the Wasm, while somebody is already writing.

use super::{context::context, examples::examples, hint::hint};
use crate::{
    features::{
        addresses::{AddressField, address_field},
        attachments::{picker, takes_files},
        session::Session,
    },
    i18n::Key,
    ui::{
        field::ErrorText,
        node::{Node, el},
    },
};
use std::rc::Rc;

/// The form that stands already.
pub struct Form {
    /// Takes files that are dropped on it or pasted into it.
    pub(super) whole: Node,
    /// What opens below the choices of severity.
    pub(super) examples: Node,
    /// Where hints are said.
    pub(super) hints: Node,
    /// What is wrong with the CCs, or nothing; followed.
    pub(super) cc_error: ErrorText,
}

/// The fields below the description.
#[must_use]
pub fn rest(session: &Session, form: &Form) -> Node {
    _ = takes_files(form.whole.clone(), session, &session.files);
    _ = form.examples.clone().child(examples(session));
    _ = form.hints.clone().child(hint(session));
    el("div", "hr-form")
        .child(picker(session, &session.files))
        .child(ccs(session, Rc::clone(&form.cc_error)))
        .child(context(session))
}

fn ccs(session: &Session, error: ErrorText) -> Node {
    let (shown, typed) = (session.clone(), session.clone());
    address_field(
        session,
        AddressField {
            id: "hr-ccs",
            label: Key::CcLabel,
            hint: Key::CcHint,
            value: Box::new(move || shown.draft.read().ccs.clone()),
            on_change: Box::new(move |text| typed.type_in(|draft| draft.ccs = text)),
            error,
        },
    )
}
