//! Files that wait for a comment: sent ahead, kept for a while under a token, taken or thrown away.

use super::{Invalid, Refusal};
use crate::{
    config::Limits,
    store::{
        AttachmentId, UploadId, UserId,
        attachments::{self, Attachment},
        files::FileId,
        sqlite::Conn,
        uploads::{self, Upload},
    },
};
use api::Time;
use chrono::TimeDelta;

/// Whose files: a person's, or those of callers without credentials, who share their limits.
pub type Owner = Option<UserId>;

/// Files that somebody without credentials may send for one comment.
const ANONYMOUS_FILES: u32 = 5;
/// Hours that such a file waits. All who send such files share what may wait, so it is not long.
const ANONYMOUS_HOURS: u32 = 1;

/// The limits of an owner.
#[must_use]
pub fn allowed(limits: Limits, owner: Owner) -> Limits {
    match owner {
        Some(_) => limits,
        None => Limits {
            comment_files: limits.comment_files.min(ANONYMOUS_FILES),
            waiting_hours: limits.waiting_hours.min(ANONYMOUS_HOURS),
            ..limits
        },
    }
}

/// A file that has come in whole.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub file: FileId,
    /// The random part of its address.
    pub token: String,
    /// Clean; see [`super::file_name`].
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub digest: String,
    /// Pixels.
    pub dimensions: Option<(u32, u32)>,
}

/// What came of a call.
#[derive(Debug)]
pub struct Added {
    pub upload: Upload,
    /// The file of this call.
    pub newest: AttachmentId,
    /// All files under the token, with previews.
    pub files: Vec<Attachment>,
}

/// Whether another file may come, and how many bytes there is room for; asked before its bytes are
/// read, and again when they are there. `limits` are those of [`allowed`]; so for all of them.
///
/// # Errors
/// When the token is not one of the owner's, too much waits, or the database fails.
pub async fn admit(
    conn: &mut Conn,
    limits: Limits,
    owner: Owner,
    token: Option<&str>,
    at: Time,
) -> Result<(Option<Upload>, u64), Refusal> {
    let upload = match token {
        None => None,
        Some(token) => {
            let known = living(conn, owner, token, at).await?;
            let upload = known.ok_or_else(|| {
                let text = "Token: is not known, has expired, or was used";
                Invalid::one("token", "InvalidValue", text)
            })?;
            let files = attachments::of_upload(conn, upload.id).await?;
            let files = files.iter().filter(|file| file.preview_of.is_none()).count();
            if files >= usize::try_from(limits.comment_files).unwrap_or(usize::MAX) {
                return Err(too_many_files("token", limits).into());
            }
            Some(upload)
        }
    };
    let (files, bytes) = attachments::waiting(conn, owner, at).await?;
    if files >= i64::from(limits.waiting_files) {
        let text = format!(
            "At most {} files can wait for a comment; attach or remove some first",
            limits.waiting_files
        );
        return Err(Invalid::one("base", "TooManyValues", text).into());
    }
    let bytes = u64::try_from(bytes).unwrap_or(0);
    let room = limits.waiting_bytes.saturating_sub(bytes);
    if room == 0 {
        return Err(too_many_bytes(limits).into());
    }
    Ok((upload, room))
}

/// There are too many files for one comment.
pub(super) fn too_many_files(field: &str, limits: Limits) -> Invalid {
    let text = format!("A comment takes at most {} files", limits.comment_files);
    Invalid::one(field, "TooManyValues", text)
}

/// There are too many bytes in files that wait.
#[must_use]
pub fn too_many_bytes(limits: Limits) -> Invalid {
    let text = format!(
        "Files that wait for a comment can have {} bytes in all; attach or remove some first",
        limits.waiting_bytes
    );
    Invalid::one("base", "TooManyValues", text)
}

/// A token of the owner's that has not expired.
pub(super) async fn living(
    conn: &mut Conn,
    owner: Owner,
    token: &str,
    at: Time,
) -> Result<Option<Upload>, Refusal> {
    let upload = uploads::by_token(conn, token).await?;
    Ok(upload.filter(|upload| upload.owner_id == owner && at < upload.expires_at))
}

/// Puts a file under a token, a new one unless one is given. With each file a token lives anew.
/// `small` is the preview, `fresh` the token that a new one is to have.
///
/// # Errors
/// When the token is not one of the owner's, too much waits, or the database fails.
#[expect(clippy::too_many_arguments, reason = "each is another thing, and one place calls this")]
pub async fn add(
    conn: &mut Conn,
    limits: Limits,
    owner: Owner,
    token: Option<&str>,
    fresh: String,
    arrived: Arrived,
    small: Option<Arrived>,
    at: Time,
) -> Result<Added, Refusal> {
    let (known, room) = admit(conn, limits, owner, token, at).await?;
    if arrived.size > room {
        return Err(too_many_bytes(limits).into());
    }
    let expires_at = at + TimeDelta::hours(limits.waiting_hours.into());
    let upload = match known {
        Some(upload) => {
            uploads::extend(conn, upload.id, expires_at).await?;
            Upload { expires_at, ..upload }
        }
        None => {
            let id = UploadId(0);
            let new = Upload { id, token: fresh, owner_id: owner, created_at: at, expires_at };
            Upload { id: uploads::insert(conn, &new).await?, ..new }
        }
    };
    let newest = attachments::insert(conn, &row(arrived, upload.id, None, at)).await?;
    if let Some(small) = small {
        attachments::insert(conn, &row(small, upload.id, Some(newest), at)).await?;
    }
    let files = attachments::of_upload(conn, upload.id).await?;
    Ok(Added { upload, newest, files })
}

fn row(from: Arrived, upload: UploadId, preview_of: Option<AttachmentId>, at: Time) -> Attachment {
    Attachment {
        id: AttachmentId(0),
        upload_id: Some(upload),
        comment_id: None,
        preview_of,
        token: from.token,
        file: from.file,
        file_name: from.name,
        content_type: from.content_type,
        size: i64::try_from(from.size).unwrap_or(i64::MAX),
        digest: from.digest,
        dimensions: from.dimensions.map(|(width, height)| (width.into(), height.into())),
        created_at: at,
    }
}

/// Takes files back that no comment has taken. Returns what is to be removed from disk once this is
/// committed.
///
/// # Errors
/// When there is no such token of the owner's, or the database fails.
pub async fn withdraw(
    conn: &mut Conn,
    owner: Owner,
    token: &str,
    at: Time,
) -> Result<Vec<FileId>, Refusal> {
    let upload = living(conn, owner, token, at).await?.ok_or(Refusal::NotFound)?;
    let files = attachments::remove_of_upload(conn, upload.id).await?;
    uploads::remove(conn, upload.id).await?;
    Ok(files)
}
