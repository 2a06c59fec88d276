//! A choice among a few, by the browser's own list: it is right for every hand and every reader.

use super::{
    call::{Ask, Tell},
    node::{Node, el, follow},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

/// A labelled choice. `chosen` is followed; `choose` is told the place of what was picked.
#[must_use]
pub fn select(
    label: &str,
    options: &[&str],
    chosen: impl Fn() -> usize + 'static,
    choose: impl Fn(usize) + 'static,
) -> Node {
    select_of(label, options, Box::new(chosen), Box::new(choose))
}

fn select_of(
    label: &str,
    options: &[&str],
    chosen: Box<dyn Ask<usize>>,
    choose: Box<dyn Tell<usize>>,
) -> Node {
    let options = options.iter().map(|option| el("option", "").text(option));
    let control = el("select", "hr-select__control").children(options);
    let element: HtmlSelectElement = control.element().clone().unchecked_into();
    let picked = element.clone();
    let control = control
        .on("change", move |_| choose.tell(usize::try_from(picked.selected_index()).unwrap_or(0)));
    follow(Box::new(move || {
        element.set_selected_index(i32::try_from(chosen.ask()).unwrap_or(0));
    }));
    el("label", "hr-select").child(el("span", "hr-select__label").text(label)).child(control)
}
