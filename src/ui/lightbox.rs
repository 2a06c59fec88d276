//! Something large over everything else, until it is closed. A real modal dialog: the browser keeps the
//! focus in it, and gives it back where it was.

use super::{
    button::Press,
    node::{Node, el},
    task::next_frame,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, KeyboardEvent};

/// A dialog that opens by the next frame, when it stands in the page. `closed` is to take it away.
#[must_use]
pub fn lightbox(label: &str, closed: Press) -> Node {
    let dialog = el("dialog", "hr-lightbox").attr("aria-label", label);
    let element: HtmlDialogElement = dialog.element().clone().unchecked_into();
    let (escaped, pressed) = (element.clone(), element.clone());
    let opened = element.clone();
    next_frame(move || {
        if opened.is_connected() {
            _ = opened.show_modal();
        }
    });
    dialog
        // Escape closes this and not what is behind it.
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" {
                event.stop_propagation();
                event.prevent_default();
                escaped.close();
            }
        })
        // What is around the picture is the dialog itself.
        .on("click", move |event| {
            if event.target().as_ref() == Some(pressed.as_ref()) {
                pressed.close();
            }
        })
        .on("close", move |event| {
            event.stop_propagation();
            closed.ask();
        })
}

/// Closes the dialog around an element, which gives the focus back.
pub fn close_lightbox(inside: &Node) {
    if let Ok(Some(dialog)) = inside.element().closest("dialog") {
        dialog.unchecked_ref::<HtmlDialogElement>().close();
    }
}
