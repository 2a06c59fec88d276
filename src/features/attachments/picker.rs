//! The button that picks files, what may be picked, and what has been.

use super::{Attachments, list::list, taking::take};
use crate::{
    features::session::{Session, Shared},
    i18n::Key,
    state::{files::Refusal, load::Load},
    ui::{
        field::field_error,
        focus::focus_soon,
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const HINT: &str = "hr-files-hint";

/// The limits stand there before anything is picked. A server that takes no files shows nothing.
#[must_use]
pub fn picker(session: &Session, files: &Attachments) -> Node {
    let (known, session, files) = (session.clone(), session.clone(), files.clone());
    place(
        move || match &*known.policy.read() {
            Load::Ready(policy) => policy.limits.file_bytes > 0,
            _ => true,
        },
        move |offered| offered.then(|| field(&session, &files)),
    )
}

fn field(session: &Session, files: &Attachments) -> Node {
    let (limits, refusing, refused) = (session.clone(), session.clone(), files.clone());
    let input = input(session, files);
    let pressed = input.element().clone();
    let button = el("button", "hr-button hr-button--quiet hr-files__pick")
        .attr("type", "button")
        .attr("aria-describedby", HINT)
        .on("click", move |_| pressed.click())
        .child(icon(Icon::Attach))
        .child(el("span", "").text(session.text(Key::FilesAttach)));
    let hint = el("p", "hr-field__hint hr-files__hint")
        .attr("id", HINT)
        .live_text(move || hint(&limits).unwrap_or_default());
    let error = field_error(
        "hr-files-error",
        Rc::new(move || Some(words(&refusing, refused.0.refused.read().as_ref()?))),
    )
    .attr("role", "alert");
    let focused = button.clone();
    let on_removed = Rc::new(move || focus_soon(&focused));
    el("div", "hr-files")
        .child(list(session, files, on_removed))
        .child(input)
        .child(el("div", "hr-files__way").child(button).child(hint))
        .child(error)
}

/// The browser's own picker, behind our button.
fn input(session: &Session, files: &Attachments) -> Node {
    let input = el("input", "hr-hidden")
        .attr("type", "file")
        .attr("multiple", "")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true");
    let (element, session, files) = (input.element().clone(), session.clone(), files.clone());
    input.on("change", move |_| {
        take(&session, &files, &element);
        // So that the same file can be picked again after it was removed.
        element.unchecked_ref::<HtmlInputElement>().set_value("");
    })
}

fn hint(session: &Shared) -> Option<String> {
    let policy = session.policy.read();
    let limits = policy.ready()?.limits;
    let size = session.i18n.size(i64::try_from(limits.file_bytes).ok()?);
    let count = session.i18n.number(f64::from(limits.comment_files));
    Some(session.i18n.fill(Key::FilesHint, &[("count", &count), ("size", &size)]))
}

fn words(session: &Shared, refusal: &Refusal) -> String {
    let limits = session.limits();
    let (key, name) = match refusal {
        Refusal::TooMany => return session.i18n.count(Key::FilesTooMany, limits.comment_files),
        Refusal::TooLarge(name) => (Key::FilesTooLarge, name),
        Refusal::Gone(name) => (Key::FilesGone, name),
    };
    let size = session.i18n.size(i64::try_from(limits.file_bytes).unwrap_or(0));
    session.i18n.fill(key, &[("name", name), ("size", &size)])
}
