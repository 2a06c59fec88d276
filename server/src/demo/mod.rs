//! The demo: a product of somebody else's that includes the widget, its three people, and what they
//! wrote to support so far.
//!
//! It is a host like any other. It knows the support server by its address and by a shared secret,
//! takes part in nothing else, and exists only when the configuration says `demo`.

use crate::{AppState, domain::Refusal, store::StoreError};

mod history;
mod host;
mod page;
mod people;

pub use host::{host_router, portal_token_router};

/// Where mail to the demo product's support goes, unless the configuration says otherwise.
pub const SUPPORT_MAIL: &str = "support@larkspur.example";

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the written history is not valid: {0}")]
    Text(#[from] Box<toml::de::Error>),
    #[error("the written history is not valid: {0}")]
    Story(String),
    #[error("request {subject:?} of the history is refused: {refusal}")]
    Refused { subject: String, refusal: Refusal },
    #[error(transparent)]
    People(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fills an empty database with people, organizations and a history that ends now. A database with
/// requests in it is left alone, so that a restart keeps what was tried.
///
/// # Errors
/// When the database fails, or the written history contradicts the rules.
pub async fn seed(state: &AppState) -> Result<(), DemoError> {
    let mut tx = state.store.write().await?;
    if crate::store::requests::any(&mut tx).await? {
        return Ok(());
    }
    let count = history::relive(&mut tx, &state.rules, state.env.now()).await?;
    tx.commit().await?;
    tracing::info!(count, "the demo's history was written");
    Ok(())
}
