//! `GET /users/show_many`.

use super::list::key;
use crate::{
    AppState,
    auth::Party,
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    store::{
        UserId,
        users::{self, User},
    },
    view,
};
use api::user::{SeenUser, SeenUserList};
use axum::extract::State;

/// Ids of one call.
const MOST: usize = 100;

/// People by `ids` or `external_ids`: agents get all that exist, end users the names of those whom
/// they may know of. Others are left out.
///
/// # Errors
/// When there are too many ids, or the database fails.
pub async fn show_many_users(
    State(state): State<AppState>,
    party: Party,
    caller: Caller,
) -> Result<Json<SeenUserList>, Error> {
    let ids = caller.query.all("ids");
    let external_ids = caller.query.all("external_ids");
    if ids.len() > MOST || external_ids.len() > MOST {
        return Err(Error::TooManyValues { most: MOST });
    }
    let ids: Vec<UserId> = ids.iter().filter_map(|id| id.parse().ok()).map(UserId).collect();
    let mut read = state.store.read().await?;
    let rows = match &party {
        Party::Staff(_) if ids.is_empty() => {
            users::many_by_external_id(&mut read, &external_ids).await?
        }
        Party::Staff(_) => users::many(&mut read, &ids).await?,
        Party::EndUser(viewer) => {
            let shared: Vec<_> = viewer.shared().collect();
            users::known_to(&mut read, viewer.id, &shared, &ids).await?
        }
    };
    let (rows, place) = Paging::default().whole(rows, &caller, key);
    let users = rows.iter().map(|row| seen(&party, &caller, row)).collect();
    Ok(Json(SeenUserList { users, place }))
}

fn seen(party: &Party, caller: &Caller, row: &User) -> SeenUser {
    match party {
        Party::Staff(_) => SeenUser::Record(Box::new(view::user_record(caller, row))),
        Party::EndUser(_) => SeenUser::Person(view::person(row)),
    }
}
