//! Makes a filter of what was searched.
//!
//! Among everything, end users search what they may see; operators only narrow that. So naming
//! somebody in a search tells nothing about whether they exist.

use super::{
    Unsearchable,
    terms::{self, Compare, Term, What},
    values,
};
use crate::{
    domain::{address, rights::Viewer},
    store::{
        OrganizationId, StoreError, UserId, organizations,
        requests::{Filter, Order, SortBy, Span, Whose},
        sqlite::Conn,
        texts::{Part, Phrase, Scope, Words},
        users,
    },
};
use api::{Time, request::Status};
use sla::Severity;

/// Words and phrases of one search.
pub(super) const MOST_WORDS: usize = 20;
/// Operators of one search.
const MOST_OPERATORS: usize = 30;
/// Bytes of a search.
pub(super) const MOST_BYTES: usize = 2_048;

/// What is searched for, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    pub text: &'a str,
    pub by: &'a Viewer,
    /// As staff: among all tickets, private notes too.
    pub staff: bool,
    pub now: Time,
}

/// A search understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    pub filter: Filter,
    /// By how well the words fit unless the text says otherwise.
    pub order: Order,
    /// Another kind of record than tickets, by `type:`.
    pub other: Option<String>,
    /// The free words alone, for searches in other kinds of records.
    pub words: Vec<String>,
}

/// Understands a search.
///
/// # Errors
/// The outer one when the database fails, the inner one when there is too much of it, or a value
/// cannot be meant.
pub async fn read(
    conn: &mut Conn,
    search: Search<'_>,
) -> Result<Result<Sought, Unsearchable>, StoreError> {
    if search.text.len() > MOST_BYTES {
        let text = format!("Invalid search: it is above {MOST_BYTES} bytes");
        return Ok(Err(Unsearchable::Invalid(text)));
    }
    let mut reader = Reader::new(search);
    for term in terms::cut(search.text) {
        if let Err(refused) = reader.take(conn, term).await? {
            return Ok(Err(refused));
        }
    }
    Ok(Ok(reader.finish()))
}

struct Reader<'a> {
    search: Search<'a>,
    filter: Filter,
    order: Order,
    other: Option<String>,
    words: Vec<Phrase>,
    unwanted: Vec<Phrase>,
    operators: usize,
    /// Named one by one: any of these.
    statuses: Vec<Status>,
    severities: Vec<Severity>,
    /// What comparisons and minus signs leave.
    statuses_left: Vec<Status>,
    severities_left: Vec<Severity>,
}

impl<'a> Reader<'a> {
    fn new(search: Search<'a>) -> Self {
        let whose = if search.staff {
            Whose::Anybody
        } else {
            let organizations = search.by.shared().collect();
            Whose::Visible { to: search.by.id, organizations }
        };
        Self {
            search,
            filter: Filter { staff: search.staff, ..Filter::of(whose) },
            order: Order { by: SortBy::Relevance, descending: true },
            other: None,
            words: Vec::new(),
            unwanted: Vec::new(),
            operators: 0,
            statuses: Vec::new(),
            severities: Vec::new(),
            statuses_left: Status::ALL.to_vec(),
            severities_left: Severity::ALL.to_vec(),
        }
    }

    async fn take(
        &mut self,
        conn: &mut Conn,
        term: Term,
    ) -> Result<Result<(), Unsearchable>, StoreError> {
        match term.what {
            What::Word { text, prefix } => {
                Ok(self.word(Phrase { text, part: Part::Anywhere, prefix }, term.negative))
            }
            What::Operator { key, compare, value } => {
                self.operators += 1;
                if self.operators > MOST_OPERATORS {
                    let text = format!("Invalid search: more than {MOST_OPERATORS} operators");
                    return Ok(Err(Unsearchable::Invalid(text)));
                }
                self.operator(conn, &key, compare, &value, term.negative).await
            }
        }
    }

    fn word(&mut self, phrase: Phrase, negative: bool) -> Result<(), Unsearchable> {
        if !phrase.text.chars().any(char::is_alphanumeric) {
            return Ok(());
        }
        let list = if negative { &mut self.unwanted } else { &mut self.words };
        list.push(phrase);
        match self.words.len() + self.unwanted.len() > MOST_WORDS {
            true => Err(Unsearchable::TooManyWords { most: MOST_WORDS }),
            false => Ok(()),
        }
    }

