//! The form. What is typed goes straight into the session's draft, which outlives this view.

use super::{promise::promise, rest::Form, sender::send, severity::severity_field};
use crate::{
    features::{
        failure::{failure_to_send, mail_of},
        later::rest_of,
        session::{Session, Shared},
    },
    i18n::Key,
    state::{
        draft::{Draft, Field, Problem},
        sending::Sending,
    },
    ui::{
        button::{self, Press, quiet_button, submit_button},
        field::{ErrorText, FieldKind, TextField, text_field},
        focus::focus_first,
        node::{Node, el, place},
        var::Var,
    },
};
use sla::Severity;
use std::rc::Rc;

/// Severity, subject, description, CCs, the promise, and Send.
#[must_use]
pub(super) fn form(session: &Session) -> Node {
    // Nothing is called wrong before the first try to send.
    let checked = Var::new(false);
    let error_of = |field| error_of(session, &checked, field);
    let examples = el("details", "hr-details")
        .child(el("summary", "").text(session.text(Key::SeverityExamples)));
    let severity = severity_field(session, error_of(Field::Severity), examples.clone());
    let fields = el("div", "hr-form").child(severity).children(
        [Field::Subject, Field::Description]
            .map(|field| draft_field(session, field, error_of(field))),
    );
    let cc_error = error_of(Field::Ccs);
    let (sending, first) = (session.clone(), fields.clone());
    let submit: Press = Rc::new(move || {
        checked.set(true);
        if sending.draft.peek().problems(&sending.limits()).is_empty()
            && !sending.files.has_failed()
        {
            send(&sending);
        } else {
            focus_first(&first, "[aria-invalid],[data-failed] button");
        }
    });
    // The region is there before its words are, so that they are said.
    let hints = el("div", "hr-hint-region").attr("role", "status");
    let foot = el("div", "hr-form__foot")
        .child(hints.clone())
        .child(promise(session))
        .child(send_failure(session, Rc::clone(&submit)))
        .child(send_button(session));
    let form =
        button::form(submit, "hr-form").child(follows(session)).child(fields.clone()).child(foot);
    let rest = Form { whole: form.clone(), examples, hints, cc_error };
    _ = fields.child(el("div", "hr-form__rest").child(rest_of(session, rest)));
    form
}

/// Which closed request this one goes on with, and the way to leave it at that.
fn follows(session: &Session) -> Node {
    let (known, session) = (session.clone(), session.clone());
    place(
        move || known.draft.read().follows,
        move |follows| {
            let id = (*follows)?.to_string();
            let leaving = session.clone();
            let leave = move || leaving.draft.update(|draft| draft.follows = None);
            let text = session.i18n.fill(Key::FollowupOf, &[("id", &id)]);
            let way = quiet_button(session.text(Key::FollowupNew), Rc::new(leave));
            Some(el("div", "hr-follows").child(el("p", "").text(&text)).child(way))
        },
    )
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
        _ => (FieldKind::Line, "hr-subject", Key::SubjectLabel, ""),
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
            typed.type_in(|draft| *text_of(draft, field) = text);
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
            let written = shown.clone();
            let written = Box::new(move || {
                let draft = written.draft.read();
                let severity = draft.severity.map_or("", Severity::name);
                mail_of(&["[", severity, "] ", &draft.subject].concat(), &draft.body())
            });
            Some(failure_to_send(&shown, &lead, error.as_ref()?, Rc::clone(&submit), written))
        },
    )
}

fn send_button(session: &Session) -> Node {
    let session = session.clone();
    submit_button(move || match &*session.sending.read() {
        Sending::Waiting => (session.text(Key::SendWaiting).to_owned(), true),
        Sending::Sending => (session.text(Key::Sending).to_owned(), true),
        _ => (session.text(Key::Send).to_owned(), false),
    })
}

fn text_of(draft: &mut Draft, field: Field) -> &mut String {
    match field {
        Field::Description => &mut draft.description,
        _ => &mut draft.subject,
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
