//! A list as it is kept while one goes elsewhere: what was asked, what came, and where one stood.

use crate::{
    client::Error,
    features::session::Session,
    state::{
        listing::{Listing, Query, Row},
        load::Load,
        view::List,
    },
    ui::task::spawn,
    ui::var::Var,
};
use std::cell::{Cell, RefCell};

/// One list of one person.
pub(crate) struct Shelf {
    pub(super) query: Var<Query>,
    pub(super) listing: Var<Listing>,
    /// The first page.
    pub(super) first: Var<Load<(), Error>>,
    /// The next page; ready also while nobody has asked for it.
    pub(super) more: Var<Load<(), Error>>,
    /// Where what scrolls stands, and whether the first row is in sight.
    pub(super) scrolled: Cell<i32>,
    pub(super) is_at_top: Cell<bool>,
    /// Counts what was asked; an answer to an earlier question is dropped.
    asked: Cell<u32>,
    /// What came in while the first page was on its way, which may be older; and whether it belongs
    /// to this list.
    pub(super) late: RefCell<Vec<(Row, bool)>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self {
            query: Var::default(),
            listing: Var::default(),
            first: Var::new(Load::Loading),
            more: Var::new(Load::Ready(())),
            scrolled: Cell::new(0),
            is_at_top: Cell::new(true),
            asked: Cell::new(0),
            late: RefCell::default(),
        }
    }
}

impl Shelf {
    /// Whether something is there to be shown while it is asked for again.
    pub(super) fn is_filled(&self) -> bool {
        self.first.peek().ready().is_some()
    }

    fn next_question(&self) -> u32 {
        self.asked.set(self.asked.get().wrapping_add(1));
        self.asked.get()
    }
}

/// Asks for the first page. What is there stays until the answer is, and then the list begins at its
/// top.
pub(super) fn ask(session: &Session, list: List) {
    let shelf = session.inbox().shelf(list);
    let question = shelf.next_question();
    shelf.late.take();
    shelf.first.set(Load::Loading);
    shelf.more.set(Load::Ready(()));
    let session = session.clone();
    spawn(async move {
        let answer = first_page(&session, list).await;
        if shelf.asked.get() != question {
            return;
        }
        let answer = match answer {
            Err(Error::Superseded) => return,
            Err(error) => Load::Failed(error),
            Ok(page) => {
                shelf.scrolled.set(0);
                shelf.is_at_top.set(true);
                let query = shelf.query.peek().clone();
                shelf.listing.update(|listing| {
                    listing.begin(page.items, page.next);
                    for (row, is_ours) in shelf.late.take() {
                        listing.arrive(&query, &row, is_ours, true);
                    }
                });
                Load::Ready(())
            }
        };
        shelf.first.set(answer);
    });
}

/// Asks again without hiding what is there. Who stands at the top sees the list as it is now; who
/// does not keeps the place, and hears of changes one by one.
pub(super) fn ask_quietly(session: &Session, list: List) {
    let shelf = session.inbox().shelf(list);
    let question = shelf.next_question();
    let session = session.clone();
    spawn(async move {
        let Ok(page) = first_page(&session, list).await else { return };
        if shelf.asked.get() != question {
            return;
        }
        if shelf.is_at_top.get() {
            shelf.listing.update(|listing| listing.begin(page.items, page.next));
        } else {
            session.inbox().arrive(&session, list, page.items);
        }
    });
}

type Page = crate::client::Page<Vec<api::request::Request>>;

async fn first_page(session: &Session, list: List) -> Result<Page, Error> {
    let shelf = session.inbox().shelf(list);
    if list == List::Organization && shelf.query.peek().organization == 0 {
        let own = session.inbox().find_organizations(session).await?;
        let first = own.first().ok_or(Error::Denied)?.id;
        shelf.query.update(|query| query.organization = first);
    }
    let address = shelf.query.peek().address(list);
    let mut page = session.client.requests(&address).await?;
    session.inbox().meet(std::mem::take(&mut page.people));
    Ok(page)
}

/// Asks for the next page, unless it is on its way or there is none.
pub(super) fn ask_more(session: &Session, list: List) {
    let shelf = session.inbox().shelf(list);
    let next = shelf.listing.peek().next.clone();
    let is_free = shelf.is_filled() && !matches!(&*shelf.more.peek(), Load::Loading);
    let Some(next) = next.filter(|_| is_free) else { return };
    shelf.more.set(Load::Loading);
    let (session, question) = (session.clone(), shelf.asked.get());
    spawn(async move {
        let answer = session.client.requests_at(next).await;
        if shelf.asked.get() != question {
            return;
        }
        let answer = match answer {
            Err(Error::Superseded) => return,
            Err(error) => Load::Failed(error),
            Ok(page) => {
                session.inbox().meet(page.people);
                shelf.listing.update(|listing| listing.extend(page.items, page.next));
                Load::Ready(())
            }
        };
        shelf.more.set(answer);
    });
}
