//! What can go wrong between the widget and the server. No text for people: that is in `locales/`.

use thiserror::Error;

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// No answer came; whether the server did anything is unknown.
    #[error("no answer")]
    Offline,
    /// The host gave no identity token, or the server refused it twice.
    #[error("not signed in")]
    SignedOut,
    /// The server knows the person, who may not do this.
    #[error("not allowed")]
    Denied,
    /// There is no such thing, or none that the person may see.
    #[error("not found")]
    NotFound,
    /// The server will not take this content.
    #[error("refused by validation")]
    Invalid(Vec<FieldError>),
    /// The key was used before with another text; where what it made stands, if the server says.
    #[error("the key was used before")]
    Repeated(Option<i64>),
    #[error("too many calls")]
    TooMany,
    /// The server failed, or answered what cannot be read.
    #[error("the server failed")]
    Server,
    /// The person has changed meanwhile; nobody is to see the answer.
    #[error("meant for somebody else")]
    Superseded,
}

/// What the server says about one field, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub description: String,
}
