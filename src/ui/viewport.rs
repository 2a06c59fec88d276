//! What a phone's keyboard leaves of the window. Browsers lay it over the page, so that what is fixed
//! to the bottom, such as a button, would stand behind it.

use super::{focus::reveal, lifetime::listen, node::Node};
use leptos::prelude::window;
use web_sys::{HtmlElement, VisualViewport};

const EVENTS: [&str; 2] = ["resize", "scroll"];

/// Tells an element where the visible part of the window begins and how high it is, by the properties
/// `--_seen-top` and `--_seen`, and keeps the field that has the focus in sight. Ends with the part
/// around the caller.
pub fn fit_to_viewport(node: &Node, scroller: &'static str) {
    let Some(viewport) = window().visual_viewport() else { return };
    for name in EVENTS {
        let (element, seen) = (node.element().clone(), viewport.clone());
        listen(&viewport, name, move |_| fit(&element, &seen, scroller));
    }
}

fn fit(element: &HtmlElement, viewport: &VisualViewport, scroller: &str) {
    // Whoever has zoomed in looks at a part of the page, and the page stays as it is.
    if viewport.scale() > 1.05 {
        return;
    }
    let style = element.style();
    for (name, value) in [("--_seen-top", viewport.offset_top()), ("--_seen", viewport.height())] {
        _ = style.set_property(name, &[&(value as i32).to_string(), "px"].concat());
    }
    if let Ok(Some(focused)) = element.query_selector(":focus") {
        reveal(&focused, scroller);
    }
}
