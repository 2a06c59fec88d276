//! What agents do with people: make them, change what is known of them, lock them out, delete them.
//!
//! Who works for the vendor is for admins alone to say. What the host's token says of somebody,
//! name, address and organization, is taken over again at their next call.

use super::{Invalid, Refusal, address, belonging, names, people, rights::Viewer, tags};
use crate::store::{
    OrganizationId, UserId, memberships, organizations,
    organizations::Organization,
    sqlite::Conn,
    texts, tokens,
    users::{self, Role, Sharing, User},
};
use api::{Time, user::UserChange};

/// Characters of a telephone number.
const MOST_OF_PHONE: usize = 64;

/// Makes somebody.
///
/// # Errors
/// When a value does not pass, the address or the host's id is somebody's already, or the caller
/// may not.
pub async fn create(
    conn: &mut Conn,
    by: &Viewer,
    change: &UserChange,
    at: Time,
) -> Result<User, Refusal> {
    let email = change.email.as_deref().unwrap_or("");
    let mut invalid = Invalid::default();
    if email.trim().is_empty() {
        invalid.add("email", "BlankValue", "Email: cannot be blank");
    }
    if change.name.is_none() {
        invalid.add("name", "BlankValue", "Name: cannot be blank");
    }
    invalid.verdict()?;
    // Somebody who was deleted comes back when they are made anew.
    let email = address::normalize(email).unwrap_or_default();
    if let Some(gone) = users::by_email(conn, &email).await?.filter(|user| !user.active) {
        let back = User { active: true, ..gone.clone() };
        return save(conn, by, &gone, back, change, at).await;
    }
    let mut user = User::new("", "", at);
    check(conn, by, &user.clone(), &mut user, change, at).await?;
    let organization_id = user.organization_id.take();
    user.id = users::insert(conn, &user).await?;
    if organization_id.is_some() {
        belonging::relocate(conn, &mut user, organization_id, at).await?;
        users::update(conn, &user).await?;
    }
    Ok(user)
}

/// Changes somebody.
///
/// # Errors
/// When there is nobody with that id, and as [`create`] has them.
pub async fn update(
    conn: &mut Conn,
    by: &Viewer,
    id: UserId,
    change: &UserChange,
    at: Time,
) -> Result<User, Refusal> {
    let before = users::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    save(conn, by, &before, before.clone(), change, at).await
}

/// Changes whoever has the host's id or else the address of `change`, or makes somebody. Whether
/// somebody is new comes with them.
///
/// # Errors
/// As [`create`] has them.
pub async fn create_or_update(
    conn: &mut Conn,
    by: &Viewer,
    change: &UserChange,
    at: Time,
) -> Result<(User, bool), Refusal> {
    let mut known = None;
    if let Some(Some(id)) = &change.external_id {
        known = users::by_external_id(conn, id).await?;
    }
    if known.is_none()
        && let Some(email) = change.email.as_deref().and_then(address::normalize)
    {
        known = users::by_email(conn, &email).await?;
    }
    match known {
        None => Ok((create(conn, by, change, at).await?, true)),
        Some(before) => {
            let user = User { active: true, ..before.clone() };
            Ok((save(conn, by, &before, user, change, at).await?, false))
        }
    }
}

/// Deletes somebody: they leave lists and searches, belong nowhere and have no tokens any more. What
/// they wrote stays under their name. They come back when a host vouches for them or an agent makes
/// them anew.
///
/// # Errors
/// When there is nobody with that id, or the caller may not.
pub async fn delete(conn: &mut Conn, by: &Viewer, id: UserId, at: Time) -> Result<User, Refusal> {
    let mut user = users::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    guard(by, &user)?;
    if user.id == by.id {
        return Err(Invalid::one("base", "InvalidValue", "Nobody deletes themselves").into());
    }
    tokens::revoke_all(conn, id, at).await?;
    memberships::remove_all(conn, id).await?;
    user = User { active: false, organization_id: None, updated_at: at, ..user };
    users::update(conn, &user).await?;
    Ok(user)
}

/// Hands all that hangs on somebody who never came through a host to somebody else.
///
/// # Errors
/// When either does not exist, or the first is known to a host or works for the vendor.
pub async fn merge(conn: &mut Conn, from: UserId, into: UserId, at: Time) -> Result<User, Refusal> {
    let from = users::by_id(conn, from).await?.ok_or(Refusal::NotFound)?;
    let refuse = |text: &str| Err(Invalid::one("id", "InvalidValue", text).into());
    let Some(into) = users::by_id(conn, into).await?.filter(|user| user.active) else {
        return refuse("User: is not known");
    };
    if !from.is_placeholder() {
        return refuse("User: only somebody without an external ID and a role can be merged");
    }
    if from.id == into.id || into.is_staff() {
        return refuse("User: can only be merged into another end user");
    }
    Ok(people::take_over(conn, &from, into, at).await?)
}

/// Only admins touch somebody who works for the vendor.
fn guard(by: &Viewer, user: &User) -> Result<(), Refusal> {
    if user.is_staff() && by.role != Role::Admin {
        return Err(Refusal::Forbidden("Only an admin may do this to somebody of the staff"));
    }
    Ok(())
}

