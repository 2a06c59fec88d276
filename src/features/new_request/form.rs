//! The form. What is typed goes straight into the session's draft, which outlives this view.

use super::{promise::promise, sender::send, severity::severity_field};
use crate::{
    features::{
        failure::failure,
        session::{Session, Shared},
    },
    i18n::Key,
    state::{
        draft::{Draft, Field, Problem},
        sending::Sending,
    },
    ui::{
        button::{self, Press, submit_button},
        field::{ErrorText, FieldKind, TextField, text_field},
        focus::focus_first,
        node::{Node, el, place},
        var::Var,
    },
};
use std::rc::Rc;

/// Severity, subject, description, CCs, the promise, and Send.
#[must_use]
pub(super) fn form(session: &Session) -> Node {
    // Nothing is called wrong before the first try to send.
    let checked = Var::new(false);
    let error_of = |field| error_of(session, &checked, field);
    let fields =
        el("div", "hr-form").child(severity_field(session, error_of(Field::Severity))).children(
            [Field::Subject, Field::Description, Field::Ccs]
                .map(|field| draft_field(session, field, error_of(field))),
        );
    let (sending, first) = (session.clone(), fields.clone());
    let submit: Press = Rc::new(move || {
        checked.set(true);
        if sending.draft.peek().problems(&sending.limits()).is_empty() {
            send(&sending);
        } else {
            focus_first(&first, "[aria-invalid]");
        }
    });
    let foot = el("div", "hr-form__foot")
        .child(promise(session))
        .child(send_failure(session, Rc::clone(&submit)))
        .child(send_button(session));
    button::form(submit, "hr-form").child(fields).child(foot)
}

fn error_of(session: &Session, checked: &Var<bool>, field: Field) -> ErrorText {
    let (session, checked) = (session.clone(), checked.clone());
    Rc::new(move || {
        if !checked.get() {
            return None;
        }
        let problems = session.draft.read().problems(&session.limits());
        problems.iter().find(|problem| problem.field() == field).map(|found| words(&session, found))
    })
}

/// One of the text fields.
fn draft_field(session: &Session, field: Field, error: ErrorText) -> Node {
    let (kind, id, label, hint) = match field {
        Field::Description => (
            FieldKind::Text,
            "hr-description",
            Key::DescriptionLabel,
            session.text(Key::DescriptionHint),
        ),
        Field::Ccs => (FieldKind::Addresses, "hr-ccs", Key::CcLabel, session.text(Key::CcHint)),
        Field::Subject | Field::Severity => (FieldKind::Line, "hr-subject", Key::SubjectLabel, ""),
    };
    let (shown, typed) = (session.clone(), session.clone());
    text_field(TextField {
        kind,
        id,
        label: session.text(label).to_owned(),
        hint: hint.to_owned(),
        value: Box::new(move || text_of(&mut shown.draft.get(), field).clone()),
        error,
        on_input: Box::new(move |text| {
            typed.draft.update(|draft| *text_of(draft, field) = text);
        }),
    })
}

/// Said above the button when a try failed; the text stands untouched.
fn send_failure(session: &Session, submit: Press) -> Node {
    let (sending, shown) = (session.clone(), session.clone());
    place(
        move || match &*sending.sending.read() {
            Sending::Failed(error) => Some(error.clone()),
            _ => None,
        },
        move |error| {
            let lead = [shown.text(Key::SendFailed), " ", shown.text(Key::Kept)].concat();
            Some(failure(&shown, &lead, error.as_ref()?, Rc::clone(&submit)))
        },
    )
}

fn send_button(session: &Session) -> Node {
    let sending = session.clone();
    submit_button(
        session.text(Key::Send).to_owned(),
        session.text(Key::Sending).to_owned(),
        move || *sending.sending.read() == Sending::Sending,
    )
}

fn text_of(draft: &mut Draft, field: Field) -> &mut String {
    match field {
        Field::Description => &mut draft.description,
        Field::Ccs => &mut draft.ccs,
        Field::Subject | Field::Severity => &mut draft.subject,
    }
}

/// The words for a problem.
fn words(session: &Shared, problem: &Problem) -> String {
    let i18n = &session.i18n;
    let key = match problem {
        Problem::Missing(Field::Severity) => Key::SeverityMissing,
        Problem::Missing(Field::Subject | Field::Ccs) => Key::SubjectMissing,
        Problem::Missing(Field::Description) => Key::DescriptionMissing,
        Problem::TooLong(Field::Description, _) => Key::DescriptionTooLong,
        Problem::TooLong(_, limit) => {
            return i18n.count(Key::SubjectTooLong, *limit);
        }
        Problem::NotAnAddress(address) => {
            return i18n.fill(Key::CcInvalid, &[("address", address)]);
        }
        Problem::TooManyCcs(limit) => {
            return i18n.count(Key::CcTooMany, *limit);
        }
    };
    i18n.text(key).to_owned()
}
