//! Which part of an ordered list is wanted: by position, or by the row before or behind it.

/// Place of a row in an order: the instant it is sorted by, then its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub at: i64,
    pub id: i64,
}

/// Part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Rows from a position on.
    Offset { skip: i64, take: i64 },
    /// Rows behind one; the first ones without it.
    After { key: Option<Key>, take: i64 },
    /// Rows before one, those nearest to it.
    Before { key: Key, take: i64 },
}

impl Window {
    /// Whether the statement must run against the order and the rows be turned round afterwards.
    pub(super) fn backwards(self) -> bool {
        matches!(self, Self::Before { .. })
    }

    /// The rows of such a statement, the way round that was asked for.
    pub(super) fn in_order<T>(self, mut rows: Vec<T>) -> Vec<T> {
        if self.backwards() {
            rows.reverse();
        }
        rows
    }

    /// The row that the statement starts from.
    pub(super) fn key(self) -> Option<Key> {
        match self {
            Self::Offset { .. } => None,
            Self::After { key, .. } => key,
            Self::Before { key, .. } => Some(key),
        }
    }

    /// Values of `LIMIT` and `OFFSET`.
    pub(super) fn limits(self) -> (i64, i64) {
        match self {
            Self::Offset { skip, take } => (take, skip),
            Self::After { take, .. } | Self::Before { take, .. } => (take, 0),
        }
    }
}
