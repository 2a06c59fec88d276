//! Who is copied: the wishes of `email_ccs`, `collaborators` and `additional_collaborators`.

use super::{
    Call, Invalid, Refusal, address,
    audit::Trail,
    people,
    rights::{Rights, Viewer},
};
use crate::store::{UserId, ccs, requests::Request, sqlite::Conn, users};
use api::request::{Collaborator, EmailCc};

/// Somebody, as a caller names them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Somebody {
    Id(UserId),
    Address { email: String, name: Option<String> },
}

/// What a call wants of the list of copied people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    put: Vec<Somebody>,
    delete: Vec<Somebody>,
    /// Nobody but those put.
    only: bool,
}

impl Wishes {
    /// Reads both forms of the wire.
    ///
    /// # Errors
    /// When an address is none, or an entry names nobody.
    pub fn read(email_ccs: &[EmailCc], collaborators: &[Collaborator]) -> Result<Self, Invalid> {
        let mut wishes = Self::default();
        let mut invalid = Invalid::default();
        for cc in email_ccs {
            let name = cc.user_name.clone();
            let who = match (cc.user_id, &cc.user_email) {
                (Some(id), _) => Ok(Somebody::Id(UserId(id))),
                (None, Some(email)) => at("email_ccs", email, name),
                (None, None) => {
                    let text = "Email CCs: an entry has neither user_id nor user_email";
                    Err(Invalid::one("email_ccs", "BlankValue", text))
                }
            };
            match (invalid.check(who), cc.action.as_deref()) {
                (None, _) => {}
                (Some(who), None | Some("put")) => wishes.put.push(who),
                (Some(who), Some("delete")) => wishes.delete.push(who),
                (Some(_), Some(_)) => {
                    let text = "Email CCs: an action is neither put nor delete";
                    invalid.add("email_ccs", "InvalidValue", text);
                }
            }
        }
        for collaborator in collaborators {
            const FIELD: &str = "collaborators";
            let who = match collaborator {
                Collaborator::Id(id) => Ok(Somebody::Id(UserId(*id))),
                Collaborator::Email(email) => at(FIELD, email, None),
                Collaborator::Person { name, email } => at(FIELD, email, name.clone()),
            };
            wishes.put.extend(invalid.check(who));
        }
        invalid.verdict()?;
        Ok(wishes)
    }

    /// Wants nobody but those put.
    #[must_use]
    pub fn only(self) -> Self {
        Self { only: true, ..self }
    }

    /// Also wants somebody off the list.
    #[must_use]
    pub fn without(mut self, id: UserId) -> Self {
        self.delete.push(Somebody::Id(id));
        self
    }

    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.put.is_empty() && self.delete.is_empty() && !self.only
    }
}

fn at(field: &str, email: &str, name: Option<String>) -> Result<Somebody, Invalid> {
    match address::normalize(email) {
        Some(email) => Ok(Somebody::Address { email, name }),
        None => {
            // The address is not repeated: it would end up in logs of whoever calls.
            let text = "An e-mail address to copy is not valid";
            Err(Invalid::one(field, "InvalidValue", text))
        }
    }
}

/// Changes the list of a request, `copied`, and notes it. `granted` is what the caller may do; on a
/// new request the requester may do all.
///
/// # Errors
/// When the caller may not, somebody is not known, or there would be too many.
pub async fn apply(
    conn: &mut Conn,
    call: Call<'_>,
    granted: Rights,
    request: &Request,
    copied: &mut Vec<UserId>,
    wishes: &Wishes,
    trail: &mut Trail,
) -> Result<(), Refusal> {
    if !wishes.put.is_empty() && !granted.cc {
        return Err(Refusal::Forbidden("You may not copy anybody on this request"));
    }
    let most = usize::try_from(call.rules.limits.email_ccs).unwrap_or(usize::MAX);
    let too_many = || {
        let text = format!("Email CCs: at most {most} people can be copied");
        Invalid::one("email_ccs", "TooManyValues", text)
    };
    if wishes.put.len() > most {
        return Err(too_many().into());
    }
    let before = copied.clone();
    for who in &wishes.delete {
        let known = match who {
            Somebody::Id(id) => Some(*id),
            Somebody::Address { email, .. } => {
                users::by_email(conn, email).await?.map(|user| user.id)
            }
        };
        // Taking somebody off the list who is not on it is done already.
        let Some(id) = known.filter(|id| copied.contains(id)) else { continue };
        if !granted.uncc && id != call.by.id {
            return Err(Refusal::Forbidden("Only the requester may remove somebody else's copy"));
        }
        copied.retain(|other| *other != id);
        ccs::remove(conn, request.id, id).await?;
    }
    let mut named = Vec::new();
    for who in &wishes.put {
        let id = match who {
            Somebody::Id(id) => reachable(conn, call.by, *id).await?,
            Somebody::Address { email, name } => {
                people::at_address(conn, email, name.as_deref(), call.at).await?.id
            }
        };
        named.push(id);
        if id == request.requester_id || copied.contains(&id) {
            continue;
        }
        copied.push(id);
        ccs::add(conn, request, id, call.at).await?;
    }
    if wishes.only {
        for id in before.iter().filter(|id| !named.contains(id)) {
            copied.retain(|other| other != id);
            ccs::remove(conn, request.id, *id).await?;
        }
    }
    if copied.len() > most && copied.len() > before.len() {
        return Err(too_many().into());
    }
    copied.sort_unstable();
    if *copied != before {
        trail.changed("collaborator_ids", Some(joined(&before)), Some(joined(copied)));
    }
    Ok(())
}

/// An id that the caller may use: of staff, of a colleague, of somebody on a common request. Any
/// other is answered like one that does not exist, or ids would tell names.
async fn reachable(conn: &mut Conn, by: &Viewer, id: UserId) -> Result<UserId, Refusal> {
    let known = if by.is_staff() {
        users::by_id(conn, id).await?.is_some()
    } else {
        let shared: Vec<_> = by.shared().collect();
        !users::known_to(conn, by.id, &shared, &[id]).await?.is_empty()
    };
    if known {
        return Ok(id);
    }
    Err(Invalid::one("email_ccs", "InvalidValue", "Email CCs: a user is not known").into())
}

fn joined(ids: &[UserId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
