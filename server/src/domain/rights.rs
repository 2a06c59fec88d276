//! Who may do what with a request: the one function that decides, for every route and channel.

use crate::store::{
    OrganizationId, RequestId, StoreError, UserId, ccs, memberships,
    requests::{self, Request},
    sqlite::Conn,
    users::{Sharing, User},
};
use api::request::Status;
use std::ops::Deref;

/// Somebody with all that decides what they may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub user: User,
    /// The organizations to which they belong, by id, and what they see of each: what it lets all
    /// its members see or what they themselves are allowed, whichever is more.
    pub organizations: Vec<(OrganizationId, Sharing)>,
    pub proof: Proof,
}

/// What shows that somebody is who they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// An address that anybody could have given.
    Nothing,
    /// The host product's word, which makes an end user of everybody.
    Identity,
    /// An agent's own token.
    AgentToken,
}

impl Deref for Viewer {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl Viewer {
    /// An end user as the database knows them now, even if they are one of the staff elsewhere.
    ///
    /// # Errors
    /// When the database fails; so for both.
    pub async fn load(conn: &mut Conn, user: User) -> Result<Self, StoreError> {
        let mut organizations = memberships::shared_with(conn, user.id).await?;
        for (_, sharing) in &mut organizations {
            *sharing = user.sharing.max(*sharing);
        }
        Ok(Self { user, organizations, proof: Proof::Identity })
    }

    /// One of the staff, at work.
    pub async fn load_staff(conn: &mut Conn, user: User) -> Result<Self, StoreError> {
        Ok(Self { proof: Proof::AgentToken, ..Self::load(conn, user).await? })
    }

    /// Works for the vendor, and calls as such. Stands before [`User::is_staff`], which tells what
    /// somebody is and not as whom they call.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.proof == Proof::AgentToken && self.user.is_staff()
    }

    /// What they see of an organization's requests; `None` when they do not belong to it.
    #[must_use]
    pub fn sharing(&self, organization: OrganizationId) -> Option<Sharing> {
        let mut all = self.organizations.iter();
        all.find(|(id, _)| *id == organization).map(|(_, sharing)| *sharing)
    }

    /// The organizations all of whose requests they see.
    pub fn shared(&self) -> impl Iterator<Item = OrganizationId> {
        self.organizations.iter().filter(|(_, it)| *it >= Sharing::View).map(|(id, _)| *id)
    }
}

/// What a person may do with a request, as an end user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// See it and its public comments. Without this, it does not exist for that person.
    pub view: bool,
    /// Add a public comment, which reopens it if need be.
    pub comment: bool,
    /// Mark it solved.
    pub solve: bool,
    /// Copy somebody.
    pub cc: bool,
    /// Copy somebody else no more; for oneself, being copied is enough.
    pub uncc: bool,
}

impl Rights {
    /// What an agent may do.
    pub const ALL: Self = Self { view: true, comment: true, solve: true, cc: true, uncc: true };
}

/// What a person may do with a request on which certain people are copied. Staff get nothing extra
/// here: who calls the Requests API is an end user, whatever else they are. A request that holds nothing
/// but notes is for none of them.
#[must_use]
pub fn rights(viewer: &Viewer, request: &Request, copied: &[UserId]) -> Rights {
    if !request.public {
        return Rights::default();
    }
    let requester = request.requester_id == viewer.id;
    let involved = requester || copied.contains(&viewer.id);
    let shared = shared(viewer, request.organization_id);
    let open = request.status != Status::Closed;
    Rights {
        view: involved || shared >= Sharing::View,
        comment: (involved || shared >= Sharing::Comment) && open,
        solve: requester && solvable(request),
        cc: involved && open,
        uncc: requester && open,
    }
}

/// Those of the copied whose copy a person may end: anybody's, or their own.
#[must_use]
pub fn removable(viewer: &Viewer, request: &Request, copied: &[UserId]) -> Vec<UserId> {
    let granted = rights(viewer, request, copied);
    // Nobody leaves a closed request, since it takes no change any more.
    let own = |id: &UserId| granted.cc && *id == viewer.id;
    copied.iter().copied().filter(|id| granted.uncc || own(id)).collect()
}

fn shared(viewer: &Viewer, organization: Option<OrganizationId>) -> Sharing {
    organization.and_then(|id| viewer.sharing(id)).unwrap_or_default()
}

/// A request that a person may see, and those copied on it.
///
/// One that they may not see takes the same statements as one that does not exist, and its texts
/// are not read, so that the time of an answer tells nothing either.
///
/// # Errors
/// When the database fails.
pub async fn seen(
    conn: &mut Conn,
    viewer: &Viewer,
    id: RequestId,
) -> Result<Option<(Request, Vec<UserId>)>, StoreError> {
    let Some(copied) = copied_if_seen(conn, viewer, id).await? else { return Ok(None) };
    let request = requests::by_id(conn, id).await?;
    let request = request.filter(|request| rights(viewer, request, &copied).view);
    Ok(request.map(|request| (request, copied)))
}

/// Whether a person may see a request.
///
/// # Errors
/// When the database fails.
pub async fn sees(conn: &mut Conn, viewer: &Viewer, id: RequestId) -> Result<bool, StoreError> {
    Ok(copied_if_seen(conn, viewer, id).await?.is_some())
}

/// Those copied on a request, when a person may see it.
async fn copied_if_seen(
    conn: &mut Conn,
    viewer: &Viewer,
    id: RequestId,
) -> Result<Option<Vec<UserId>>, StoreError> {
    let owners = requests::owners(conn, id).await?;
    let copied = ccs::of(conn, id).await?;
    let theirs = owners.is_some_and(|owners| {
        let involved = owners.requester_id == viewer.id || copied.contains(&viewer.id);
        owners.public && (involved || shared(viewer, owners.organization_id) >= Sharing::View)
    });
    Ok(theirs.then_some(copied))
}

/// Whether an end user's word is enough to solve it: somebody works on it, and it is not a problem,
/// which stands for more requests than this one.
fn solvable(request: &Request) -> bool {
    request.assignee_id.is_some()
        && request.kind.as_deref() != Some("problem")
        && !matches!(request.status, Status::Solved | Status::Closed)
}
