//! Comments: the conversation of a request.

use crate::{Time, attachment::Attachment, page::Place};
use serde::{Deserialize, Deserializer, Serialize};

/// A public comment as the end user sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comment {
    pub id: i64,
    #[serde(default)]
    pub r#type: String,
    pub request_id: Option<i64>,
    pub author_id: Option<i64>,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub html_body: String,
    #[serde(default)]
    pub plain_body: String,
    #[serde(default)]
    pub public: bool,
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    #[serde(default, with = "crate::time::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Time>"))]
    pub created_at: Option<Time>,
}

/// Who wrote: an entry of `users` beside comments. No e-mail address by design of the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Author {
    pub id: i64,
    #[serde(default)]
    pub name: String,
    pub photo: Option<String>,
    /// True for staff.
    #[serde(default)]
    pub agent: bool,
    pub organization_id: Option<i64>,
}

/// `{"comment": …}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommentEnvelope {
    pub comment: Comment,
}

/// A page of comments, oldest first unless asked otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommentList {
    pub comments: Vec<Comment>,
    #[serde(default)]
    pub users: Vec<Author>,
    #[serde(flatten)]
    pub place: Place,
}

/// A comment to be added: its text, or HTML of which the text is taken, or files that stand for
/// themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("anyOf" = [
        {"required": ["body"], "properties": {"body": {"type": "string", "minLength": 1}}},
        {"required": ["html_body"], "properties": {"html_body": {"type": "string"}}},
        {"required": ["uploads"], "properties": {"uploads": {"anyOf": [
            {"type": "array", "minItems": 1}, {"type": "string", "minLength": 1},
        ]}}},
    ], "examples" = [{"body": "Since this morning the crawler does not move."}]))
)]
pub struct NewComment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html_body: Option<String>,
    /// Tokens of files that were sent before; on the wire also a bare token.
    #[serde(default, deserialize_with = "tokens", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Tokens>"))]
    pub uploads: Vec<String>,
    /// Agents only; false makes a private note. Ignored from an end user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Agents only: post in another person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<i64>,
}

/// Tokens as clients write them.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Tokens {
    Many(Vec<String>),
    One(String),
}

/// A list of tokens, one alone, or null for none; an empty one is none.
fn tokens<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let mut tokens = match Option::deserialize(from)? {
        Some(Tokens::Many(tokens)) => tokens,
        Some(Tokens::One(token)) => vec![token],
        None => Vec::new(),
    };
    tokens.retain(|token| !token.is_empty());
    Ok(tokens)
}
