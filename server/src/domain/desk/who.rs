//! The people whom an agent names on a ticket.

use crate::{
    domain::{Call, Invalid, Refusal, address, people},
    store::{
        OrganizationId, UserId, memberships,
        sqlite::Conn,
        users::{self, User},
    },
};
use api::request::{EmailCc, Requester};

/// In whose name a comment is made.
pub(super) async fn author(
    conn: &mut Conn,
    by: &User,
    wanted: Option<i64>,
) -> Result<User, Refusal> {
    match wanted {
        None => Ok(by.clone()),
        Some(id) => users::by_id(conn, UserId(id)).await?.ok_or_else(|| {
            Invalid::one("author_id", "InvalidValue", "Author: is not known").into()
        }),
    }
}

/// For whom a ticket is: by number, or by an address behind which somebody is made if need be.
/// `None` when the call names nobody.
pub(super) async fn requester(
    conn: &mut Conn,
    call: Call<'_>,
    id: Option<i64>,
    described: Option<&Requester>,
) -> Result<Option<User>, Refusal> {
    const FIELD: &str = "requester";
    if let Some(id) = id {
        let found = users::by_id(conn, UserId(id)).await?;
        let unknown = || Invalid::one(FIELD, "InvalidValue", "Requester: is not known");
        return Ok(Some(found.ok_or_else(unknown)?));
    }
    let Some(described) = described else { return Ok(None) };
    let email = described.email.as_deref().unwrap_or("");
    let Some(email) = address::normalize(email) else {
        let text = "Requester: needs an e-mail address";
        return Err(Invalid::one(FIELD, "InvalidValue", text).into());
    };
    Ok(Some(people::at_address(conn, &email, described.name.as_deref(), call.at).await?))
}

/// The organization of somebody's ticket: one of theirs.
pub(super) async fn organization(
    conn: &mut Conn,
    requester: UserId,
    wanted: i64,
) -> Result<OrganizationId, Refusal> {
    let id = OrganizationId(wanted);
    let theirs = memberships::of_user(conn, requester).await?;
    if theirs.iter().any(|membership| membership.organization_id == id) {
        return Ok(id);
    }
    let text = "Organization: is not one of the requester's";
    Err(Invalid::one("organization_id", "InvalidValue", text).into())
}

/// Who is to work on a ticket: by number or address, an agent in any case. `None` when nobody is
/// named.
pub(super) async fn assignee(
    conn: &mut Conn,
    id: Option<i64>,
    email: Option<&str>,
) -> Result<Option<UserId>, Refusal> {
    let found = match (id, email) {
        (Some(id), _) => users::by_id(conn, UserId(id)).await?,
        (None, Some(email)) => users::by_email(conn, &email.trim().to_lowercase()).await?,
        (None, None) => return Ok(None),
    };
    match found {
        Some(user) if works(&user) => Ok(Some(user.id)),
        _ => Err(Invalid::one("assignee_id", "InvalidValue", "Assignee: is not an agent").into()),
    }
}

/// Whether somebody is an agent who is still there.
fn works(user: &User) -> bool {
    user.is_staff() && user.active && user.id != users::SYSTEM
}

/// Who follows a ticket after some more or fewer want to: agents only, since a follower sees the
/// notes.
pub(super) async fn followers(
    conn: &mut Conn,
    before: &[UserId],
    wishes: &[EmailCc],
) -> Result<Vec<UserId>, Refusal> {
    let refuse = |text: &str| Err(Invalid::one("followers", "InvalidValue", text).into());
    let mut after = before.to_vec();
    for wish in wishes {
        let found = match (wish.user_id, &wish.user_email) {
            (Some(id), _) => users::by_id(conn, UserId(id)).await?,
            (None, Some(email)) => users::by_email(conn, &email.trim().to_lowercase()).await?,
            (None, None) => {
                return refuse("Followers: an entry has neither user_id nor user_email");
            }
        };
        match wish.action.as_deref() {
            None | Some("put") => match found.filter(works) {
                Some(user) => after.push(user.id),
                _ => return refuse("Followers: only an agent can follow a ticket"),
            },
            Some("delete") => after.retain(|id| found.as_ref().is_none_or(|user| user.id != *id)),
            Some(_) => return refuse("Followers: an action is neither put nor delete"),
        }
    }
    after.sort_unstable();
    after.dedup();
    Ok(after)
}
