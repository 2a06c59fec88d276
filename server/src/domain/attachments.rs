//! Files on comments: how they get there, and who may have them.

use super::{
    Call, Invalid, Refusal,
    rights::{self, Viewer},
    uploads::{self, Owner},
};
use crate::store::{
    CommentId, StoreError, UploadId,
    attachments::{self, Attachment},
    comments,
    sqlite::Conn,
    uploads as tokens,
};
use api::Time;
use std::collections::BTreeSet;

/// Files that a comment is about to take; [`Taken::attach`] gives them to it in the same transaction.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken(Vec<UploadId>);

/// Looks at the tokens of a comment: each must be one of the owner's that has not expired. A token
/// that was used is one that does not exist. `owner` is who calls; nobody, when what they say of
/// themselves is not proven.
///
/// # Errors
/// When one is not, there are too many files, or the database fails. Nothing is lost then: all of
/// them can be used again.
pub async fn take(
    conn: &mut Conn,
    call: Call<'_>,
    owner: Owner,
    given: &[String],
) -> Result<Taken, Refusal> {
    let limits = uploads::allowed(call.rules.limits, owner);
    let most = usize::try_from(limits.comment_files).unwrap_or(usize::MAX);
    let given: BTreeSet<&String> = given.iter().collect();
    // Each token holds a file at least, so this many need not be looked at.
    if given.len() > most {
        return Err(uploads::too_many_files("uploads", limits).into());
    }
    let mut taken = Taken::default();
    let mut files = 0;
    for token in given {
        let upload = uploads::living(conn, owner, token, call.at).await?;
        let Some(upload) = upload else {
            let text = "Uploads: a token is not known, has expired, or was used";
            return Err(Invalid::one("uploads", "InvalidValue", text).into());
        };
        let rows = attachments::of_upload(conn, upload.id).await?;
        files += rows.iter().filter(|row| row.preview_of.is_none()).count();
        taken.0.push(upload.id);
    }
    if files > most {
        return Err(uploads::too_many_files("uploads", limits).into());
    }
    Ok(taken)
}

impl Taken {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Hangs the files on a comment and uses their tokens up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attach(self, conn: &mut Conn, comment: CommentId) -> Result<(), StoreError> {
        for upload in self.0 {
            attachments::attach(conn, upload, comment).await?;
            tokens::remove(conn, upload).await?;
        }
        Ok(())
    }
}

/// Somebody who wants a file.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub viewer: &'a Viewer,
    /// With an agent's credentials, and so with all that agents may see. The same person with an
    /// identity token is an end user.
    pub agent: bool,
}

/// Whether somebody may have a file: while it waits, who sent it; then whoever may see its comment.
///
/// # Errors
/// When the database fails.
pub async fn may_read(
    conn: &mut Conn,
    reader: Reader<'_>,
    file: &Attachment,
    at: Time,
) -> Result<bool, StoreError> {
    if let Some(id) = file.upload_id {
        let upload = tokens::by_id(conn, id).await?;
        return Ok(upload.is_some_and(|upload| {
            upload.owner_id == Some(reader.viewer.id) && at < upload.expires_at
        }));
    }
    let Some(id) = file.comment_id else { return Ok(false) };
    let Some(comment) = comments::anywhere(conn, id).await? else { return Ok(false) };
    if reader.agent {
        return Ok(true);
    }
    Ok(comment.public && rights::seen(conn, reader.viewer, comment.request_id).await?.is_some())
}
