//! Paging: which part of a list was asked for, and the keys that say where it stands.
//!
//! Two ways, as contract.md 10 has them: `page`/`per_page` by default, and cursors when any
//! `page[…]` key is there. Cursors name the row at the edge, so a list that grows in between
//! neither repeats nor loses rows.

use crate::{
    caller::{Caller, Query},
    error::Error,
    store::window::{Key, Window},
};
use api::page::{Links, Meta, Place};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Rows of a page, at most and by default.
pub const MOST: i64 = 100;
/// Pages that can be reached by number.
const DEEPEST: i64 = 100;
/// Rows that can be reached by number, and to which they are counted: a larger `count` would cost
/// every page a walk over all of them.
pub const COUNTED: i64 = MOST * DEEPEST;
/// Hits of a search that can be reached.
const FOUND: i64 = 1000;
const SIZE: &str = "page[size]";
const AFTER: &str = "page[after]";
const BEFORE: &str = "page[before]";

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    Offset {
        page: i64,
        size: i64,
    },
    /// By number too, with fewer pages.
    Search {
        page: i64,
        size: i64,
    },
    Cursor {
        from: From,
        size: i64,
    },
}

/// Where a cursor page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Start,
    After(Key),
    Before(Key),
}

/// By number, from the first.
impl Default for Paging {
    fn default() -> Self {
        Self::Offset { page: 1, size: MOST }
    }
}

impl Paging {
    /// Reads the query. Sizes outside 1 to 100 are brought inside, as Zendesk does.
    ///
    /// # Errors
    /// 400 for a cursor that is not one of ours and for a page beyond the hundredth.
    pub fn read(query: &Query) -> Result<Self, Error> {
        if [SIZE, AFTER, BEFORE].iter().any(|key| query.get(key).is_some()) {
            return Self::of_export(query);
        }
        let page = page(query);
        if page > DEEPEST {
            return Err(Error::BadRequest {
                code: "InvalidPaginationDepth",
                text: format!("At most {DEEPEST} pages can be asked for by number; use cursors"),
            });
        }
        Ok(Self::Offset { page, size: size(query.get("per_page"), MOST) })
    }

    /// Reads the query of a search, which knows pages by number alone; `usual` is their size.
    ///
    /// # Errors
    /// 422 for a page that begins behind the thousandth hit.
    pub fn of_search(query: &Query, usual: i64) -> Result<Self, Error> {
        let (page, size) = (page(query), size(query.get("per_page"), usual));
        if (page - 1).saturating_mul(size) >= FOUND {
            let text = format!("Invalid search: at most {FOUND} results can be reached");
            return Err(Error::InvalidSearch(text));
        }
        Ok(Self::Search { page, size })
    }

    /// Reads the query of a list that knows cursors alone.
    ///
    /// # Errors
    /// 400 for a cursor that is not one of ours.
    pub fn of_export(query: &Query) -> Result<Self, Error> {
        let from = match (query.get(AFTER), query.get(BEFORE)) {
            (Some(cursor), _) => From::After(read_cursor(cursor)?),
            (None, Some(cursor)) => From::Before(read_cursor(cursor)?),
            (None, None) => From::Start,
        };
        Ok(Self::Cursor { from, size: size(query.get(SIZE), MOST) })
    }

    /// The part for the database: one row more than shown in cursor mode, to learn if more follow.
    #[must_use]
    pub fn window(self) -> Window {
        match self {
            Self::Offset { page, size } => Window::Offset { skip: (page - 1) * size, take: size },
            Self::Search { page, size } => {
                let skip = (page - 1) * size;
                Window::Offset { skip, take: size.min(FOUND - skip) }
            }
            Self::Cursor { from: From::Start, size } => Window::After { key: None, take: size + 1 },
            Self::Cursor { from: From::After(key), size } => {
                Window::After { key: Some(key), take: size + 1 }
            }
            Self::Cursor { from: From::Before(key), size } => {
                Window::Before { key, take: size + 1 }
            }
        }
    }

