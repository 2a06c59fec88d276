//! What comes into sight, and what stays where it is while something is put above it.

use super::{
    node::{Node, at_end},
    task::next_frame,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver};

/// Calls whenever an element comes into sight, for as long as the part around the caller lives.
pub fn when_seen(node: &Node, seen: impl Fn() + 'static) {
    let call = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.pop();
        let is_seen = js_sys::Reflect::get(&last, &"isIntersecting".into());
        if is_seen.is_ok_and(|is_seen| is_seen.is_truthy()) {
            seen();
        }
    });
    let Ok(observer) = IntersectionObserver::new(call.as_ref().unchecked_ref()) else { return };
    observer.observe(node.element());
    at_end(move || {
        observer.disconnect();
        drop(call);
    });
}

/// Keeps an element where it is in the part around it that a selector finds, while something is put
/// above it that stands there by the next frame. A browser that does so by itself is not hindered.
pub fn keep_place(anchor: &Node, scroller: &'static str) {
    let anchor = anchor.element().clone();
    let Ok(Some(scroller)) = anchor.closest(scroller) else { return };
    let top = anchor.get_bounding_client_rect().top();
    let mend = move || {
        let moved = (anchor.get_bounding_client_rect().top() - top) as i32;
        if moved != 0 {
            scroller.set_scroll_top(scroller.scroll_top() + moved);
        }
    };
    next_frame(move || {
        mend();
        // By then the browser has done its own part.
        next_frame(mend);
    });
}

/// Brings an element to the top of the part around it that a selector finds, `free` pixels below it.
pub fn bring_to_top(node: &Node, scroller: &'static str, free: i32) {
    let element = node.element().clone();
    next_frame(move || {
        if let Ok(Some(scroller)) = element.closest(scroller) {
            let top = |element: &Element| element.get_bounding_client_rect().top() as i32;
            let beyond = top(&element) - top(&scroller) - free;
            scroller.set_scroll_top(scroller.scroll_top() + beyond);
        }
    });
}
