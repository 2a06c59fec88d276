//! The keys beside a list that say where in it one stands.
//!
//! Offset lists carry `count`, `next_page` and `previous_page`; cursor lists carry `meta` and
//! `links`. Never both: a client takes the presence of one set as the answer's mode.

use serde::{Deserialize, Serialize};

/// Where a page stands: either the offset keys or the cursor keys. An outer `None` leaves a key out,
/// `Some(None)` writes null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_page: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

impl Place {
    /// A list that was handed out whole, as one page of offset mode.
    #[must_use]
    pub fn of_all(count: usize) -> Self {
        Self {
            count: i64::try_from(count).ok(),
            next_page: Some(None),
            previous_page: Some(None),
            ..Self::default()
        }
    }
}

/// Cursor mode: whether there is more, and the cursors of the first and last row shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Meta {
    pub has_more: bool,
    pub after_cursor: Option<String>,
    pub before_cursor: Option<String>,
}

/// Cursor mode: absolute addresses, null where there is no more in that direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Links {
    pub prev: Option<String>,
    pub next: Option<String>,
}