    /// Whether the number of all rows is part of the answer.
    #[must_use]
    pub fn counts(self) -> bool {
        !matches!(self, Self::Cursor { .. })
    }

    /// The part of a short list that is all there, in the order of its ids, and where it stands.
    pub fn whole<T>(
        self,
        rows: Vec<T>,
        caller: &Caller,
        key: impl Fn(&T) -> Key,
    ) -> (Vec<T>, Place) {
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let fits = |number: i64| usize::try_from(number).unwrap_or(0);
        let rows = rows.into_iter();
        let mut rows: Vec<T> = match self.window() {
            Window::Offset { skip, take } => rows.skip(fits(skip)).take(fits(take)).collect(),
            Window::After { key: from, take } => {
                let behind = |row: &T| from.is_none_or(|from| key(row).id > from.id);
                rows.filter(behind).take(fits(take)).collect()
            }
            Window::Before { key: from, take } => {
                let before: Vec<T> = rows.filter(|row| key(row).id < from.id).collect();
                let surplus = before.len().saturating_sub(fits(take));
                before.into_iter().skip(surplus).collect()
            }
        };
        let place = self.place(&mut rows, total, caller, key);
        (rows, place)
    }

    /// Cuts the extra row off and says where the page stands. `total` is for offset mode.
    pub fn place<T>(
        self,
        rows: &mut Vec<T>,
        total: i64,
        caller: &Caller,
        key: impl Fn(&T) -> Key,
    ) -> Place {
        match self {
            Self::Offset { page, size } | Self::Search { page, size } => {
                let at = |page: i64| caller.page(&["page"], &[("page", &page.to_string())]);
                let reach = match self {
                    Self::Search { .. } => FOUND,
                    _ => DEEPEST * size,
                };
                let more = page * size < total.min(reach);
                Place {
                    count: Some(total),
                    next_page: Some(more.then(|| at(page + 1))),
                    previous_page: Some((page > 1).then(|| at(page - 1))),
                    ..Place::default()
                }
            }
            Self::Cursor { from, size } => {
                let limit = usize::try_from(size).unwrap_or(1);
                let extra = rows.len() > limit;
                let backwards = matches!(from, From::Before(_));
                if extra && backwards {
                    rows.remove(0);
                } else {
                    rows.truncate(limit);
                }
                // What lies on the side one came from is there unless one began at the start.
                let (newer, older) = match from {
                    From::Start => (false, extra),
                    From::After(_) => (true, extra),
                    From::Before(_) => (extra, true),
                };
                let first = rows.first().map(|row| write_cursor(key(row)));
                let last = rows.last().map(|row| write_cursor(key(row)));
                let link = |name: &str, cursor: &Option<String>, there: bool| {
                    let cursor = cursor.as_deref().filter(|_| there)?;
                    Some(caller.page(&[AFTER, BEFORE], &[(name, cursor)]))
                };
                let links =
                    Links { prev: link(BEFORE, &first, newer), next: link(AFTER, &last, older) };
                let has_more = if backwards { newer } else { older };
                let meta = Meta { has_more, after_cursor: last, before_cursor: first };
                Place { meta: Some(meta), links: Some(links), ..Place::default() }
            }
        }
    }
}

fn page(query: &Query) -> i64 {
    match query.get("page") {
        // Too many digits for a number are still a page too far.
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().unwrap_or(i64::MAX).max(1)
        }
        _ => 1,
    }
}

fn size(given: Option<&str>, usual: i64) -> i64 {
    given.and_then(|text| text.parse().ok()).filter(|size| *size > 0).unwrap_or(usual).min(MOST)
}

fn write_cursor(key: Key) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{}", key.at, key.id))
}

fn read_cursor(cursor: &str) -> Result<Key, Error> {
    let read = || {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let (at, id) = text.split_once('.')?;
        Some(Key { at: at.parse().ok()?, id: id.parse().ok()? })
    };
    read().ok_or_else(|| Error::BadRequest {
        code: "InvalidPaginationParameter",
        text: String::from("The cursor is not one that this server gave"),
    })
}
