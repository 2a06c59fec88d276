//! What is used: buttons and fields, and the whole form with its choices.

use super::section;
use crate::{
    features::{new_request::new_request, session::Session},
    i18n::Key,
    ui::{
        button::{form, icon_button, main_button, quiet_button, submit_button},
        field::{FieldKind, TextField, text_field},
        icon::{Icon, icon},
        node::Node,
    },
};
use std::rc::Rc;

pub(super) fn sections(session: &Session) -> Vec<Node> {
    vec![
        section("Button", buttons(session)),
        section("Field", fields(session)),
        section("Request form", vec![("before the rules are there", new_request(session))]),
    ]
}

fn buttons(session: &Session) -> Vec<(&'static str, Node)> {
    let submit = |busy: bool| {
        let label = session.text(if busy { Key::Sending } else { Key::Send }).to_owned();
        let button = submit_button(move || (label.clone(), busy));
        form(Rc::new(|| {}), "").child(button)
    };
    vec![
        ("main", main_button(session.text(Key::ReceiptOpen), Rc::new(|| {}))),
        ("quiet", quiet_button(session.text(Key::Retry), Rc::new(|| {}))),
        ("submit", submit(false)),
        ("submit, busy", submit(true)),
        ("picture", icon_button(session.text(Key::Close), icon(Icon::Close), Rc::new(|| {}))),
    ]
}

fn fields(session: &Session) -> Vec<(&'static str, Node)> {
    let field = |id, kind, label, hint: &str, value: &'static str, error: Option<Key>| {
        let error = error.map(|key| session.text(key).to_owned());
        text_field(TextField {
            kind,
            id,
            label: session.text(label).to_owned(),
            hint: hint.to_owned(),
            value: Box::new(move || value.to_owned()),
            error: Rc::new(move || error.clone()),
            on_input: Box::new(|_| {}),
        })
    };
    let hint = session.text(Key::DescriptionHint);
    vec![
        ("line, empty", field("c-1", FieldKind::Line, Key::SubjectLabel, "", "", None)),
        (
            "line, wrong",
            field("c-2", FieldKind::Line, Key::SubjectLabel, "", "", Some(Key::SubjectMissing)),
        ),
        (
            "text, filled",
            field("c-3", FieldKind::Text, Key::DescriptionLabel, hint, "dbt 1.9", None),
        ),
        (
            "text, wrong",
            field(
                "c-4",
                FieldKind::Text,
                Key::DescriptionLabel,
                hint,
                "",
                Some(Key::DescriptionMissing),
            ),
        ),
    ]
}