    async fn operator(
        &mut self,
        conn: &mut Conn,
        key: &str,
        compare: Compare,
        value: &str,
        negative: bool,
    ) -> Result<Result<(), Unsearchable>, StoreError> {
        match key {
            "status" => self.status(compare, value, negative),
            "priority" => self.priority(compare, value, negative),
            "subject" => return Ok(self.word(part(value, Part::Subject), negative)),
            "description" | "comment" => return Ok(self.word(part(value, Part::Text), negative)),
            _ if negative && KEYS.contains(&key) => {
                let text = format!("Invalid search: {key} cannot have a minus before it");
                return Ok(Err(Unsearchable::Invalid(text)));
            }
            "created" | "created_at" | "updated" | "updated_at" => {
                return Ok(self.time(key, compare, value));
            }
            "type" | "ticket_type" => self.kind(value),
            "order_by" => self.order.by = sort_by(value).unwrap_or(self.order.by),
            "sort" => self.order.descending = value != "asc",
            // Requests show neither, so end users search them as words.
            "tags" if self.search.staff => self.filter.tags.push(value.to_owned()),
            "external_id" if self.search.staff => {
                self.filter.external_id = Some(value.to_owned());
            }
            "via" => self.filter.channel = Some(value.to_owned()),
            "requester" | "cc" | "assignee" => self.person(conn, key, value).await?,
            "organization" => self.organization(conn, value).await?,
            _ => return Ok(self.word(part(&format!("{key} {value}"), Part::Anywhere), negative)),
        }
        Ok(Ok(()))
    }

    fn status(&mut self, compare: Compare, value: &str, negative: bool) {
        let named = values::statuses(compare, value);
        match (compare, negative) {
            (_, true) => self.statuses_left.retain(|status| !named.contains(status)),
            (Compare::Is, false) if named.is_empty() => self.filter.nothing = true,
            (Compare::Is, false) => self.statuses.extend(named),
            (_, false) => self.statuses_left.retain(|status| named.contains(status)),
        }
    }

    fn priority(&mut self, compare: Compare, value: &str, negative: bool) {
        let named = values::severities(compare, value);
        match (compare, negative) {
            (_, true) => self.severities_left.retain(|severity| !named.contains(severity)),
            (Compare::Is, false) if named.is_empty() => self.filter.nothing = true,
            (Compare::Is, false) => self.severities.extend(named),
            (_, false) => self.severities_left.retain(|severity| named.contains(severity)),
        }
    }

    fn time(&mut self, key: &str, compare: Compare, value: &str) -> Result<(), Unsearchable> {
        let Some(span) = values::span(compare, value, self.search.now) else {
            let text = format!("Invalid search: {key} takes a date such as 2026-03-02");
            return Err(Unsearchable::Invalid(text));
        };
        let kept = match key {
            "created" | "created_at" => &mut self.filter.created,
            _ => &mut self.filter.updated,
        };
        *kept = Some(both(kept.take(), span));
        Ok(())
    }

    /// `type:` names a kind of record, or the type of a ticket.
    fn kind(&mut self, value: &str) {
        match value.to_lowercase().as_str() {
            "ticket" | "request" => {}
            kind @ ("question" | "incident" | "problem" | "task") => {
                self.filter.kinds.push(kind.to_owned());
            }
            kind @ ("user" | "organization") if self.search.staff => {
                self.other = Some(kind.to_owned());
            }
            _ => self.filter.nothing = true,
        }
    }

    /// Somebody by `me`, `none`, number, address or name.
    async fn person(&mut self, conn: &mut Conn, key: &str, value: &str) -> Result<(), StoreError> {
        let found = if value == "me" {
            Some(self.search.by.id)
        } else if let Ok(id) = value.parse() {
            Some(UserId(id))
        } else if let Some(email) = address::normalize(value) {
            users::by_email(conn, &email).await?.map(|user| user.id)
        } else if value == "none" && key == "assignee" {
            only(&mut self.filter.assignee, None, &mut self.filter.nothing);
            return Ok(());
        } else {
            // A name is looked for among the names; whose it is there, is not told apart.
            self.words.push(part(value, Part::Names));
            return Ok(());
        };
        let Some(id) = found else {
            self.filter.nothing = true;
            return Ok(());
        };
        let filter = &mut self.filter;
        match key {
            "requester" => only(&mut filter.requester, id, &mut filter.nothing),
            "cc" => only(&mut filter.copied, id, &mut filter.nothing),
            _ => only(&mut filter.assignee, Some(id), &mut filter.nothing),
        }
        Ok(())
    }

    /// An organization by `none`, number or name.
    async fn organization(&mut self, conn: &mut Conn, value: &str) -> Result<(), StoreError> {
        let found = if value == "none" {
            Some(None)
        } else if let Ok(id) = value.parse() {
            Some(Some(OrganizationId(id)))
        } else {
            organizations::by_name(conn, value).await?.map(|organization| Some(organization.id))
        };
        match found {
            Some(found) => only(&mut self.filter.organization, found, &mut self.filter.nothing),
            None => self.filter.nothing = true,
        }
        Ok(())
    }

