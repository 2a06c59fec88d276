//! A list of requests as somebody looks at it: what is asked of the server, and what becomes of the
//! rows when pages and live changes arrive. Whoever reads the list must not lose the place, so a row
//! that is there changes where it stands, and only what is new comes in above.

use crate::state::view::List;
use api::request::{Request, Status};
use std::rc::Rc;

/// Which statuses are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    /// Not solved yet.
    Open,
    /// Support waits for an answer.
    Waiting,
    Done,
}

impl Filter {
    pub const ALL: [Self; 4] = [Self::All, Self::Open, Self::Waiting, Self::Done];

    /// The value of `status=` on the wire.
    const fn words(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Open => "new,open,pending,hold",
            Self::Waiting => "pending",
            Self::Done => "solved,closed",
        }
    }

    fn takes(self, status: Option<Status>) -> bool {
        let listed = |status: Status| self.words().split(',').any(|word| word == status.name());
        self == Self::All || status.is_some_and(listed)
    }
}

/// The order of a list. By the due time of the first reply the server cannot sort, and to sort what
/// happens to be loaded would be a lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Activity,
    Newest,
    Oldest,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Activity, Self::Newest, Self::Oldest];

    const fn words(self) -> &'static str {
        match self {
            Self::Activity => "updated_at&sort_order=desc",
            Self::Newest => "created_at&sort_order=desc",
            Self::Oldest => "created_at&sort_order=asc",
        }
    }
}

/// What is asked of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub sort: Sort,
    pub search: String,
    /// Whose requests, where the list is an organization's.
    pub organization: i64,
}

impl Query {
    /// Whether the list may lack what it would hold otherwise.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.filter != Filter::All || !self.search.trim().is_empty()
    }

    /// Path and query of the first page, below `/api/v2/`. Searches know pages by number alone.
    #[must_use]
    pub fn address(&self, list: List) -> String {
        let organization = self.organization.to_string();
        let search = self.search.trim();
        let mut address = if search.is_empty() {
            match list {
                List::Mine => "requests?".to_owned(),
                List::Ccd => "requests/ccd?".to_owned(),
                List::Organization => ["organizations/", &organization, "/requests?"].concat(),
            }
        } else {
            let whose = match list {
                List::Mine => " requester:me",
                List::Ccd => "&cc_id=true",
                List::Organization => "&organization_id=",
            };
            let mut address = "requests/search?query=".to_owned();
            encode(search, &mut address);
            match whose.strip_prefix(' ') {
                Some(word) => address.extend(["%20", word, "&"]),
                None if list == List::Ccd => address.extend([whose, "&"]),
                None => address.extend([whose, &organization, "&"]),
            }
            address
        };
        let size = if search.is_empty() { "&page%5Bsize%5D=50" } else { "&per_page=50" };
        // Only among those of others one wants to know whose they are.
        let people = if list == List::Organization { ",users" } else { "" };
        address.extend(["include=slas", people, "&sort_by=", self.sort.words(), size]);
        if self.filter != Filter::All {
            address.extend(["&status=", self.filter.words()]);
        }
        address
    }

    /// Whether a request that just changed belongs to the list, as far as that can be told: what
    /// words it has is the server's to say.
    fn takes(&self, request: &Request) -> bool {
        self.search.trim().is_empty() && self.filter.takes(request.status)
    }
}

/// Writes a text as the value of a query.
fn encode(text: &str, to: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            to.push(char::from(byte));
        } else {
            to.push('%');
            for half in [byte >> 4, byte & 15] {
                to.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
            }
        }
    }
}

/// Whether two answers show alike. A change that people can see moves the time, and what may change
/// twice within a second is compared.
fn is_same(one: &Request, other: &Request) -> bool {
    one.updated_at == other.updated_at
        && one.status == other.status
        && one.priority == other.priority
}

/// A request on a list; the same one as long as nothing of it has changed.
pub type Row = Rc<Request>;

/// What is known of a list.
#[derive(Debug, Default)]
pub struct Listing {
    pub rows: Vec<Row>,
    /// The address of the next page.
    pub next: Option<String>,
    /// What came in above while somebody was reading further down, the newest first.
    pub above: Vec<Row>,
}

