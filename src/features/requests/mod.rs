//! The lists: one's own requests and those that one is copied on.

pub mod row;

use crate::{
    client::{Error, Page},
    features::{
        failure::failure,
        loading::{load, show},
        session::Session,
    },
    i18n::Key,
    state::{load::Load, view::List},
    ui::{
        button::{Press, quiet_button},
        node::{Node, el, place},
        var::Var,
    },
};
use api::request::Request;
use leptos::task::spawn_local;
use row::row;
use std::rc::Rc;

type Requests = Page<Vec<Request>>;

const fn path(list: List) -> &'static str {
    match list {
        List::Mine => "requests",
        List::Ccd => "requests/ccd",
    }
}

/// A list, its first page at once and further pages on demand.
#[must_use]
pub fn requests(session: &Session, list: List) -> Node {
    let client = session.client.clone();
    let first = load(move || {
        let client = client.clone();
        async move { client.requests(path(list)).await }
    });
    let shown = session.clone();
    show(session, &first, move |page: &Requests| {
        if page.items.is_empty() { nothing(&shown, list) } else { rows(&shown, list, page) }
    })
}

fn nothing(session: &Session, list: List) -> Node {
    let (title, hint) = match list {
        List::Mine => (Key::EmptyMine, Key::EmptyMineHint),
        List::Ccd => (Key::EmptyCcd, Key::EmptyCcdHint),
    };
    el("div", "hr-empty")
        .child(el("p", "hr-empty__title").text(session.text(title)))
        .child(el("p", "hr-empty__hint").text(session.text(hint)))
}

fn rows(session: &Session, list: List, page: &Requests) -> Node {
    let rows = page.items.iter().map(|request| row(session, list, request));
    el("div", "hr-pages")
        .child(el("ul", "hr-list").children(rows))
        .children(page.next.clone().map(|next| further(session, list, next)))
}

/// The button for more, which becomes the rows it brings.
fn further(session: &Session, list: List, next: String) -> Node {
    let more = Var::<Option<Load<Requests, Error>>>::new(None);
    let (version, shown, answered) = (more.clone(), more.clone(), more);
    let client = session.client.clone();
    let fetch: Press = Rc::new(move || {
        let (client, next, answered) = (client.clone(), next.clone(), answered.clone());
        answered.set(Some(Load::Loading));
        spawn_local(async move {
            match client.requests_at(next).await {
                Err(Error::Superseded) => {}
                Ok(page) => answered.set(Some(Load::Ready(page))),
                Err(error) => answered.set(Some(Load::Failed(error))),
            }
        });
    });
    let session = session.clone();
    let place = place(
        move || version.version(),
        move |_| {
            Some(match &*shown.peek() {
                Some(Load::Ready(page)) => rows(&session, list, page),
                Some(Load::Failed(error)) => failure(&session, "", error, Rc::clone(&fetch)),
                Some(Load::Loading) => el("p", "hr-field__hint").text(session.text(Key::Loading)),
                None => quiet_button(session.text(Key::ShowMore), Rc::clone(&fetch)),
            })
        },
    );
    el("div", "hr-list__more").child(place)
}
