//! What stands in the page already when this code comes: the form that boot drew meanwhile, in which
//! somebody may be writing. While it is taken over, what is made is what stands there, so nobody loses the
//! focus, the caret or half a word, and nothing is drawn twice.
//!
//! Boot keeps the elements by tag and classes, each sort in the order of the page (`embed/plain/panel.js`);
//! what has no class is made anew. So both draw the same tree, and a test compares them.

use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The elements that stand there.
    pub type Standing;
    /// The next one of this sort, if any is left.
    #[wasm_bindgen(method)]
    fn take(this: &Standing, tag: &str, class: &str) -> Option<HtmlElement>;
    /// Puts an element or a text behind what was put into the parent before, unless it is there.
    #[wasm_bindgen(method)]
    fn put(this: &Standing, parent: &HtmlElement, child: &JsValue);
}

thread_local! {
    static STANDING: RefCell<Option<Standing>> = const { RefCell::new(None) };
}

/// What is made inside `make` is taken from what stands there, as far as it does.
pub fn taking_over<T>(standing: Option<Standing>, make: impl FnOnce() -> T) -> T {
    STANDING.set(standing);
    let made = make();
    STANDING.take();
    made
}

/// Whether that is going on.
#[must_use]
pub fn is_taking_over() -> bool {
    STANDING.with_borrow(Option::is_some)
}

pub(super) fn take(tag: &str, class: &str) -> Option<HtmlElement> {
    STANDING.with_borrow(|standing| standing.as_ref()?.take(tag, class))
}

/// Tells whether it has been put.
pub(super) fn put(parent: &HtmlElement, child: &JsValue) -> bool {
    STANDING.with_borrow(|standing| match standing {
        Some(standing) => {
            standing.put(parent, child);
            true
        }
        None => false,
    })
}
