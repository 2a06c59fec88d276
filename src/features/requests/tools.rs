//! Above a list: what to search for, which statuses, in which order.

use super::shelf::ask;
use crate::{
    features::session::Session,
    i18n::Key,
    state::{
        listing::{Filter, Query, Sort},
        view::List,
    },
    ui::{
        button::{Press, icon_button},
        focus::focus_soon,
        icon::{Icon, icon},
        lifetime::Timer,
        node::{Node, el, follow, place},
        select::select,
    },
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// Milliseconds for which typing pauses at the end of a word.
const PAUSE: u32 = 250;

/// Changes what is asked of a list, and asks.
pub(super) fn change(session: &Session, list: List, change: &dyn Fn(&mut Query)) {
    session.inbox().shelf(list).query.update(|query| change(query));
    ask(session, list);
}

#[must_use]
pub(super) fn tools(session: &Session, list: List) -> Node {
    let filters = [Key::FilterAll, Key::FilterOpen, Key::StatusPending, Key::FilterDone];
    let filter = choice(session, list, Key::FilterLabel, &filters, |query, pick| {
        pick_of(&Filter::ALL, &mut query.filter, pick)
    });
    let sorts = [Key::SortActivity, Key::SortNewest, Key::SortOldest];
    let sort = choice(session, list, Key::SortLabel, &sorts, |query, pick| {
        pick_of(&Sort::ALL, &mut query.sort, pick)
    });
    el("div", "hr-tools")
        .attr("role", "search")
        .children((list == List::Organization).then(|| organizations(session)))
        .child(search(session, list))
        .child(filter)
        .child(sort)
}

/// Takes the value at a place, if one is named; says at which place the value is.
fn pick_of<T: Copy + PartialEq>(all: &[T], value: &mut T, pick: Option<usize>) -> usize {
    *value = pick.and_then(|pick| all.get(pick)).copied().unwrap_or(*value);
    all.iter().position(|other| other == value).unwrap_or(0)
}

/// One of a few values of the query.
fn choice(
    session: &Session,
    list: List,
    label: Key,
    names: &[Key],
    part: fn(&mut Query, Option<usize>) -> usize,
) -> Node {
    let (shown, asking) = (session.inbox().shelf(list), session.clone());
    let names: Vec<&str> = names.iter().map(|name| session.text(*name)).collect();
    select(
        session.text(label),
        &names,
        move || part(&mut shown.query.get(), None),
        move |at| change(&asking, list, &|query| _ = part(query, Some(at))),
    )
}

/// Which organization, where there are several.
fn organizations(session: &Session) -> Node {
    let (known, session) = (session.inbox().organizations.clone(), session.clone());
    place(
        move || known.version(),
        move |_| {
            let known = session.inbox().organizations.peek().clone().unwrap_or_default();
            if known.len() < 2 {
                return None;
            }
            let names: Vec<&str> = known.iter().map(|it| it.name.as_str()).collect();
            let ids: Vec<i64> = known.iter().map(|it| it.id).collect();
            let (shown, of) = (session.inbox().shelf(List::Organization), ids.clone());
            let chosen = move || {
                let id = shown.query.read().organization;
                of.iter().position(|other| *other == id).unwrap_or(0)
            };
            let session = session.clone();
            let label = session.text(Key::NavOrganization).to_owned();
            Some(select(&label, &names, chosen, move |at| {
                change(&session, List::Organization, &|query| {
                    query.organization = ids.get(at).copied().unwrap_or_default();
                });
            }))
        },
    )
}

/// A field that searches when typing pauses, and two ways to clear it: a button and Escape.
fn search(session: &Session, list: List) -> Node {
    let shelf = session.inbox().shelf(list);
    let timer: Rc<RefCell<Option<Timer>>> = Rc::default();
    let field = el("input", "hr-search__field")
        .attr("type", "search")
        .attr("enterkeyhint", "search")
        .attr("autocomplete", "off")
        .attr("aria-label", session.text(Key::SearchLabel))
        .attr("placeholder", session.text(Key::SearchLabel));
    let input: HtmlInputElement = field.element().clone().unchecked_into();

    let (typed, typing, asking) = (input.clone(), Rc::clone(&timer), session.clone());
    let field = field.on("input", move |_| {
        let (typed, session) = (typed.clone(), asking.clone());
        let ask = move || {
            let text = typed.value();
            if text != session.inbox().shelf(list).query.peek().search {
                change(&session, list, &|query| query.search.clone_from(&text));
            }
        };
        typing.replace(Timer::after(PAUSE, Box::new(ask)));
    });
    let (cleared, clearing) = (input.clone(), session.clone());
    let clear: Press = Rc::new(move || {
        timer.take();
        cleared.set_value("");
        change(&clearing, list, &|query| query.search = String::new());
    });
    let (escaped, escape) = (input.clone(), Rc::clone(&clear));
    let field = field.on("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        // The first one is for what was typed, the next closes the panel.
        if key.key() == "Escape" && !key.is_composing() && !escaped.value().is_empty() {
            event.stop_propagation();
            event.prevent_default();
            escape.ask();
        }
    });
    let (of, before) = (Rc::clone(&shelf), RefCell::new(String::new()));
    follow(Box::new(move || {
        let text = of.query.read().search.clone();
        // What is being typed is not known there yet and must stay.
        if before.replace(text.clone()) != text && input.value() != text {
            input.set_value(&text);
        }
    }));

    let (back, name) = (field.clone(), session.text(Key::SearchClear).to_owned());
    let button = place(
        move || !shelf.query.read().search.is_empty(),
        move |is_there| {
            let (clear, back) = (Rc::clone(&clear), back.clone());
            let press = Rc::new(move || {
                focus_soon(&back);
                clear.ask();
            });
            is_there.then(|| icon_button(&name, icon(Icon::Close), press))
        },
    );
    el("div", "hr-search").child(icon(Icon::Search)).child(field).child(button)
}
