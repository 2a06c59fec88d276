//! The bytes of an upload, from the wire to the disk, never more of them in memory than a piece.

use crate::{
    AppState,
    body::is_late,
    domain::{
        file_type,
        uploads::{Owner, too_many_bytes},
    },
    env::hex,
    error::Error,
    store::files::{FileId, Incoming},
};
use axum::body::Body;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

/// A file that is here whole, but not in its place.
pub(super) struct Received {
    pub(super) incoming: Incoming,
    /// Its first bytes.
    pub(super) head: Vec<u8>,
    /// SHA-256 in lower-case hex.
    pub(super) digest: String,
}

/// Reads a body to its end, or as far as it may go. `room` is what may come from this owner at all.
///
/// # Errors
/// When it is too large, breaks off, or the disk refuses. What was written is removed.
pub(super) async fn receive(
    state: &AppState,
    owner: Owner,
    room: u64,
    body: &mut Body,
) -> Result<Received, Error> {
    let most = state.rules.limits.file_bytes;
    let mut part = state.arriving.begin(owner);
    let mut incoming = state.files.begin(file_id(state)?).await?;
    let mut head = Vec::new();
    let mut digest = Sha256::new();
    while let Some(frame) = body.frame().await {
        // Trailers are no bytes of the file.
        let Ok(bytes) = frame.map_err(|error| broken_off(&error))?.into_data() else { continue };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if incoming.size().saturating_add(length) > most {
            return Err(Error::AttachmentTooLarge { most });
        }
        if part.add(length) > room {
            return Err(too_many_bytes(state.rules.limits).into());
        }
        let wanted = file_type::HEAD.saturating_sub(head.len());
        head.extend_from_slice(bytes.get(..wanted).unwrap_or(&bytes));
        digest.update(&bytes);
        incoming.write(&bytes).await?;
    }
    Ok(Received { incoming, head, digest: hex(&digest.finalize()) })
}

/// A new name on disk.
pub(super) fn file_id(state: &AppState) -> Result<FileId, Error> {
    FileId::new(state.env.hex::<16>()).ok_or(Error::Panic)
}

fn broken_off(error: &axum::Error) -> Error {
    if is_late(error) {
        return Error::RequestTimeout;
    }
    let text = String::from("The file broke off before its end");
    Error::BadRequest { code: "IncompleteUpload", text }
}
