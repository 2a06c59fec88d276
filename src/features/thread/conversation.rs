//! What was said and what happened, the newest at the end. Older parts are fetched and drawn when they
//! are wanted, newer ones when they come; what is there is never drawn again.

use super::{entry::said, line::line, opening::Thread};
use crate::{
    client::{Client, Error, Part},
    features::{failure::failure, loading::show, session::Session},
    i18n::Key,
    state::{
        load::Load,
        talk::{Item, Page, Talk},
    },
    ui::task::spawn,
    ui::{
        button::{Press, quiet_button},
        node::{Node, el, place},
        sight::{bring_to_top, keep_place, when_seen},
        var::Var,
    },
};
use api::{comment::Comment, timeline::TimelineEntry};
use std::{cell::RefCell, rc::Rc};

/// What scrolls around it.
const SCROLLER: &str = ".hr-view";
/// What stays free at the top for the bar, in pixels: what stands above ends where it does.
const BAR: i32 = 60;

/// The conversation while it is shown.
pub(super) struct Live {
    talk: Var<Talk>,
    /// How far older ones are that were asked for.
    more: Var<Load<(), Error>>,
    /// The first comment that is new, or 0, and whether it came into sight.
    new: Var<(i64, bool)>,
    /// The part that came first; what is put above it must not move it.
    first: RefCell<Option<Node>>,
    /// The line above what is new.
    line: RefCell<Option<Node>>,
}

/// Asks for the newest part, in which what was not seen yet is new.
pub(super) async fn fetch(session: Session, id: i64) -> Result<Rc<Live>, Error> {
    let client = &session.client;
    let talk = Var::new(Talk::new(client.newest_events(id)));
    let page = older(client, &talk, client.newest_comments(id)).await?;
    talk.update(|talk| talk.add_older(page));
    let since = session.inbox().seen_before(&session, id).unwrap_or(i64::MAX);
    let new = first_of_others(&session, talk.peek().later.first(), since);
    Ok(Rc::new(Live {
        talk,
        more: Var::new(Load::Ready(())),
        // It is what one looks at first.
        new: Var::new((new.unwrap_or(0), true)),
        first: RefCell::default(),
        line: RefCell::default(),
    }))
}

/// A page of comments, after what happened in its time has become known.
async fn older(client: &Client, talk: &Var<Talk>, address: String) -> Result<Page<Comment>, Error> {
    let comments = page(client.comments(address).await?);
    loop {
        let Some(address) = talk.peek().wants_events(&comments) else { return Ok(comments) };
        // A conversation without such lines is better than none.
        let events = match client.happenings(address).await {
            Err(Error::Superseded) => return Err(Error::Superseded),
            events => events.ok().map(page),
        };
        talk.update(|talk| talk.add_events(events));
    }
}

fn page<T>(part: Part<T>) -> Page<T> {
    Page { rows: part.rows, people: part.people, next: part.next }
}

/// The conversation, or its waiting and failing.
pub(super) fn conversation(thread: &Thread) -> Node {
    let shown = Rc::clone(thread);
    show(&thread.session, &thread.talk, move |live| talk(&shown, live))
}

fn talk(thread: &Thread, live: &Rc<Live>) -> Node {
    el("section", "hr-talk")
        .attr("aria-label", thread.session.text(Key::Conversation))
        .child(way_back(thread, live))
        .child(earlier(thread, live, 0))
        .child(later(thread, live, 0))
        .child(way_to_new(thread, live))
}

/// The button for older ones, which does by itself what it is for when it comes into sight. It stays
/// where it is, so that the focus does.
fn way_back(thread: &Thread, live: &Rc<Live>) -> Node {
    let (asking, asked) = (Rc::clone(thread), Rc::clone(live));
    let fetch: Press = Rc::new(move || asked.ask_older(&asking));
    let (known, made, session) = (Rc::clone(live), Rc::clone(live), thread.session.clone());
    let more = Rc::clone(&fetch);
    let button = place(
        move || known.talk.read().older.is_some(),
        move |is_more| {
            let (busy, session, seen) = (Rc::clone(&made), session.clone(), Rc::clone(&more));
            is_more.then(|| {
                let button = quiet_button("", Rc::clone(&more)).live_text(move || {
                    let is_busy = *busy.more.read() == Load::Loading;
                    session.text(if is_busy { Key::Loading } else { Key::TalkEarlier }).to_owned()
                });
                when_seen(&button, move || seen.ask());
                button
            })
        },
    );
    let (known, failed, session) = (Rc::clone(live), Rc::clone(live), thread.session.clone());
    let failure = place(
        move || known.more.version(),
        move |_| match &*failed.more.peek() {
            Load::Failed(error) => Some(failure(&session, "", error, Rc::clone(&fetch))),
            _ => None,
        },
    );
    el("div", "hr-talk__more").child(button).child(failure)
}

/// Parts before the first one, from the nth on.
fn earlier(thread: &Thread, live: &Rc<Live>, nth: usize) -> Node {
    let (known, live, thread) = (Rc::clone(live), Rc::clone(live), Rc::clone(thread));
    place(
        move || known.talk.read().earlier.len() > nth,
        move |there| {
            let talk = live.talk.peek();
            let part = talk.earlier.get(nth).filter(|_| *there)?;
            let items = part.iter().map(|item| draw(&thread, &talk, item));
            let part = el("div", "hr-talk__part hr-talk__part--earlier").children(items);
            Some(el("hr-place", "").child(earlier(&thread, &live, nth + 1)).child(part))
        },
    )
}

