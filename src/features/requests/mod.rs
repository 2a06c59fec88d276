//! The lists: one's own requests, those that one is copied on, and those of one's organization.

pub mod inbox;
pub mod live;
pub mod row;
mod shelf;
mod tools;

use crate::{
    features::{failure::failure, session::Session},
    i18n::Key,
    state::{
        listing::{Filter, Listing, Row},
        load::Load,
        view::List,
        window,
    },
    ui::{
        button::{Press, plain_button, quiet_button},
        focus::focus_first,
        node::{Node, el, follow, place},
        rows::{LongList, Rows},
        skeleton::skeleton,
    },
};
use shelf::{Shelf, ask, ask_more, ask_quietly};
use std::{cell::Cell, ops::Range, rc::Rc};
use tools::{change, tools};

/// What scrolls around a list.
const SCROLLER: &str = ".hr-view";
/// The next page is asked for when so many rows are left.
const AHEAD: usize = 25;

/// A list with its tools. It comes back as it was left, and is asked for again at once.
#[must_use]
pub fn requests(session: &Session, list: List) -> Node {
    let shelf = session.inbox().shelf(list);
    if shelf.is_filled() {
        ask_quietly(session, list);
    } else {
        ask(session, list);
    }
    let (shown, session) = (Rc::clone(&shelf), session.clone());
    let tools = tools(&session, list);
    let (busy, field) = (Rc::clone(&shelf), tools.clone());
    let body = place(
        move || Body::of(&shown),
        move |body| {
            Some(match body {
                Body::Waiting => skeleton(session.text(Key::Loading)),
                Body::Failed(_) => failed(&session, list),
                Body::Nothing => nothing(&session, list, &field),
                Body::Rows => rows(&session, list),
            })
        },
    );
    el("div", "hr-requests")
        .live_attr("aria-busy", move || {
            matches!(&*busy.first.read(), Load::Loading).then_some("true")
        })
        .child(tools)
        .child(body)
}

/// What stands below the tools. Rows stay while others are asked for.
#[derive(PartialEq)]
enum Body {
    Waiting,
    /// How often it was tried.
    Failed(u32),
    Nothing,
    Rows,
}

impl Body {
    fn of(shelf: &Shelf) -> Self {
        let is_empty = shelf.listing.read().rows.is_empty();
        match &*shelf.first.read() {
            Load::Failed(_) => Self::Failed(shelf.first.version()),
            _ if !is_empty => Self::Rows,
            Load::Loading => Self::Waiting,
            Load::Ready(()) => Self::Nothing,
        }
    }
}

fn failed(session: &Session, list: List) -> Node {
    let shelf = session.inbox().shelf(list);
    let Load::Failed(error) = &*shelf.first.peek() else { return el("div", "") };
    let again = session.clone();
    failure(session, "", error, Rc::new(move || ask(&again, list)))
}

/// Nothing at all, or nothing that fits what was asked.
fn nothing(session: &Session, list: List, tools: &Node) -> Node {
    let narrows = session.inbox().shelf(list).query.peek().narrows();
    let (title, hint) = match list {
        _ if narrows => (Key::EmptySearch, Key::EmptySearchHint),
        List::Mine => (Key::EmptyMine, Key::EmptyMineHint),
        List::Ccd => (Key::EmptyCcd, Key::EmptyCcdHint),
        List::Organization => (Key::EmptyOrganization, Key::EmptyOrganizationHint),
    };
    let (all, tools) = (session.clone(), tools.clone());
    let show_all = Rc::new(move || {
        // The button goes with what it says.
        focus_first(&tools, "input");
        change(&all, list, &|query| {
            query.search = String::new();
            query.filter = Filter::All;
        });
    });
    el("div", "hr-empty")
        .child(el("p", "hr-empty__title").text(session.text(title)))
        .child(el("p", "hr-empty__hint").text(session.text(hint)))
        .children(narrows.then(|| quiet_button(session.text(Key::ShowAll), show_all)))
}

/// Says that something came in above, and shows it.
fn above(session: &Session, list: List, long: &LongList) -> Node {
    let long = long.clone();
    let (counted, session) = (session.inbox().shelf(list), session.clone());
    let chip = place(
        move || counted.listing.read().above.len() as u32,
        move |count| {
            if *count == 0 {
                return None;
            }
            let text = session.i18n.count(Key::ListNew, *count);
            session.announcement.set(text.clone());
            let (session, long) = (session.clone(), long.clone());
            let show = Rc::new(move || {
                session.inbox().shelf(list).listing.update(Listing::show_above);
                long.enter_top();
            });
            Some(plain_button("hr-list__new", show).text(&text))
        },
    );
    el("div", "hr-list__above").child(chip)
}

