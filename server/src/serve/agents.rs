//! The command `agent-token`: makes agents and admins, and gives, lists and revokes their tokens.

use super::{CommandError, open};
use crate::{
    AppState,
    auth::new_token,
    cli::AgentTokenFlags,
    domain::{address, names, people},
    store::{
        StoreError, tokens,
        users::{self, Role},
    },
};

/// Makes an agent and prints a token for them, or lists or revokes tokens.
///
/// # Errors
/// When the address is none, there is nothing to list or revoke, or the database cannot be written.
pub async fn agent_token(flags: &AgentTokenFlags) -> Result<(), CommandError> {
    let email = address::normalize(&flags.email)
        .ok_or_else(|| CommandError::Address(flags.email.clone()))?;
    let state = open(flags.place.config()?).await?;
    let done = if flags.list {
        list(&state, &email).await
    } else if let Some(id) = flags.revoke {
        revoke(&state, &email, id).await
    } else {
        let role = if flags.admin { Role::Admin } else { Role::Agent };
        let (name, description) = (flags.name.as_deref(), flags.description.as_deref());
        issue(&state, &email, name, role, description).await.map_err(Into::into)
    };
    state.store.close().await;
    print!("{}", done?);
    Ok(())
}

/// Makes an agent of whoever has the address and gives them a new token.
///
/// # Errors
/// When the database fails.
pub async fn issue_agent_token(
    state: &AppState,
    email: &str,
    name: Option<&str>,
) -> Result<String, StoreError> {
    let token = issue(state, email, name, Role::Agent, None).await?;
    Ok(token.trim_end().to_owned())
}

async fn issue(
    state: &AppState,
    email: &str,
    name: Option<&str>,
    role: Role,
    description: Option<&str>,
) -> Result<String, StoreError> {
    let now = state.env.now();
    let (secret, digest) = new_token(&state.env);
    let description = description.and_then(names::name);
    let mut tx = state.store.write().await?;
    let agent = people::employ(&mut tx, email, name, role, now).await?;
    tokens::insert(&mut tx, agent.id, &digest, description.as_deref(), now).await?;
    tx.commit().await?;
    Ok(format!("{secret}\n"))
}

/// A line a token: number, when it was made, when it was used last, what it is for.
async fn list(state: &AppState, email: &str) -> Result<String, CommandError> {
    let mut read = state.store.read().await?;
    let user = users::by_email(&mut read, email).await?;
    let user = user.ok_or_else(|| CommandError::Nobody(email.to_owned()))?;
    let day = |at: api::Time| at.format("%Y-%m-%d").to_string();
    let mut lines = String::from("id\tmade\tlast used\tdescription\n");
    for token in tokens::of_user(&mut read, user.id).await? {
        let used = token.last_used_at.map_or_else(|| String::from("never"), day);
        let made = day(token.created_at);
        let description = token.description.unwrap_or_default();
        lines.push_str(&format!("{}\t{made}\t{used}\t{description}\n", token.id));
    }
    Ok(lines)
}

async fn revoke(state: &AppState, email: &str, id: i64) -> Result<String, CommandError> {
    let mut tx = state.store.write().await?;
    let user = users::by_email(&mut tx, email).await?;
    let user = user.ok_or_else(|| CommandError::Nobody(email.to_owned()))?;
    let token = tokens::by_id(&mut tx, id).await?;
    if token.is_none_or(|token| token.user_id != user.id) {
        return Err(CommandError::NoToken(id));
    }
    tokens::revoke(&mut tx, id, state.env.now()).await?;
    tx.commit().await?;
    Ok(format!("{id} is revoked\n"))
}
