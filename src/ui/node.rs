//! Elements of the page, built at once and kept up to date by effects.
//!
//! One type for all of them, so that a view costs what its words cost. Text is set as text and
//! attributes as attributes; nothing here takes HTML. What is made inside a live part lives until that
//! part changes, then its listeners and effects go; so views are made in live parts and nowhere else.

use super::{
    standing::{put, take},
    var::unfollowed,
};
use leptos::prelude::{Owner, RenderEffect, document, on_cleanup};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, HtmlElement};

/// An element. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Node(HtmlElement);

/// An element of HTML with its classes.
#[must_use]
pub fn el(tag: &str, class: &str) -> Node {
    match take(tag, class) {
        Some(standing) => Node(standing),
        None => from_element(document().create_element(tag), class),
    }
}

/// An element of SVG.
#[must_use]
pub fn svg(tag: &str, class: &str) -> Node {
    let space = Some("http://www.w3.org/2000/svg");
    from_element(document().create_element_ns(space, tag), class)
}

fn from_element(made: Result<web_sys::Element, wasm_bindgen::JsValue>, class: &str) -> Node {
    // Only a name that is not a name can fail, and all names are ours.
    let element: HtmlElement = match made {
        Ok(element) => element.unchecked_into(),
        Err(error) => wasm_bindgen::throw_val(error),
    };
    let node = Node(element);
    // Every class is a part of the same name, by which a host may style it from outside.
    if class.is_empty() { node } else { node.attr("class", class).attr("part", class) }
}

impl Node {
    /// The element itself.
    #[must_use]
    pub const fn element(&self) -> &HtmlElement {
        &self.0
    }

    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        _ = self.0.set_attribute(name, value);
        self
    }

    /// An attribute that follows what `value` reads; `None` takes it away.
    #[must_use]
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<&'static str> + 'static,
    ) -> Self {
        self.follow_attr(name, Box::new(value))
    }

    /// What is the same for all closures stands apart, here and below, and so is there once.
    fn follow_attr(self, name: &'static str, value: Box<dyn Fn() -> Option<&'static str>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            _ = match value() {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    #[must_use]
    pub fn text(self, text: &str) -> Self {
        if !put(&self.0, &text.into()) {
            _ = self.0.append_with_str_1(text);
        }
        self
    }

    /// A text that follows what `text` reads; it must be the only content.
    #[must_use]
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.follow_text(Box::new(text))
    }

    fn follow_text(self, text: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        let before = RefCell::new(String::new());
        follow(Box::new(move || {
            let text = text();
            if *before.borrow() != text {
                element.set_text_content(Some(&text));
                before.replace(text);
            }
        }));
        self
    }

    #[must_use]
    pub fn child(self, child: Self) -> Self {
        self.append(&child);
        self
    }

    fn append(&self, child: &Self) {
        if !put(&self.0, &child.0) {
            _ = self.0.append_with_node_1(&child.0);
        }
    }

    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Calls `handle` on an event for as long as the part around it lives.
    #[must_use]
    pub fn on(self, event: &str, handle: impl Fn(Event) + 'static) -> Self {
        self.listen(event, Box::new(handle))
    }

    fn listen(self, event: &str, handle: Box<dyn Fn(Event)>) -> Self {
        let handle = Closure::wrap(handle);
        _ = self.0.add_event_listener_with_callback(event, handle.as_ref().unchecked_ref());
        keep(handle);
        self
    }
}

/// A place whose content is made anew whenever `key` changes. Only what `key` reads is followed.
///
/// The place itself is an element without a box, so its content stands as if the place were not.
#[must_use]
pub fn place<K: PartialEq + 'static>(
    key: impl Fn() -> K + 'static,
    content: impl Fn(&K) -> Option<Node> + 'static,
) -> Node {
    place_in(el("hr-place", ""), key, content)
}

/// The same in an element that holds nothing else.
#[must_use]
pub fn place_in<K: PartialEq + 'static>(
    holder: Node,
    key: impl Fn() -> K + 'static,
    content: impl Fn(&K) -> Option<Node> + 'static,
) -> Node {
    let shown = Cell::new(None);
    let look = move |remake: Remake<'_>| {
        let key = Some(key());
        if shown.take() != key {
            remake(&|| key.as_ref().and_then(&content));
        }
        shown.set(key);
    };
    remade(holder, Box::new(look))
}

/// Puts what was made in the place of what is there.
type Remake<'a> = &'a dyn Fn(&dyn Fn() -> Option<Node>);

/// The part of [`place_in`] that is the same for all keys.
fn remade(holder: Node, look: Box<dyn Fn(Remake<'_>)>) -> Node {
    let (place, owner, stands) = (holder.clone(), Owner::new(), RefCell::new(None::<Node>));
    follow(Box::new(move || {
        look(&|make: &dyn Fn() -> Option<Node>| {
            // First out of the page, then its listeners: what has the focus tells that it loses it.
            if let Some(gone) = stands.take() {
                gone.0.remove();
            }
            owner.cleanup();
            let made = owner.with(|| unfollowed(make));
            if let Some(made) = &made {
                place.append(made);
            }
            stands.replace(made);
        });
    }));
    holder
}

/// Runs at once, and again whenever something that it read has changed.
pub fn follow(mut run: Box<dyn FnMut()>) {
    keep(RenderEffect::new(move |_| run()));
}

/// Holds on to something until the part around the caller goes.
pub(super) fn keep<T: 'static>(held: T) {
    let held = SendWrapper::new(held);
    on_cleanup(move || drop(held));
}
