//! Files: what is known about them. Their bytes are in [`super::files`].

use super::{
    AttachmentId, CommentId, StoreError, UploadId, UserId,
    files::FileId,
    row,
    sqlite::{Builder, Conn, FromRow, Row, SqlError, dialect, query, query_as, query_scalar},
};
use api::Time;
use std::collections::BTreeSet;

/// A file, or the preview of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    /// The token under which it waits; none once it hangs on a comment.
    pub upload_id: Option<UploadId>,
    pub comment_id: Option<CommentId>,
    /// The picture of which this is a smaller one.
    pub preview_of: Option<AttachmentId>,
    /// The random part of its address.
    pub token: String,
    pub file: FileId,
    /// Clean; see `domain::file_name`.
    pub file_name: String,
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes in lower-case hex.
    pub digest: String,
    /// Pixels, of what is a picture and can be read.
    pub dimensions: Option<(i64, i64)>,
    pub created_at: Time,
}

impl FromRow for Attachment {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        let width: Option<i64> = from.try_get("width")?;
        let height: Option<i64> = from.try_get("height")?;
        Ok(Self {
            id: from.try_get("id")?,
            upload_id: from.try_get("upload_id")?,
            comment_id: from.try_get("comment_id")?,
            preview_of: from.try_get("preview_of")?,
            token: from.try_get("token")?,
            file: from.try_get("file")?,
            file_name: from.try_get("file_name")?,
            content_type: from.try_get("content_type")?,
            size: from.try_get("size")?,
            digest: from.try_get("digest")?,
            dimensions: width.zip(height),
            created_at: row::time(from, "created_at")?,
        })
    }
}

/// Adds a file; `id` of the given value is not looked at.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn insert(conn: &mut Conn, new: &Attachment) -> Result<AttachmentId, StoreError> {
    let sql = "INSERT INTO attachments (upload_id, comment_id, preview_of, token, file, file_name, \
        content_type, size, digest, width, height, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id";
    let (width, height) = new.dimensions.unzip();
    Ok(query_scalar(sql)
        .bind(new.upload_id)
        .bind(new.comment_id)
        .bind(new.preview_of)
        .bind(&new.token)
        .bind(&new.file)
        .bind(&new.file_name)
        .bind(&new.content_type)
        .bind(new.size)
        .bind(&new.digest)
        .bind(width)
        .bind(height)
        .bind(new.created_at.timestamp())
        .fetch_one(conn)
        .await?)
}

/// A file by id.
pub async fn by_id(conn: &mut Conn, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    let sql = "SELECT * FROM attachments WHERE id = $1";
    Ok(query_as(sql).bind(id).fetch_optional(conn).await?)
}

/// A file by the random part of its address.
pub async fn by_token(conn: &mut Conn, token: &str) -> Result<Option<Attachment>, StoreError> {
    let sql = "SELECT * FROM attachments WHERE token = $1";
    Ok(query_as(sql).bind(token).fetch_optional(conn).await?)
}

/// Files and previews of a token, in the order in which they came.
pub async fn of_upload(conn: &mut Conn, id: UploadId) -> Result<Vec<Attachment>, StoreError> {
    let sql = "SELECT * FROM attachments WHERE upload_id = $1 ORDER BY id";
    Ok(query_as(sql).bind(id).fetch_all(conn).await?)
}

/// Files and previews of comments, in the order in which they came.
pub async fn of_comments(
    conn: &mut Conn,
    ids: &[CommentId],
) -> Result<Vec<Attachment>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT * FROM attachments WHERE comment_id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" ORDER BY id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Whether there is any.
pub async fn any(conn: &mut Conn) -> Result<bool, StoreError> {
    let found: Option<i64> =
        query_scalar("SELECT id FROM attachments LIMIT 1").fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Previews of a file.
pub async fn previews(conn: &mut Conn, id: AttachmentId) -> Result<Vec<Attachment>, StoreError> {
    let sql = "SELECT * FROM attachments WHERE preview_of = $1 ORDER BY id";
    Ok(query_as(sql).bind(id).fetch_all(conn).await?)
}

/// How many files of an owner wait at an instant, and how many bytes those are; previews, which are
/// ours and small, are not counted.
pub async fn waiting(
    conn: &mut Conn,
    owner: Option<UserId>,
    at: Time,
) -> Result<(i64, i64), StoreError> {
    let mut sql = Builder::new("SELECT COUNT(*), COALESCE(SUM(a.size), 0) FROM uploads u ");
    sql.push("JOIN attachments a ON a.upload_id = u.id WHERE a.preview_of IS NULL AND ");
    match owner {
        Some(owner) => sql.push("u.owner_id = ").push_bind(owner),
        None => sql.push("u.owner_id IS NULL"),
    };
    sql.push(" AND u.expires_at > ").push_bind(at.timestamp());
    Ok(sql.build_query_as().fetch_one(conn).await?)
}

/// Hangs all files of a token on a comment.
pub async fn attach(
    conn: &mut Conn,
    upload: UploadId,
    comment: CommentId,
) -> Result<(), StoreError> {
    let sql = "UPDATE attachments SET upload_id = NULL, comment_id = $2 WHERE upload_id = $1";
    query(sql).bind(upload).bind(comment).execute(conn).await?;
    Ok(())
}

/// Removes all files of a token and names what is to be removed from disk once this is committed.
pub async fn remove_of_upload(
    conn: &mut Conn,
    upload: UploadId,
) -> Result<Vec<FileId>, StoreError> {
    let names = "SELECT file FROM attachments WHERE upload_id = $1";
    let files = query_scalar(names).bind(upload).fetch_all(&mut *conn).await?;
    // Previews first: they name their originals.
    for sql in [
        "DELETE FROM attachments WHERE upload_id = $1 AND preview_of IS NOT NULL",
        "DELETE FROM attachments WHERE upload_id = $1",
    ] {
        query(sql).bind(upload).execute(&mut *conn).await?;
    }
    Ok(files)
}

/// Those of some files that a row names.
pub async fn named(conn: &mut Conn, files: &[FileId]) -> Result<BTreeSet<FileId>, StoreError> {
    if files.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut sql = Builder::new("SELECT file FROM attachments WHERE file IN ");
    dialect::push_among(&mut sql, files)?;
    let found: Vec<FileId> = sql.build_query_scalar().fetch_all(conn).await?;
    Ok(found.into_iter().collect())
}
