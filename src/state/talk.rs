//! A conversation as far as it is known: the newest part first, older and newer ones added to it.
//!
//! What was said and what happened come from two lists of the server, each the newest first and in
//! pages; here they become one, in the order of time, part by part. A part that is there never changes.

use api::{
    Time,
    comment::{Author, Comment},
    timeline::TimelineEntry,
};

/// Something in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Said(Comment),
    Happened(TimelineEntry),
}

impl Item {
    const fn at(&self) -> Option<Time> {
        match self {
            Self::Said(comment) => comment.created_at,
            Self::Happened(entry) => Some(entry.created_at),
        }
    }
}

/// A page of a list of the server, the newest first.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub people: Vec<Author>,
    /// Where the older ones are.
    pub next: Option<String>,
}

/// What is known of a conversation.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// Parts before the first one that came, each before the one that stands before it here.
    pub earlier: Vec<Vec<Item>>,
    /// The part that came first, and those that came since.
    pub later: Vec<Vec<Item>>,
    pub people: Vec<Author>,
    /// Where the comments before these are.
    pub older: Option<String>,
    /// Things that happened before the oldest comment that is here, the newest first.
    waiting: Vec<TimelineEntry>,
    older_events: Option<String>,
    newest_comment: i64,
    newest_event: i64,
}

impl Talk {
    /// A conversation of which nothing is known but where its events are.
    #[must_use]
    pub fn new(events: String) -> Self {
        Self { older_events: Some(events), ..Self::default() }
    }

    /// Where to ask for events that belong among comments back to this page's last; nothing when all
    /// of them are known.
    #[must_use]
    pub fn wants_events(&self, page: &Page<Comment>) -> Option<String> {
        let next = self.older_events.as_ref()?;
        let reaches = match (since(page), self.waiting.last()) {
            (Some(oldest), Some(last)) => last.created_at < oldest,
            _ => false,
        };
        (!reaches).then(|| next.clone())
    }

    /// Takes in a further page of events; none when the server has no such thing.
    pub fn add_events(&mut self, page: Option<Page<TimelineEntry>>) {
        self.older_events = None;
        if let Some(page) = page {
            self.older_events = page.next;
            self.meet(page.people);
            self.waiting.extend(page.rows);
        }
    }

    /// Takes in a page of comments, which are older than all that are known, with the events of its
    /// time.
    pub fn add_older(&mut self, page: Page<Comment>) {
        let oldest = since(&page);
        let inside = |entry: &TimelineEntry| oldest.is_none_or(|oldest| entry.created_at >= oldest);
        let (events, waiting) = self.waiting.drain(..).partition(inside);
        self.waiting = waiting;
        self.older = page.next;
        self.meet(page.people);
        let part = self.part(page.rows, events);
        if self.later.is_empty() { &mut self.later } else { &mut self.earlier }.push(part);
    }

    /// Whether a page of the newest ones goes on where this conversation ends, so that nothing between
    /// is left out.
    #[must_use]
    pub fn meets(&self, page: &Page<Comment>) -> bool {
        page.next.is_none() || page.rows.iter().any(|comment| comment.id <= self.newest_comment)
    }

    /// Takes in the newest ones, of which some may be known. Those that are new become a part.
    pub fn add_newer(&mut self, comments: Page<Comment>, events: Option<Page<TimelineEntry>>) {
        self.meet(comments.people);
        let mut rows = comments.rows;
        rows.retain(|comment| comment.id > self.newest_comment);
        let mut entries = Vec::new();
        if let Some(events) = events {
            self.meet(events.people);
            entries = events.rows;
            entries.retain(|entry| entry.id > self.newest_event);
        }
        if !rows.is_empty() || !entries.is_empty() {
            let part = self.part(rows, entries);
            self.later.push(part);
        }
    }

    /// The name of somebody in it.
    #[must_use]
    pub fn name(&self, id: i64) -> &str {
        self.person(Some(id)).map_or("", |person| person.name.as_str())
    }

    /// Somebody in it.
    #[must_use]
    pub fn person(&self, id: Option<i64>) -> Option<&Author> {
        self.people.iter().find(|person| Some(person.id) == id)
    }

    /// The name of whoever wrote a comment of a part that came later.
    #[must_use]
    pub fn author_of(&self, comment: i64) -> &str {
        let found = self.later.iter().flatten().find_map(|item| match item {
            Item::Said(said) if said.id == comment => said.author_id,
            _ => None,
        });
        self.name(found.unwrap_or_default())
    }

    /// The newest comment that is here.
    #[must_use]
    pub const fn newest(&self) -> i64 {
        self.newest_comment
    }

    fn meet(&mut self, people: Vec<Author>) {
        for person in people {
            if self.person(Some(person.id)).is_none() {
                self.people.push(person);
            }
        }
    }

