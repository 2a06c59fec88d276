//! Where the keyboard is, and what is in sight.

use super::{node::Node, task::next_frame};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What is left free below an element that was brought into sight, in pixels.
const MARGIN: i32 = 16;

/// Moves the focus to an element once it stands in the page, which is by the next frame. Whoever is in
/// a field by then is left there: they were quicker, and what they type must not go elsewhere.
pub fn focus_soon(node: &Node) {
    let element = node.element().clone();
    next_frame(move || {
        if !is_in_field(&element) {
            focus(&element);
        }
    });
}

/// Whether somebody is in a field of the same shadow root.
pub(super) fn is_in_field(element: &Element) -> bool {
    // It has that method as an element does.
    let root: Element = element.get_root_node().unchecked_into();
    root.query_selector("input:focus,textarea:focus").is_ok_and(|field| field.is_some())
}

/// Moves the focus, by the next frame, to the first element inside that a selector finds.
pub fn focus_first(inside: &Node, selector: &'static str) {
    let inside = inside.element().clone();
    next_frame(move || {
        if let Ok(Some(element)) = inside.query_selector(selector) {
            focus(element.unchecked_ref());
        }
    });
}

/// Brings an element into sight, by the next frame, by scrolling the part around it that a selector
/// finds. Not by `scrollIntoView`, which may scroll the page outside too.
pub fn reveal_soon(node: &Node, scroller: &'static str) {
    let element = node.element().clone();
    next_frame(move || reveal(&element, scroller));
}

/// The same at once.
pub fn reveal(element: &Element, scroller: &str) {
    if let Ok(Some(scroller)) = element.closest(scroller) {
        reveal_in(element, &scroller);
    }
}

/// The same with what scrolls.
pub(super) fn reveal_in(element: &Element, scroller: &Element) {
    let bottom = |element: &Element| element.get_bounding_client_rect().bottom();
    // A page that scrolls is longer than the screen.
    let hidden = bottom(element) - bottom(scroller).min(screen_height());
    if hidden > 0.0 {
        scroller.set_scroll_top(scroller.scroll_top() + hidden as i32 + MARGIN);
    }
}

pub(super) fn screen_height() -> f64 {
    window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default()
}

/// An element that cannot take the focus leaves it where it was.
fn focus(element: &HtmlElement) {
    _ = element.focus();
}