fn rows(session: &Session, list: List) -> Node {
    let label = match list {
        List::Mine => Key::NavMine,
        List::Ccd => Key::NavCcd,
        List::Organization => Key::NavOrganization,
    };
    let shelf = session.inbox().shelf(list);
    let source = Source { session: session.clone(), list, shelf: Rc::clone(&shelf) };
    let long = LongList::new("hr-list", session.text(label), SCROLLER, source);
    let (drawn, unread, changed) = (long.clone(), session.unread.clone(), Rc::clone(&shelf));
    follow(Box::new(move || {
        _ = (changed.listing.version(), unread.version());
        drawn.refresh_soon();
    }));
    el("div", "hr-pages")
        .child(above(session, list, &long))
        .child(long.node())
        .child(further(session, list, &long))
}

/// The way to the next page, which is asked for by itself as long as all goes well. Its button stays
/// where it is, so that the focus does until the rows are there; then that goes to the first of them.
fn further(session: &Session, list: List, long: &LongList) -> Node {
    let shelf = session.inbox().shelf(list);
    let part = el("div", "hr-list__more");
    let first = Rc::new(Cell::new(None));
    let (asking, from, pressed, inside) =
        (session.clone(), Rc::clone(&shelf), Rc::clone(&first), part.clone());
    let press: Press = Rc::new(move || {
        pressed.set(Some(from.listing.peek().rows.len()));
        focus_first(&inside, "button");
        ask_more(&asking, list);
    });
    let (known, busy, named, more) =
        (Rc::clone(&shelf), Rc::clone(&shelf), session.clone(), Rc::clone(&press));
    let button = place(
        move || known.listing.read().next.is_some(),
        move |has_more| {
            let (busy, session) = (Rc::clone(&busy), named.clone());
            has_more.then(|| {
                quiet_button("", Rc::clone(&more)).live_text(move || {
                    let is_busy = matches!(*busy.more.read(), Load::Loading);
                    session.text(if is_busy { Key::Loading } else { Key::ShowMore }).to_owned()
                })
            })
        },
    );
    let (known, long, session) = (Rc::clone(&shelf), long.clone(), session.clone());
    let failure = place(
        move || known.more.version(),
        move |_| match &*shelf.more.peek() {
            Load::Failed(error) => Some(failure(&session, "", error, Rc::clone(&press))),
            Load::Loading => None,
            Load::Ready(()) => {
                if let Some(first) = first.take() {
                    long.enter_soon(first);
                }
                None
            }
        },
    );
    part.child(button).child(failure)
}

/// The rows of a list for the part that draws them.
struct Source {
    session: Session,
    list: List,
    shelf: Rc<Shelf>,
}

impl Source {
    fn row(&self, at: usize) -> Option<Row> {
        self.shelf.listing.peek().rows.get(at).cloned()
    }
}

impl Rows for Source {
    fn count(&self) -> usize {
        self.shelf.listing.peek().rows.len()
    }

    fn total(&self) -> i32 {
        let listing = self.shelf.listing.peek();
        if listing.next.is_some() { -1 } else { i32::try_from(listing.rows.len()).unwrap_or(-1) }
    }

    fn stamp(&self, at: usize) -> (i64, usize) {
        self.row(at).map_or((0, 0), |row| {
            // A request that has changed stands at another address; which is even.
            let unread = usize::from(self.session.inbox().is_unread(&row));
            (row.id, Rc::as_ptr(&row).addr() | unread)
        })
    }

    fn place_of(&self, row: i64) -> Option<usize> {
        self.shelf.listing.peek().rows.iter().position(|other| other.id == row)
    }

    fn draw(&self, at: usize) -> Node {
        let row = self.row(at).unwrap_or_default();
        row::row(&self.session, self.list, &row)
    }

    fn window(&self, top: i32, bottom: i32, height: i32) -> Range<usize> {
        window::drawn(top, bottom, height, self.count())
    }

    fn moved(&self, top: i32, scrolled: i32, end: usize) {
        self.shelf.scrolled.set(scrolled);
        self.shelf.is_at_top.set(top <= 0);
        if end + AHEAD >= self.count() && self.shelf.more.peek().ready().is_some() {
            ask_more(&self.session, self.list);
        }
    }

    fn scrolled(&self) -> i32 {
        self.shelf.scrolled.get()
    }
}