    /// One list of both, the oldest first. What a comment did stands behind it.
    fn part(&mut self, comments: Vec<Comment>, events: Vec<TimelineEntry>) -> Vec<Item> {
        for comment in &comments {
            self.newest_comment = self.newest_comment.max(comment.id);
        }
        for entry in &events {
            self.newest_event = self.newest_event.max(entry.id);
        }
        let mut part: Vec<Item> = comments.into_iter().rev().map(Item::Said).collect();
        for entry in events.into_iter().rev() {
            let before = part.iter().rposition(|item| item.at() <= Some(entry.created_at));
            part.insert(before.map_or(0, |at| at + 1), Item::Happened(entry));
        }
        part
    }
}

/// From when on a page holds all there is; `None` when it holds the beginning too.
fn since(page: &Page<Comment>) -> Option<Time> {
    page.next.as_ref()?;
    page.rows.last()?.created_at
}

#[cfg(test)]
mod tests {
    use super::{Comment, Item, Page, Talk, TimelineEntry};
    use api::{comment::Author, time::from_unix};

    fn page<T>(rows: Vec<T>, next: Option<&str>) -> Page<T> {
        Page { rows, people: Vec::new(), next: next.map(str::to_owned) }
    }

    /// Comments by number and second, the newest first.
    fn said(rows: &[(i64, i64)], next: Option<&str>) -> Page<Comment> {
        let comment = |(id, at): &(i64, i64)| Comment {
            id: *id,
            created_at: Some(from_unix(*at)),
            ..Comment::default()
        };
        page(rows.iter().map(comment).collect(), next)
    }

    fn happened(rows: &[(i64, i64)], next: Option<&str>) -> Page<TimelineEntry> {
        let entry = |(id, at): &(i64, i64)| TimelineEntry {
            id: *id,
            author_id: None,
            created_at: from_unix(*at),
            changes: Vec::new(),
        };
        page(rows.iter().map(entry).collect(), next)
    }

    /// Comments as their numbers, what happened as the negative ones.
    fn order(part: &[Item]) -> Vec<i64> {
        let number = |item: &Item| match item {
            Item::Said(comment) => comment.id,
            Item::Happened(entry) => -entry.id,
        };
        part.iter().map(number).collect()
    }

    /// Newest first: comments 3 (at 30) and 2 (at 20) on a page, 1 (at 10) on the next.
    fn begun() -> Talk {
        let mut talk = Talk::new("events".to_owned());
        let first = said(&[(3, 30), (2, 20)], Some("older"));
        assert_eq!(talk.wants_events(&first).as_deref(), Some("events"));
        talk.add_events(Some(happened(&[(9, 30), (8, 25), (7, 12)], Some("more events"))));
        assert_eq!(talk.wants_events(&first), None);
        talk.add_older(first);
        talk
    }

    #[test]
    fn what_happened_stands_behind_what_was_said_at_that_time() {
        let talk = begun();
        assert_eq!(talk.later.len(), 1);
        assert_eq!(order(&talk.later[0]), [2, -8, 3, -9]);
        assert_eq!((talk.older.as_deref(), talk.newest()), (Some("older"), 3));
    }

    #[test]
    fn older_parts_go_before_and_take_what_happened_in_their_time() {
        let mut talk = begun();
        let older = said(&[(1, 10)], None);
        assert_eq!(talk.wants_events(&older).as_deref(), Some("more events"));
        talk.add_events(Some(happened(&[(6, 5)], None)));
        assert_eq!(talk.wants_events(&older), None);
        talk.add_older(older);
        assert_eq!(order(&talk.earlier[0]), [-6, 1, -7]);
        assert_eq!((talk.older, talk.later.len()), (None, 1));
    }

    #[test]
    fn a_server_without_a_timeline_is_asked_once() {
        let mut talk = Talk::new("events".to_owned());
        let all = said(&[(2, 20), (1, 10)], None);
        talk.add_events(None);
        assert_eq!(talk.wants_events(&all), None);
        talk.add_older(all);
        assert_eq!(order(&talk.later[0]), [1, 2]);
    }

    #[test]
    fn newer_ones_come_once_and_make_a_part_of_their_own() {
        let mut talk = begun();
        let newest = said(&[(5, 31), (4, 30), (3, 30), (2, 20)], Some("older"));
        assert!(talk.meets(&newest));
        talk.add_newer(newest.clone(), Some(happened(&[(10, 31), (9, 30)], None)));
        assert_eq!(order(&talk.later[1]), [4, 5, -10]);
        talk.add_newer(newest, Some(happened(&[(10, 31)], None)));
        assert_eq!(talk.later.len(), 2);
        assert!(!talk.meets(&said(&[(9, 40), (8, 40)], Some("between"))));
        assert!(talk.meets(&said(&[(9, 40)], None)));
    }

    #[test]
    fn people_are_known_by_their_first_introduction() {
        let mut talk = Talk::default();
        let person = |name: &str| Author { id: 7, name: name.to_owned(), ..Author::default() };
        talk.meet(vec![person("Mia"), person("Mia again")]);
        assert_eq!((talk.name(7), talk.name(8), talk.people.len()), ("Mia", "", 1));
    }
}
