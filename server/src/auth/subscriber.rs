//! Who listens for longer than a call lasts: credentials are looked at again and again.

use super::{Who, basic, identify};
use crate::{
    AppState,
    domain::{news::Reader, rights::Viewer},
    error::Error,
    store::{UserId, users},
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

/// Somebody signed in, with what they showed for it.
pub struct Subscriber {
    viewer: Viewer,
    staff: bool,
    credentials: String,
}

impl FromRequestParts<AppState> for Subscriber {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let who = identify(parts, state).await?.ok_or(Error::Unauthenticated)?;
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (_, credentials) =
            value.and_then(|value| value.split_once(' ')).ok_or(Error::Unauthenticated)?;
        let staff = matches!(who, Who::Agent(_));
        let (Who::Bearer(viewer) | Who::Agent(viewer)) = who;
        Ok(Self { viewer, staff, credentials: credentials.trim().to_owned() })
    }
}

impl Subscriber {
    /// Who they are.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.viewer.id
    }

    /// What they could read when they came.
    #[must_use]
    pub fn first(&self) -> Reader {
        if self.staff { Reader::Staff } else { Reader::EndUser(Box::new(self.viewer.clone())) }
    }

    /// What they may read by now; `None` when their credentials hold no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reader(&self, state: &AppState) -> Result<Option<Reader>, Error> {
        if self.staff {
            return match basic(state, &self.credentials).await {
                Ok((viewer, _)) => Ok((viewer.id == self.viewer.id).then_some(Reader::Staff)),
                Err(Error::Unauthenticated) => Ok(None),
                Err(error) => Err(error),
            };
        }
        // Of a token that held only its time can have changed. What it says of the person stands:
        // a later one may say otherwise, and was believed since.
        if state.keys.verify(&self.credentials, state.env.now()).is_err() {
            return Ok(None);
        }
        let mut read = state.store.read().await?;
        let user = users::by_id(&mut read, self.viewer.id).await?;
        let user = user.filter(|user| user.active && !user.suspended);
        let Some(user) = user else { return Ok(None) };
        Ok(Some(Reader::EndUser(Box::new(Viewer::load(&mut read, user).await?))))
    }
}
