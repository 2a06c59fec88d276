//! Search in Zendesk's syntax: free words, `"words in a row"`, `-not`, `begin*`, and operators such
//! as `status<solved requester:me created>2026-01-01 order_by:updated_at sort:desc`.
//!
//! [`terms`] cuts the text, [`values`] understands single values, [`filter`] makes them a filter.
//! What looks like an operator but is none is searched as words.

pub mod directory;
pub mod filter;
mod terms;
mod values;

pub use filter::{Search, Sought, read};

/// Why a search cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsearchable {
    /// More words than a search may have.
    TooManyWords { most: usize },
    /// Anything else; the text is for whoever wrote the query.
    Invalid(String),
}
