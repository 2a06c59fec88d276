//! Elements of the page, built at once and kept up to date by effects.
//!
//! One type for all of them, so that a view costs what its words cost. Text is set as text and
//! attributes as attributes; nothing here takes HTML. What is made inside a live part lives until that
//! part changes, then its listeners and effects go; so views are made in live parts and nowhere else.

use super::{
    call::{Ask, Tell},
    standing::{put, take},
    var::unfollowed,
};
use leptos::prelude::{Owner, RenderEffect, document, on_cleanup};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
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
    fn follow_attr(self, name: &'static str, value: Box<dyn Ask<Option<&'static str>>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            _ = match value.ask() {
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

    fn follow_text(self, text: Box<dyn Ask<String>>) -> Self {
        let element = self.0.clone();
        let before = RefCell::new(String::new());
        follow(Box::new(move || {
            let text = text.ask();
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

    fn listen(self, event: &str, handle: Box<dyn Tell<Event>>) -> Self {
        let handle = Closure::<dyn Fn(Event)>::new(move |event| handle.tell(event));
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
    remade(holder, Box::new(Changing { key, content, shown: RefCell::new(None) }))
}

/// What changes in a place.
trait Changes {
    /// Looks at the key, and tells whether it is another than at the last look.
    fn look(&self) -> bool;
    /// The content for that key.
    fn make(&self) -> Option<Node>;
}

struct Changing<K, F, C> {
    key: F,
    content: C,
    shown: RefCell<Option<K>>,
}

impl<K: PartialEq, F: Fn() -> K, C: Fn(&K) -> Option<Node>> Changes for Changing<K, F, C> {
    fn look(&self) -> bool {
        let key = Some((self.key)());
        let is_other = *self.shown.borrow() != key;
        self.shown.replace(key);
        is_other
    }

    fn make(&self) -> Option<Node> {
        (self.content)(self.shown.borrow().as_ref()?)
    }
}

/// The part of [`place_in`] that is the same for all keys.
fn remade(holder: Node, changes: Box<dyn Changes>) -> Node {
    let (place, owner, stands) = (holder.clone(), Owner::new(), RefCell::new(None::<Node>));
    follow(Box::new(move || {
        if !changes.look() {
            return;
        }
        // First out of the page, then its listeners: what has the focus tells that it loses it.
        if let Some(gone) = stands.take() {
            gone.0.remove();
        }
        owner.cleanup();
        let made = owner.with(|| unfollowed(&|| changes.make()));
        if let Some(made) = &made {
            place.append(made);
        }
        stands.replace(made);
    }));
    holder
}

/// Runs at once, and again whenever something that it read has changed.
pub fn follow(run: Box<dyn Ask>) {
    keep(RenderEffect::new(move |_| run.ask()));
}

/// Holds on to something until the part around the caller goes.
pub fn keep(held: impl Sized + 'static) {
    at_end(move || drop(held));
}

/// Does something when the part around the caller goes.
pub fn at_end(run: impl FnOnce() + 'static) {
    run_at_end(Box::new(run));
}

fn run_at_end(run: Box<dyn FnOnce()>) {
    let run = SendWrapper::new(run);
    on_cleanup(move || run.take()());
}