impl Listing {
    /// Takes the first page in place of everything.
    pub fn begin(&mut self, rows: Vec<Request>, next: Option<String>) {
        // A row that is as it was stays the same one, so that nothing is drawn anew in vain; and an
        // answer that took long does not undo what a later one told.
        let rows = rows.into_iter().map(|row| match self.find(row.id) {
            Some(known) if is_same(&known, &row) || known.updated_at > row.updated_at => known,
            _ => Rc::new(row),
        });
        self.rows = rows.collect();
        self.next = next;
        self.above = Vec::new();
    }

    /// Takes a further page. Pages by number overlap when something came in above, so what stands at
    /// the end already is left out.
    pub fn extend(&mut self, rows: Vec<Request>, next: Option<String>) {
        let start = self.rows.len().saturating_sub(rows.len());
        for row in rows {
            let last = self.rows.get(start..).unwrap_or_default();
            if !last.iter().any(|known| known.id == row.id) {
                self.rows.push(Rc::new(row));
            }
        }
        self.next = next;
    }

    /// A request has changed, or is new; `is_ours` says that it belongs to this list before any
    /// filter. `is_at_top` says that nobody loses the place when a row comes in above.
    pub fn arrive(&mut self, query: &Query, request: &Row, is_ours: bool, is_at_top: bool) {
        for rows in [&mut self.rows, &mut self.above] {
            if let Some(row) = rows.iter_mut().find(|row| row.id == request.id) {
                if !is_same(row, request) && row.updated_at <= request.updated_at {
                    *row = Rc::clone(request);
                }
                return;
            }
        }
        if !(is_ours && query.takes(request)) {
            return;
        }
        let time = match query.sort {
            Sort::Activity => |row: &Request| row.updated_at,
            Sort::Newest | Sort::Oldest => |row: &Request| row.created_at,
        };
        let last = self.rows.iter().map(|row| time(row)).min();
        // What stands further down than anybody has been comes with its page.
        let comes_later =
            query.sort == Sort::Oldest || last.is_some_and(|last| time(request) < last);
        if self.next.is_some() && comes_later {
            return;
        }
        match (query.sort, is_at_top) {
            (Sort::Oldest, _) => self.rows.push(Rc::clone(request)),
            (_, true) => self.rows.insert(0, Rc::clone(request)),
            (_, false) => self.above.insert(0, Rc::clone(request)),
        }
    }

    /// Shows what came in above.
    pub fn show_above(&mut self) {
        let mut rows = std::mem::take(&mut self.above);
        rows.append(&mut self.rows);
        self.rows = rows;
    }