async fn save(
    conn: &mut Conn,
    by: &Viewer,
    before: &User,
    mut user: User,
    change: &UserChange,
    at: Time,
) -> Result<User, Refusal> {
    check(conn, by, before, &mut user, change, at).await?;
    let wanted = user.organization_id;
    user.organization_id = before.organization_id;
    belonging::relocate(conn, &mut user, wanted, at).await?;
    if before.is_staff() && !user.is_staff() {
        tokens::revoke_all(conn, user.id, at).await?;
    }
    if user != *before {
        user.updated_at = at;
        users::update(conn, &user).await?;
    }
    if user.name != before.name {
        texts::outdate(conn, user.id).await?;
    }
    Ok(user)
}

/// Applies a change to `user`, which is written by the caller; its organization is only what was
/// wished for.
async fn check(
    conn: &mut Conn,
    by: &Viewer,
    before: &User,
    user: &mut User,
    change: &UserChange,
    at: Time,
) -> Result<(), Refusal> {
    let mut invalid = Invalid::default();
    user.name = names::given_name(change.name.as_deref(), &before.name, &mut invalid);
    if let Some(email) = &change.email {
        match address::normalize(email) {
            Some(email) => user.email = email,
            None => invalid.add("email", "InvalidValue", "Email: is not an e-mail address"),
        }
    }
    let before_id = before.external_id.as_deref();
    user.external_id = names::given_id(change.external_id.as_ref(), before_id, &mut invalid);
    user.sharing = sharing(before.sharing, change, &mut invalid);
    user.phone = phone(change, before, &mut invalid);
    let mut note =
        |field, given, before: Option<&str>| names::given_note(field, given, before, &mut invalid);
    user.details = note("details", change.details.as_ref(), before.details.as_deref());
    user.notes = note("notes", change.notes.as_ref(), before.notes.as_deref());
    user.tags = tags::given(change.tags.as_ref(), &before.tags, &mut invalid);
    user.suspended = change.suspended.unwrap_or(before.suspended);
    if let Some(role) = &change.role {
        match Role::from_name(role) {
            Some(role) => user.role = role,
            None => {
                let text = "Role: is not one of end-user, agent, admin";
                invalid.add("role", "InvalidValue", text);
            }
        }
    }
    unique(conn, user, &mut invalid).await?;
    invalid.verdict()?;
    allowed(by, before, user)?;
    user.organization_id = organization(conn, before, change, at).await?;
    Ok(())
}

/// Whether the caller may make of `before` what `user` is now.
fn allowed(by: &Viewer, before: &User, user: &User) -> Result<(), Refusal> {
    let oneself = before.id == by.id;
    let credentials = before.email != user.email
        || before.external_id != user.external_id
        || before.role != user.role
        || before.suspended != user.suspended;
    if before.role != user.role && by.role != Role::Admin {
        return Err(Refusal::Forbidden("Only an admin says who works for the vendor"));
    }
    if !oneself || credentials {
        guard(by, before)?;
    }
    if oneself && (user.suspended || before.role != user.role) {
        let text = "Nobody suspends themselves or changes their own role";
        return Err(Invalid::one("base", "InvalidValue", text).into());
    }
    Ok(())
}

/// Notes an address or a host's id that somebody else has.
async fn unique(conn: &mut Conn, user: &User, invalid: &mut Invalid) -> Result<(), Refusal> {
    let other = users::by_email(conn, &user.email).await?;
    if other.is_some_and(|other| other.id != user.id) {
        let text = "Email: is already being used by another user";
        invalid.add("email", "DuplicateValue", text);
    }
    if let Some(id) = &user.external_id {
        let other = users::by_external_id(conn, id).await?;
        if other.is_some_and(|other| other.id != user.id) {
            let text = "External ID: is already being used by another user";
            invalid.add("external_id", "DuplicateValue", text);
        }
    }
    Ok(())
}

/// What somebody sees of their organizations after a change of either key.
fn sharing(before: Sharing, change: &UserChange, invalid: &mut Invalid) -> Sharing {
    let view = match change.ticket_restriction.as_deref() {
        None => before >= Sharing::View,
        Some("organization") => true,
        Some("requested") => false,
        Some(_) => {
            let text = "Ticket restriction: is neither requested nor organization";
            invalid.add("ticket_restriction", "InvalidValue", text);
            false
        }
    };
    match (view, change.shared_comments.unwrap_or(before == Sharing::Comment)) {
        (false, _) => Sharing::Own,
        (true, false) => Sharing::View,
        (true, true) => Sharing::Comment,
    }
}

fn phone(change: &UserChange, before: &User, invalid: &mut Invalid) -> Option<String> {
    let Some(given) = &change.phone else { return before.phone.clone() };
    let given = given.as_deref().and_then(names::name);
    if given.as_ref().is_some_and(|phone| phone.chars().count() > MOST_OF_PHONE) {
        let text = format!("Phone: is too long (maximum is {MOST_OF_PHONE} characters)");
        invalid.add("phone", "TooLong", text);
    }
    given
}

/// The default organization that was asked for, by number or by name.
async fn organization(
    conn: &mut Conn,
    before: &User,
    change: &UserChange,
    at: Time,
) -> Result<Option<OrganizationId>, Refusal> {
    if let Some(wanted) = change.organization_id {
        return Ok(wanted.map(OrganizationId));
    }
    let name = change.organization.as_ref().and_then(|it| it.name.as_deref());
    let Some(name) = name.and_then(names::name) else { return Ok(before.organization_id) };
    if let Some(found) = organizations::by_name(conn, &name).await? {
        return Ok(Some(found.id));
    }
    Ok(Some(organizations::insert(conn, &Organization::new(&name, at)).await?))
}
