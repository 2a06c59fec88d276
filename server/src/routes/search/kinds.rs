//! What is searched: tickets, people or organizations, each by its own rules.

use crate::{
    AppState,
    caller::Caller,
    domain::{
        rights::Viewer,
        search::{self, Search, directory},
    },
    error::Error,
    paging::{COUNTED, Paging},
    routes::{
        page,
        tickets::{Shown, With},
    },
    store::{
        Conn, organizations,
        requests::{self, Filter, Order},
        users,
        window::Key,
    },
    view,
};
use api::search::{Hit, HitList};

/// A search understood.
pub(super) enum Sought {
    Tickets { filter: Box<Filter>, order: Order },
    Users(Box<users::Filter>),
    Organizations(Box<organizations::Filter>),
}

impl Sought {
    /// Reads the query. `kind` says what is looked for where the text does not; tickets by default.
    pub(super) async fn read(
        state: &AppState,
        conn: &mut Conn,
        viewer: &Viewer,
        caller: &Caller,
        kind: Option<&str>,
    ) -> Result<Self, Error> {
        let now = state.env.now();
        let text = caller.query.get("query").unwrap_or("");
        let search = Search { text, by: viewer, staff: true, now };
        let tickets = search::read(conn, search).await??;
        match tickets.other.as_deref().or(kind) {
            Some("user") => Ok(Self::Users(Box::new(directory::users(conn, text, now).await??))),
            Some("organization") => {
                Ok(Self::Organizations(Box::new(directory::organizations(text, now)?)))
            }
            _ => Ok(Self::Tickets { filter: Box::new(tickets.filter), order: tickets.order }),
        }
    }

    /// How many there are, counted no further than `most`.
    pub(super) async fn count(&self, conn: &mut Conn, most: i64) -> Result<i64, Error> {
        Ok(match self {
            Self::Tickets { filter, .. } => requests::count(conn, filter, most).await?,
            Self::Users(filter) => users::count(conn, filter, most).await?,
            Self::Organizations(filter) => organizations::count(conn, filter, most).await?,
        })
    }

    /// The part that was asked for. People and organizations come by number.
    pub(super) async fn page(
        &self,
        state: &AppState,
        conn: &mut Conn,
        caller: &Caller,
        paging: Paging,
    ) -> Result<HitList, Error> {
        let window = paging.window();
        let key = |id: i64| Key { at: id, id };
        match self {
            Self::Tickets { filter, order } => {
                let (rows, place) = page::read(conn, caller, filter, *order, paging).await?;
                let with = With::asked(caller);
                let shown = Shown::of(state, caller, conn, rows, with).await?;
                let hits = shown.tickets.into_iter().map(|ticket| Hit::Ticket(Box::new(ticket)));
                Ok(HitList { results: hits.collect(), users: shown.users, place })
            }
            Self::Users(filter) => {
                let mut rows = users::list(conn, filter, window).await?;
                let total = self.total(conn, paging).await?;
                let place = paging.place(&mut rows, total, caller, |row| key(row.id.0));
                let hit = |row| Hit::User(Box::new(view::user_record(caller, row)));
                Ok(HitList { results: rows.iter().map(hit).collect(), users: None, place })
            }
            Self::Organizations(filter) => {
                let mut rows = organizations::list(conn, filter, window).await?;
                let total = self.total(conn, paging).await?;
                let place = paging.place(&mut rows, total, caller, |row| key(row.id.0));
                let hit = |row| Hit::Organization(Box::new(view::organization_record(caller, row)));
                Ok(HitList { results: rows.iter().map(hit).collect(), users: None, place })
            }
        }
    }

    async fn total(&self, conn: &mut Conn, paging: Paging) -> Result<i64, Error> {
        if paging.counts() { self.count(conn, COUNTED).await } else { Ok(0) }
    }
}
