//! The folder of files at the start: whether it can be written, and whether it is the one that goes
//! with the database. What the database does not name is removed from the folder after a while, so
//! another's must not be taken for it.

use super::CommandError;
use crate::{
    AppState,
    store::{attachments, files::Mark, folder},
};

/// Takes the folder into use.
///
/// # Errors
/// When it cannot be written, or is another database's.
pub(super) async fn claim(state: &AppState) -> Result<(), CommandError> {
    state.files.check().await?;
    let mut tx = state.store.write().await?;
    let id = match folder::id(&mut tx).await? {
        Some(id) => id,
        None => {
            let id = state.env.hex::<16>();
            folder::insert(&mut tx, &id, state.env.now()).await?;
            id
        }
    };
    let has_files = attachments::any(&mut tx).await?;
    tx.commit().await?;
    match state.files.mark(&id).await? {
        Mark::Ours => {}
        Mark::New if has_files => {
            tracing::warn!("the folder of files is new, and older files are not in it");
        }
        Mark::New => {}
        Mark::Foreign => return Err(CommandError::ForeignFiles),
    }
    Ok(())
}