    fn find(&self, id: i64) -> Option<Row> {
        self.rows.iter().find(|row| row.id == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, Listing, Query, Row, Sort};
    use crate::state::view::List;
    use api::{
        request::{Request, Status},
        time::from_unix,
    };
    use std::rc::Rc;

    fn request(id: i64) -> Request {
        Request {
            id,
            status: Some(Status::Open),
            created_at: Some(from_unix(id)),
            ..Request::default()
        }
    }

    fn listing(ids: &[i64]) -> Listing {
        let mut listing = Listing::default();
        listing.begin(ids.iter().map(|id| request(*id)).collect(), Some("next".to_owned()));
        listing
    }

    fn ids(rows: &[Row]) -> Vec<i64> {
        rows.iter().map(|row| row.id).collect()
    }

    #[test]
    fn each_list_is_asked_for_by_its_own_address() {
        let mut query = Query { organization: 7, ..Query::default() };
        let rest = "&sort_by=updated_at&sort_order=desc&page%5Bsize%5D=50";
        let at = |list| query.address(list);
        assert_eq!(at(List::Mine), ["requests?include=slas", rest].concat());
        assert_eq!(at(List::Ccd), ["requests/ccd?include=slas", rest].concat());
        let organization = "organizations/7/requests?include=slas,users";
        assert_eq!(at(List::Organization), [organization, rest].concat());
        query = Query { filter: Filter::Done, sort: Sort::Oldest, ..query };
        let mine = query.address(List::Mine);
        assert!(mine.contains("&status=solved,closed"), "{mine}");
        assert!(mine.contains("sort_by=created_at&sort_order=asc"), "{mine}");
    }

    #[test]
    fn a_search_stays_within_its_list_and_carries_any_text() {
        let query =
            Query { search: " a&b=ü \"c\" ".to_owned(), organization: 7, ..Query::default() };
        let text = "requests/search?query=a%26b%3d%c3%bc%20%22c%22";
        let rest = "&sort_by=updated_at&sort_order=desc&per_page=50";
        for (list, whose) in [
            (List::Mine, "%20requester:me&include=slas"),
            (List::Ccd, "&cc_id=true&include=slas"),
            (List::Organization, "&organization_id=7&include=slas,users"),
        ] {
            assert_eq!(query.address(list), [text, whose, rest].concat());
        }
    }

    #[test]
    fn pages_that_overlap_repeat_no_row() {
        let mut listing = listing(&[9, 8, 7]);
        listing.extend(vec![request(7), request(6)], None);
        assert_eq!(ids(&listing.rows), [9, 8, 7, 6]);
        assert_eq!(listing.next, None);
    }

    #[test]
    fn a_row_changes_where_it_stands_even_when_it_leaves_the_filter() {
        let mut listing = listing(&[9, 8, 7]);
        let query = Query { filter: Filter::Open, ..Query::default() };
        let solved = Rc::new(Request { status: Some(Status::Solved), ..request(8) });
        listing.arrive(&query, &solved, true, true);
        assert_eq!(ids(&listing.rows), [9, 8, 7]);
        assert_eq!(listing.rows[1].status, Some(Status::Solved));
    }

    #[test]
    fn what_is_new_comes_in_above_and_waits_while_somebody_reads_further_down() {
        let mut listing = listing(&[9, 8]);
        let query = Query::default();
        listing.arrive(&query, &Rc::new(request(10)), true, true);
        listing.arrive(&query, &Rc::new(request(11)), true, false);
        listing.arrive(&query, &Rc::new(request(12)), true, false);
        listing.arrive(&query, &Rc::new(request(12)), true, false);
        assert_eq!((ids(&listing.rows), ids(&listing.above)), (vec![10, 9, 8], vec![12, 11]));
        listing.show_above();
        assert_eq!((ids(&listing.rows), ids(&listing.above)), (vec![12, 11, 10, 9, 8], vec![]));
    }

    #[test]
    fn what_belongs_elsewhere_or_does_not_fit_does_not_come_in() {
        let mut listing = listing(&[9]);
        let all = Query::default();
        listing.arrive(&all, &Rc::new(request(10)), false, true);
        let waiting = Query { filter: Filter::Waiting, ..Query::default() };
        listing.arrive(&waiting, &Rc::new(request(10)), true, true);
        let sought = Query { search: "x".to_owned(), ..Query::default() };
        listing.arrive(&sought, &Rc::new(request(10)), true, true);
        assert_eq!(ids(&listing.rows), [9]);
    }

    #[test]
    fn in_order_of_creation_an_old_request_that_changed_is_no_new_one() {
        let mut newest = listing(&[9, 8]);
        let query = Query { sort: Sort::Newest, ..Query::default() };
        newest.arrive(&query, &Rc::new(request(3)), true, true);
        newest.arrive(&query, &Rc::new(request(10)), true, true);
        assert_eq!(ids(&newest.rows), [10, 9, 8]);

        let query = Query { sort: Sort::Oldest, ..Query::default() };
        let mut oldest = listing(&[1, 2]);
        oldest.arrive(&query, &Rc::new(request(10)), true, true);
        assert_eq!(ids(&oldest.rows), [1, 2]);
        oldest.next = None;
        oldest.arrive(&query, &Rc::new(request(10)), true, true);
        assert_eq!(ids(&oldest.rows), [1, 2, 10]);
    }

    #[test]
    fn an_answer_that_took_long_does_not_undo_what_a_later_one_told() {
        let at = |subject: &str, time| Request {
            subject: subject.to_owned(),
            updated_at: Some(from_unix(time)),
            ..request(9)
        };
        let (mut listing, query) = (Listing::default(), Query::default());
        listing.begin(vec![at("first", 10)], None);
        listing.arrive(&query, &Rc::new(at("later", 20)), true, true);
        listing.arrive(&query, &Rc::new(at("slow", 15)), true, true);
        listing.begin(vec![at("slow page", 15)], None);
        assert_eq!(listing.rows[0].subject, "later");
    }

    #[test]
    fn rows_that_are_as_they_were_stay_the_same() {
        let mut listing = listing(&[9, 8]);
        let before = listing.rows.clone();
        let changed = Request { status: Some(Status::Solved), ..request(8) };
        listing.begin(vec![request(9), changed], None);
        assert!(Rc::ptr_eq(&before[0], &listing.rows[0]));
        assert!(!Rc::ptr_eq(&before[1], &listing.rows[1]));
    }
}
