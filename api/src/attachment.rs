//! Files: sent ahead under a token, then attached to a comment. See contract.md 5.

use crate::Time;
use serde::{Deserialize, Serialize};

/// A file. Every key but `id` may be missing in what other servers send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// Its record, which agents alone can read.
    #[serde(default)]
    pub url: String,
    pub id: i64,
    /// Safe to show and to save under: no path, no control or direction characters.
    #[serde(default)]
    pub file_name: String,
    /// Where its bytes are, for those who may see the comment; asks for the same credentials as the
    /// rest of the API.
    #[serde(default)]
    pub content_url: String,
    #[serde(default)]
    pub mapped_content_url: String,
    /// By name and first bytes, never what the sender stated. Not to be trusted for display.
    #[serde(default)]
    pub content_type: String,
    /// Bytes.
    #[serde(default)]
    pub size: i64,
    /// Pixels, as it is shown upright; null for what is no picture, or none that could be read.
    pub width: Option<i64>,
    pub height: Option<i64>,
    #[serde(default)]
    pub inline: bool,
    #[serde(default)]
    pub deleted: bool,
    #[serde(default)]
    pub malware_access_override: bool,
    /// `not_scanned`, `malware_found`, `malware_not_found`, `failed_to_scan`.
    #[serde(default)]
    pub malware_scan_result: String,
    /// Smaller pictures of a picture.
    #[serde(default)]
    pub thumbnails: Vec<Self>,
}

/// `{"attachment": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttachmentEnvelope {
    pub attachment: Attachment,
}

/// Files that wait under a token for a comment to take them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Upload {
    /// What goes into `comment.uploads`, or into `?token=` to send another file along.
    pub token: String,
    /// When the files are thrown away if nothing has taken them.
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub expires_at: Option<Time>,
    /// The file of this call.
    pub attachment: Attachment,
    /// All files under the token, in the order in which they came.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// `{"upload": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadEnvelope {
    pub upload: Upload,
}
