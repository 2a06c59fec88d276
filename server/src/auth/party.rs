//! Callers of the routes that agents and end users share, each with their own sight of things.

use super::{Staff, Who, identify};
use crate::{AppState, domain::rights::Viewer, error::Error, store::users::Role};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody signed in, as what they call: with an API token as an agent, else as an end user, even
/// if they also work for the vendor.
pub enum Party {
    Staff(Viewer),
    EndUser(Viewer),
}

impl Party {
    /// Whoever it is.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        match self {
            Self::Staff(viewer) | Self::EndUser(viewer) => viewer,
        }
    }

    /// Whether it is an agent, or the end user with that id.
    #[must_use]
    pub fn may_read(&self, user: crate::store::UserId) -> bool {
        matches!(self, Self::Staff(_)) || self.viewer().id == user
    }
}

/// An admin.
pub struct Admin(pub Viewer);

impl FromRequestParts<AppState> for Party {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await? {
            Some(Who::Agent(viewer)) => Ok(Self::Staff(viewer)),
            Some(Who::Bearer(viewer)) => Ok(Self::EndUser(viewer)),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let Staff(viewer) = Staff::from_request_parts(parts, state).await?;
        match viewer.role {
            Role::Admin => Ok(Self(viewer)),
            _ => Err(Error::Forbidden("This is for admins only")),
        }
    }
}
