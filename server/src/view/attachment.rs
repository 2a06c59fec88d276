//! Files as the wire shows them. Their addresses stand on the base that the caller used.

use crate::{
    caller::Caller,
    domain::uploads::Added,
    store::{AttachmentId, CommentId, attachments::Attachment},
};
use api::attachment::Upload;
use std::collections::BTreeMap;

/// Files of some comments, previews among them.
#[derive(Debug, Default)]
pub struct Attached(BTreeMap<CommentId, Vec<Attachment>>);

impl Attached {
    /// Rows as the store gives them, by id.
    #[must_use]
    pub fn new(rows: Vec<Attachment>) -> Self {
        let mut comments: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows {
            if let Some(id) = row.comment_id {
                comments.entry(id).or_default().push(row);
            }
        }
        Self(comments)
    }

    /// The files of one comment.
    #[must_use]
    pub fn of(&self, caller: &Caller, comment: CommentId) -> Vec<api::attachment::Attachment> {
        let rows = self.0.get(&comment).map_or(&[][..], Vec::as_slice);
        let files = rows.iter().filter(|row| row.preview_of.is_none());
        files.map(|row| attachment(caller, row, rows)).collect()
    }
}

/// A file; its previews are looked for among `others`.
#[must_use]
pub fn attachment(
    caller: &Caller,
    row: &Attachment,
    others: &[Attachment],
) -> api::attachment::Attachment {
    let previews = others.iter().filter(|other| other.preview_of == Some(row.id));
    let (width, height) = row.dimensions.unzip();
    let content_url = address(caller, row);
    api::attachment::Attachment {
        url: caller.record("attachments", row.id.0),
        id: row.id.0,
        file_name: row.file_name.clone(),
        mapped_content_url: content_url.clone(),
        content_url,
        content_type: row.content_type.clone(),
        size: row.size,
        width,
        height,
        inline: false,
        deleted: false,
        malware_access_override: false,
        malware_scan_result: String::from("not_scanned"),
        thumbnails: previews.map(|preview| attachment(caller, preview, &[])).collect(),
    }
}

/// What came of an upload.
///
/// Without a newest file among them there is nothing to tell, which does not happen.
#[must_use]
pub fn upload(caller: &Caller, added: &Added) -> Option<Upload> {
    let files = || added.files.iter().filter(|row| row.preview_of.is_none());
    let newest = |id: AttachmentId| files().find(|row| row.id == id);
    let shown = |row: &Attachment| attachment(caller, row, &added.files);
    Some(Upload {
        token: added.upload.token.clone(),
        expires_at: Some(added.upload.expires_at),
        attachment: shown(newest(added.newest)?),
        attachments: files().map(shown).collect(),
    })
}

/// Where the bytes are. The name at the end is for people who read addresses; nothing looks at it.
fn address(caller: &Caller, row: &Attachment) -> String {
    let name: String = form_urlencoded::byte_serialize(row.file_name.as_bytes()).collect();
    // A blank as `%20`, which is read alike in every part of an address.
    let name = name.replace('+', "%20");
    format!("{}/attachments/token/{}/?name={name}", caller.base, row.token)
}
