//! What comes behind the first view: what else a form can do, lists and conversations. Their code is cut
//! off the Wasm by the build and comes as a part of its own.
//!
//! Nothing else may name these modules, or they would come with the form.

use crate::{
    client::Error,
    features::{
        loading::{Loaded, load, show},
        new_request::rest::{Form, rest},
        requests::{live::follow_changes, requests},
        session::Session,
        thread::thread,
    },
    i18n::Key,
    state::{
        load::Load,
        view::{List, View},
    },
    ui::{
        button::quiet_button,
        node::{Node, el, place},
        skeleton::skeleton,
        task::spawn,
        var::Var,
    },
};
use std::rc::Rc;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What of the later part is called from before it.
#[derive(Clone, Copy)]
struct Part {
    /// Makes a view.
    make: fn(&Session, View) -> Node,
    /// Makes the rest of the form.
    rest: fn(&Session, &Form) -> Node,
    /// Follows what happens to requests.
    follow: fn(&Session),
}

/// The part could not be had.
struct Failed;

impl From<SplitLoaderError> for Failed {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// A view of the later part, or how it waits for that.
#[must_use]
pub(super) fn later(session: &Session, view: View) -> Node {
    let shown = session.clone();
    show(session, &load_part(), move |part: &Part| (part.make)(&shown, view))
}

/// The rest of a form, or how it waits for that. Who cannot have it can send the form all the same, so
/// that is said in passing.
#[must_use]
pub(super) fn rest_of(session: &Session, form: Form) -> Node {
    let Loaded { state, retry } = load_part();
    let (version, session) = (state.clone(), session.clone());
    place(
        move || version.version(),
        move |_| {
            Some(match &*state.peek() {
                Load::Loading => skeleton(session.text(Key::Loading)),
                Load::Failed(_) => el("div", "hr-follows")
                    .child(el("p", "").text(session.text(Key::RestUnavailable)))
                    .child(quiet_button(session.text(Key::Retry), Rc::clone(&retry))),
                Load::Ready(part) => (part.rest)(&session, &form),
            })
        },
    )
}

fn load_part() -> Loaded<Part> {
    load(|| async { part().await.map_err(|Failed| Error::Offline) })
}

/// Follows what happens to requests as soon as the rules have come and the later part is there; a view
/// of that part fetches it anew if it did not come now.
pub(super) fn follow_later(session: &Session) {
    let there = Var::<Option<Part>>::default();
    let (known, asked) = (session.clone(), session.clone());
    let (came, version) = (there.clone(), there.clone());
    // Neither draws anything: they live as long as the part around the caller.
    drop(place(
        move || !matches!(&*known.policy.read(), Load::Loading),
        move |is_known| {
            if *is_known {
                let came = came.clone();
                spawn(async move {
                    if let Ok(part) = part().await {
                        came.set(Some(part));
                    }
                });
            }
            None
        },
    ));
    drop(place(
        move || version.version(),
        move |_| {
            if let Some(part) = *there.peek() {
                (part.follow)(&asked);
            }
            None
        },
    ));
}

/// The border. Pointers are all that crosses it, so the views are made where they are shown.
#[wasm_split(later, fallible)]
fn part() -> Result<Part, Failed> {
    Ok(Part { make, rest, follow: follow_changes })
}

fn make(session: &Session, view: View) -> Node {
    match view {
        View::NewRequest => el("div", ""),
        View::MyRequests => requests(session, List::Mine),
        View::CcdRequests => requests(session, List::Ccd),
        View::OrganizationRequests => requests(session, List::Organization),
        View::Request { id, from } => thread(session, id, from),
    }
}
