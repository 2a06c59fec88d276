//! The addresses that are complete, each with the way to take it out again.

use super::Writing;
use crate::{
    i18n::Key,
    state::address::is_plausible,
    ui::{
        button::icon_button,
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use std::rc::Rc;

pub(super) fn chips(writing: &Writing) -> Node {
    let (known, shown) = (writing.clone(), writing.clone());
    place(
        move || known.complete(),
        move |addresses| {
            let label = shown.0.session.text(Key::CcList);
            let chips = addresses.iter().map(|address| chip(&shown, address));
            let list = el("ul", "hr-chips__list").attr("aria-label", label).children(chips);
            (!addresses.is_empty()).then_some(list)
        },
    )
}

fn chip(writing: &Writing, address: &str) -> Node {
    let session = &writing.0.session;
    let (removing, removed) = (writing.clone(), address.to_owned());
    let label = session.i18n.fill(Key::FileRemove, &[("name", address)]);
    let remove = icon_button(&label, icon(Icon::Close), Rc::new(move || removing.remove(&removed)));
    let chip = el("li", "hr-person");
    let chip = if is_plausible(address) { chip } else { chip.attr("data-wrong", "") };
    chip.child(el("span", "hr-person__address").attr("dir", "ltr").text(address)).child(remove)
}