    fn finish(mut self) -> Sought {
        let statuses = narrowed(&self.statuses, &self.statuses_left);
        let severities = narrowed(&self.severities, &self.severities_left);
        self.filter.nothing |= statuses.is_empty() || severities.is_empty();
        // All of them is no filter.
        if statuses.len() < Status::ALL.len() {
            self.filter.statuses = statuses;
        }
        if severities.len() < Severity::ALL.len() {
            self.filter.severities = severities;
        }
        let words = self.words.iter().map(|phrase| phrase.text.clone()).collect();
        settle(&mut self.filter, self.search.by.id);
        if !self.words.is_empty() {
            self.filter.words = Some(Words {
                among: among(&self.filter),
                wanted: self.words,
                unwanted: self.unwanted,
                private: self.search.staff,
            });
        }
        Sought { filter: self.filter, order: self.order, other: self.other, words }
    }
}

/// Operators that are understood, but not with a minus.
const KEYS: [&str; 15] = [
    "created",
    "created_at",
    "updated",
    "updated_at",
    "type",
    "ticket_type",
    "order_by",
    "sort",
    "tags",
    "external_id",
    "via",
    "requester",
    "cc",
    "assignee",
    "organization",
];

/// Lets one value pass. Of two that differ, none passes: if the later one counted, a name that
/// nobody has would find nothing where somebody's would not matter, and so tell them apart.
pub fn only<T: PartialEq>(kept: &mut Option<T>, value: T, nothing: &mut bool) {
    *nothing |= kept.as_ref().is_some_and(|other| *other != value);
    *kept = Some(value);
}

/// The order that a name stands for.
#[must_use]
pub fn sort_by(name: &str) -> Option<SortBy> {
    Some(match name {
        "created_at" | "created" => SortBy::Created,
        "updated_at" | "updated" => SortBy::Updated,
        "priority" => SortBy::Priority,
        "status" => SortBy::Status,
        "relevance" => SortBy::Relevance,
        _ => return None,
    })
}

/// Chooses whose list is walked: the narrowest that the filter allows. What it says no more needs
/// not be looked at a second time.
pub fn settle(filter: &mut Filter, me: UserId) {
    let mine = matches!(filter.whose, Whose::Visible { .. });
    if mine && filter.requester == Some(me) {
        (filter.whose, filter.requester) = (Whose::Requester(me), None);
    } else if mine && filter.copied == Some(me) {
        (filter.whose, filter.copied) = (Whose::Copied(me), None);
    } else if let (Whose::Visible { organizations, .. }, Some(Some(id))) =
        (&filter.whose, filter.organization)
        && organizations.contains(&id)
    {
        (filter.whose, filter.organization) = (Whose::Organization(id), None);
    } else if filter.whose == Whose::Anybody {
        if let Some(id) = filter.requester.take() {
            filter.whose = Whose::Requester(id);
        } else if let Some(id) = filter.copied.take() {
            filter.whose = Whose::Copied(id);
        } else if let Some(Some(id)) = filter.organization {
            (filter.whose, filter.organization) = (Whose::Organization(id), None);
        } else if let Some(Some(id)) = filter.assignee {
            (filter.whose, filter.assignee) = (Whose::Assignee(id), None);
        }
    }
}

/// Through whom the words are looked for.
fn among(filter: &Filter) -> Vec<Scope> {
    match &filter.whose {
        Whose::Requester(id) => vec![Scope::Requester(*id)],
        Whose::Copied(id) => vec![Scope::Copied(*id)],
        Whose::Organization(id) => vec![Scope::Organization(*id)],
        Whose::Visible { to, organizations } => {
            let own = [Scope::Requester(*to), Scope::Copied(*to)].into_iter();
            own.chain(organizations.iter().map(|id| Scope::Organization(*id))).collect()
        }
        Whose::Assignee(_) | Whose::Anybody => Vec::new(),
    }
}

fn part(text: &str, part: Part) -> Phrase {
    let bare = text.trim_end_matches('*');
    Phrase { text: bare.to_owned(), part, prefix: bare.len() < text.len() }
}

fn both(one: Option<Span>, other: Span) -> Span {
    let Some(one) = one else { return other };
    *one.start().max(other.start())..=*one.end().min(other.end())
}

fn narrowed<T: Copy + PartialEq>(named: &[T], left: &[T]) -> Vec<T> {
    left.iter().copied().filter(|value| named.is_empty() || named.contains(value)).collect()
}
