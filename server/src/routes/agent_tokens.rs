//! Ours: the API tokens of agents. Everybody sees and revokes their own; admins those of all.

use crate::{
    AppState,
    auth::{Admin, PathNumber, Staff, new_token},
    body::{Json, JsonBody, Nothing},
    caller::Caller,
    domain::{Invalid, names},
    error::Error,
    idempotency::Created,
    store::{UserId, tokens, users, users::Role},
    view,
};
use api::agent_token::{AgentTokenEnvelope, AgentTokenList, CreateAgentToken};
use axum::extract::State;

/// The caller's tokens that hold, or, for admins, those of `user_id`. Never their secrets.
///
/// # Errors
/// When somebody else's are not the caller's to see, or the database fails.
pub async fn list_agent_tokens(
    State(state): State<AppState>,
    Staff(by): Staff,
    caller: Caller,
) -> Result<Json<AgentTokenList>, Error> {
    let wanted = caller.query.get("user_id").and_then(|id| id.parse().ok()).map(UserId);
    let user = wanted.unwrap_or(by.id);
    if user != by.id && by.role != Role::Admin {
        return Err(Error::Forbidden("Only an admin sees the tokens of others"));
    }
    let rows = tokens::of_user(&mut *state.store.read().await?, user).await?;
    Ok(Json(AgentTokenList { agent_tokens: rows.iter().map(view::agent_token).collect() }))
}

/// A new token for an agent; its secret is in this answer and never again. For admins, so that a
/// token which got lost cannot make itself another.
///
/// # Errors
/// When there is no such agent, or the database fails.
pub async fn create_agent_token(
    State(state): State<AppState>,
    Admin(by): Admin,
    caller: Caller,
    body: JsonBody<CreateAgentToken>,
) -> Result<Created<AgentTokenEnvelope>, Error> {
    let new = &body.value.agent_token;
    let description = new.description.as_deref().and_then(names::name);
    let mut tx = state.store.write().await?;
    let user = users::by_id(&mut tx, new.user_id.map_or(by.id, UserId)).await?;
    let Some(user) = user.filter(|user| user.is_staff() && user.active) else {
        return Err(Invalid::one("user_id", "InvalidValue", "User: is not an agent").into());
    };
    let (secret, digest) = new_token(&state.env);
    let (description, now) = (description.as_deref(), state.env.now());
    let row = tokens::insert(&mut tx, user.id, &digest, description, now).await?;
    tx.commit().await?;
    let mut agent_token = view::agent_token(&row);
    agent_token.token = Some(secret);
    let location = format!("{}{}/agent_tokens", caller.base, api::OWN);
    Created::new(Some(location), &AgentTokenEnvelope { agent_token })
}

/// Ends a token; the next call with it is refused.
///
/// # Errors
/// When there is no such token for the caller, or the database fails.
pub async fn delete_agent_token(
    State(state): State<AppState>,
    Staff(by): Staff,
    PathNumber(id): PathNumber,
) -> Result<Nothing, Error> {
    let mut tx = state.store.write().await?;
    let found = tokens::by_id(&mut tx, id).await?;
    let own = |user: UserId| user == by.id || by.role == Role::Admin;
    found.filter(|row| own(row.user_id)).ok_or(Error::RecordNotFound)?;
    tokens::revoke(&mut tx, id, state.env.now()).await?;
    tx.commit().await?;
    Ok(Nothing)
}