/// The first part and those that came since, from the nth on.
fn later(thread: &Thread, live: &Rc<Live>, nth: usize) -> Node {
    let (known, live, thread) = (Rc::clone(live), Rc::clone(live), Rc::clone(thread));
    place(
        move || known.talk.read().later.len() > nth,
        move |there| {
            let talk = live.talk.peek();
            let items = talk.later.get(nth).filter(|_| *there)?;
            let new = match nth {
                0 => Some(live.new.peek().0),
                _ => first_of_others(&thread.session, Some(items), 0),
            };
            let mut part = el("div", "hr-talk__part");
            let mut last = None;
            for item in items {
                if let Some(id) = new.filter(|id| is_comment(item, *id)) {
                    part = part.child(divider(&thread, &live, id));
                }
                let node = draw(&thread, &talk, item);
                part = part.child(node.clone());
                last = Some(node);
            }
            if nth == 0 {
                live.first.replace(Some(part.clone()));
                // What is new is in sight, or else the newest one, if the conversation is longer than
                // the panel.
                let line = live.line.borrow().clone();
                if let Some(first) = line.or(last) {
                    bring_to_top(&first, SCROLLER, BAR);
                }
            }
            Some(el("hr-place", "").child(part).child(later(&thread, &live, nth + 1)))
        },
    )
}

fn draw(thread: &Thread, talk: &Talk, item: &Item) -> Node {
    match item {
        Item::Said(comment) => said(&thread.session, talk, comment),
        Item::Happened(entry) => line(&thread.session, talk, entry),
    }
}

/// The first comment of a part by somebody else, since a time.
fn first_of_others(session: &Session, part: Option<&Vec<Item>>, since: i64) -> Option<i64> {
    part?.iter().find_map(|item| match item {
        Item::Said(comment)
            if !session.inbox().is_me(comment.author_id)
                && comment.created_at.is_some_and(|at| at.timestamp() > since) =>
        {
            Some(comment.id)
        }
        _ => None,
    })
}

fn is_comment(item: &Item, id: i64) -> bool {
    matches!(item, Item::Said(comment) if comment.id == id)
}

/// Stands before the first comment that is new, until others are.
fn divider(thread: &Thread, live: &Rc<Live>, id: i64) -> Node {
    let (known, live, session) = (Rc::clone(live), Rc::clone(live), thread.session.clone());
    place(
        move || known.new.read().0 == id,
        move |is_first| {
            let line =
                is_first.then(|| el("p", "hr-talk__new").text(session.text(Key::TalkNew)))?;
            let seen = Rc::clone(&live);
            when_seen(&line, move || seen.new.set((id, true)));
            live.line.replace(Some(line.clone()));
            Some(line)
        },
    )
}

/// Leads to what is new while that has not been in sight.
fn way_to_new(thread: &Thread, live: &Rc<Live>) -> Node {
    let (known, live, session) = (Rc::clone(live), Rc::clone(live), thread.session.clone());
    let button = place(
        move || matches!(*known.new.read(), (1.., false)),
        move |is_hidden| {
            let going = Rc::clone(&live);
            let go = move || {
                if let Some(line) = &*going.line.borrow() {
                    bring_to_top(line, SCROLLER, BAR);
                }
            };
            is_hidden.then(|| quiet_button(session.text(Key::TalkGoToNew), Rc::new(go)))
        },
    );
    el("div", "hr-talk__jump").child(button)
}

impl Live {
    fn ask_older(self: &Rc<Self>, thread: &Thread) {
        let Some(address) = self.talk.peek().older.clone() else { return };
        if *self.more.peek() == Load::Loading {
            return;
        }
        self.more.set(Load::Loading);
        let (live, client) = (Rc::clone(self), thread.session.client.clone());
        spawn(async move {
            let outcome = match older(&client, &live.talk, address).await {
                Err(Error::Superseded) => return,
                Err(error) => Load::Failed(error),
                Ok(page) => {
                    if let Some(first) = &*live.first.borrow() {
                        keep_place(first, SCROLLER);
                    }
                    live.talk.update(|talk| talk.add_older(page));
                    Load::Ready(())
                }
            };
            live.more.set(outcome);
        });
    }

    /// Asks for what is new, and says aloud who has answered. A failure is told by nobody: what is
    /// there stays, and is asked for again with the next change.
    pub(super) fn ask_newer(self: &Rc<Self>, session: &Session, id: i64) {
        let (live, session) = (Rc::clone(self), session.clone());
        spawn(async move {
            if let Ok((comments, events)) = live.newest(&session.client, id).await {
                live.add_newer(&session, comments, events);
            }
        });
    }

    /// The newest comments, back to those that are known, and the latest events.
    async fn newest(&self, client: &Client, id: i64) -> Result<(Page<Comment>, Events), Error> {
        let mut comments = page(client.comments(client.newest_comments(id)).await?);
        while !self.talk.peek().meets(&comments) {
            let Some(address) = comments.next.take() else { break };
            let more = client.comments(address).await?;
            comments.rows.extend(more.rows);
            comments.people.extend(more.people);
            comments.next = more.next;
        }
        let events = client.happenings(client.newest_events(id)).await.ok().map(page);
        Ok((comments, events))
    }

    fn add_newer(&self, session: &Session, comments: Page<Comment>, events: Events) {
        let mut new = None;
        self.talk.update(|talk| {
            let parts = talk.later.len();
            talk.add_newer(comments, events);
            let id = first_of_others(session, talk.later.get(parts), 0);
            new = id.map(|id| (id, talk.author_of(id).to_owned()));
        });
        let Some((id, name)) = new else { return };
        // What was new and was not seen yet stays the first that is.
        if !matches!(*self.new.peek(), (1.., false)) {
            self.new.set((id, false));
        }
        session.announcement.set(session.i18n.fill(Key::TalkNewReply, &[("name", &name)]));
    }
}

type Events = Option<Page<TimelineEntry>>;
