//! Files out of events: picked, dropped, pasted.

use super::Attachments;
use crate::{
    client::Reader,
    features::session::Session,
    ui::{node::Node, var::Var},
};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File};

/// Makes a part of the page take files that are dropped on it or pasted into it.
#[must_use]
pub fn takes_files(part: Node, session: &Session, files: &Attachments) -> Node {
    let over = Var::new(false);
    let (shown, entered, left) = (over.clone(), over.clone(), over.clone());
    let (dropping, dropped) = (session.clone(), files.clone());
    let (pasting, pasted) = (session.clone(), files.clone());
    part.live_attr("data-dropping", move || shown.get().then_some(""))
        .on("dragover", move |event| {
            if has_files(&event, "dataTransfer", "") {
                ours(&event);
                entered.set(true);
            }
        })
        .on("dragleave", move |_| left.set(false))
        .on("drop", move |event| {
            over.set(false);
            // Text that is dragged into a field is the browser's to put there.
            if has_files(&event, "dataTransfer", "") {
                ours(&event);
                take(&dropping, &dropped, &Reader(event.into()).get("dataTransfer").0);
            }
        })
        .on("paste", move |event| {
            // What is copied from a table is a text, too, and meant as one.
            if has_files(&event, "clipboardData", "text/plain") {
                ours(&event);
                take(&pasting, &pasted, &Reader(event.into()).get("clipboardData").0);
            }
        })
}

/// The host may take files, too; these are not for it.
fn ours(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Takes the `files` of a picker or of what was carried over.
pub(super) fn take(session: &Session, files: &Attachments, from: &JsValue) {
    let found = Array::from(&Reader(from.clone()).get("files").0);
    let found = found.iter().map(JsCast::unchecked_into::<File>).collect();
    files.add(found, &session.limits());
}

/// Whether an event carries files, and nothing of another type that goes before.
fn has_files(event: &JsValue, carrier: &str, rather: &str) -> bool {
    let types = Array::from(&Reader(event.clone()).get(carrier).get("types").0);
    let carries = |name: &str| types.includes(&name.into(), 0);
    carries("Files") && !carries(rather)
}
