//! The panel in a host's page: a `<dialog>` that leaves the product usable beside it, and that is
//! modal only where it covers the whole screen.

use super::views::views;
use crate::{
    features::session::Session,
    i18n::Key,
    ui::{
        button::icon_button,
        focus::focus_soon,
        icon::{Icon, icon},
        node::{Node, el, follow, place_in},
        standing::is_taking_over,
        viewport::fit_to_viewport,
    },
};
use leptos::prelude::window;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent, ShadowRoot};

/// Below this width the panel covers the screen; the style sheet has the same number.
const PHONE: &str = "(max-width: 30rem)";

/// The panel of the widget, in the launcher's corner. What it shows is made when it opens and
/// dropped when it closes; what was typed is kept in the session.
#[must_use]
pub fn widget_panel(session: &Session, position: &str, on_closed: impl Fn() + 'static) -> Node {
    let mut class = "hr-panel".to_owned();
    for side in ["left", "top"] {
        if position.split('-').any(|part| part == side) {
            class.extend([" hr-panel--", side]);
        }
    }
    let (escaped, cancelled) = (session.clone(), session.clone());
    let (open, framed) = (session.clone(), session.clone());
    let dialog = el("dialog", &class)
        .attr("aria-label", session.text(Key::NavLabel))
        .attr("lang", session.i18n.locale())
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" && !key.is_composing() {
                event.prevent_default();
                escaped.close();
            }
        })
        // A phone's back gesture cancels a modal dialog without a key.
        .on("cancel", move |event| {
            event.prevent_default();
            cancelled.close();
        });
    let dialog =
        place_in(dialog, move || open.is_open.get(), move |open| open.then(|| frame(&framed)));
    fit_to_viewport(&dialog, ".hr-view");
    show_while_open(session, &dialog, on_closed);
    dialog
}

fn show_while_open(session: &Session, dialog: &Node, on_closed: impl Fn() + 'static) {
    let element: HtmlDialogElement = dialog.element().clone().unchecked_into();
    let (session, was_open) = (session.clone(), Cell::new(false));
    follow(Box::new(move || {
        let is_open = session.is_open.get();
        if was_open.replace(is_open) == is_open {
            return;
        }
        if !is_open {
            element.close();
            lower(&element);
            on_closed();
        } else if element.open() {
            // It was taken over as it stood.
        } else if is_phone() {
            _ = element.show_modal();
        } else {
            raise(&element);
            element.show();
        }
    }));
}

/// Puts the whole widget above every layer of the host, whatever `z-index` that has, by the only
/// means there is: as a popover. Not the dialog itself, which can be one or the other. Without the
/// attribute it is back where it was.
fn raise(dialog: &HtmlDialogElement) {
    let host = host_of(dialog);
    _ = host.set_attribute("popover", "manual");
    // It may not stand in the page any more; then nobody sees it, raised or not.
    _ = host.show_popover();
}

fn lower(dialog: &HtmlDialogElement) {
    _ = host_of(dialog).remove_attribute("popover");
}

/// The element of the widget: a panel is always in its shadow root.
fn host_of(dialog: &HtmlDialogElement) -> HtmlElement {
    dialog.get_root_node().unchecked_into::<ShadowRoot>().host().unchecked_into()
}

fn is_phone() -> bool {
    window().match_media(PHONE).ok().flatten().is_some_and(|phone| phone.matches())
}

/// Title bar and views. The direction is that of the texts and begins here: the panel around them stands in the corner
/// that the host's page gives it.
fn frame(session: &Session) -> Node {
    let closing = session.clone();
    let title =
        el("h2", "hr-panel__title").attr("tabindex", "-1").text(session.text(Key::NavLabel));
    // Whoever is in what stands there already stays where they are.
    if !is_taking_over() {
        focus_soon(&title);
    }
    let close =
        icon_button(session.text(Key::Close), icon(Icon::Close), Rc::new(move || closing.close()));
    el("div", "hr-panel__frame")
        .attr("dir", session.i18n.direction())
        .child(el("header", "hr-panel__head").child(title).child(close))
        .children(views(session))
}
