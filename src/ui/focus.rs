//! Where the keyboard is.

use super::node::Node;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to an element once it stands in the page, which is by the next frame.
pub fn focus_soon(node: &Node) {
    let element = node.element().clone();
    request_animation_frame(move || focus(&element));
}

/// Moves the focus, by the next frame, to the first element inside that a selector finds.
pub fn focus_first(inside: &Node, selector: &'static str) {
    let inside = inside.element().clone();
    request_animation_frame(move || {
        if let Ok(Some(element)) = inside.query_selector(selector) {
            focus(element.unchecked_ref());
        }
    });
}

/// An element that cannot take the focus leaves it where it was.
fn focus(element: &HtmlElement) {
    _ = element.focus();
}
