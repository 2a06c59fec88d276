//! Parameters of the query, in pieces that calls share.
//!
//! What a parameter's values mean is told here. As on Zendesk, a value that means nothing is
//! ignored and not refused, unless the piece says otherwise: `include=None` is what a real client
//! sends. So words are described as open, the known ones and any other.

use serde_json::{Value, json};
use std::sync::Arc;

/// Parameters that belong together, and the refusals that they bring with them.
#[derive(Clone, Copy)]
pub struct Piece {
    pub params: &'static [Param],
    pub refuses: &'static [u16],
}

/// One parameter.
#[derive(Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub about: &'static str,
    pub values: Values,
    /// Whether the call is refused without it.
    pub required: bool,
}

/// What a parameter's value can be.
#[derive(Clone, Copy)]
pub enum Values {
    Number,
    Flag,
    Text,
    /// An instant as contract.md 1 writes it.
    Time,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words, with commas between them.
    Words(&'static [&'static str]),
    /// Numbers with commas between them.
    Numbers,
    /// Any texts with commas between them.
    Texts,
}

/// Names of the parameters that a call is described to understand.
#[derive(Clone, Debug)]
pub struct Known(pub Arc<[&'static str]>);

impl Known {
    pub(super) fn of(params: &[Param]) -> Self {
        Self(params.iter().map(|param| param.name).collect())
    }
}

impl Values {
    /// The schema of a value.
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Number => json!({"type": "integer", "format": "int64"}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Text => json!({"type": "string"}),
            Self::Time => json!({"type": "string", "format": "date-time"}),
            Self::Word(words) => word(words),
            Self::Words(words) => json!({"type": "array", "items": word(words)}),
            Self::Numbers => {
                json!({"type": "array", "items": {"type": "integer", "format": "int64"}})
            }
            Self::Texts => json!({"type": "array", "items": {"type": "string"}}),
        }
    }

    /// Whether it is a list in one parameter.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Words(_) | Self::Numbers | Self::Texts)
    }
}

fn word(words: &[&str]) -> Value {
    json!({"anyOf": [{"type": "string", "enum": words}, {"type": "string"}]})
}

const fn param(name: &'static str, values: Values, about: &'static str) -> Param {
    Param { name, about, values, required: false }
}

const fn required(name: &'static str, values: Values, about: &'static str) -> Param {
    Param { name, about, values, required: true }
}

const fn piece(params: &'static [Param]) -> Piece {
    Piece { params, refuses: &[] }
}

const STATUSES: &[&str] = &["new", "open", "pending", "hold", "solved", "closed"];

/// Pages by number.
pub const PAGES: Piece = Piece {
    params: &[
        param("page", Values::Number, "The page by number, from 1 to 100."),
        param("per_page", Values::Number, "Rows of a page, 1 to 100; 100 when it is not given."),
    ],
    refuses: &[400],
};

/// Pages by cursor.
pub const CURSORS: Piece = Piece {
    params: &[
        param("page[size]", Values::Number, "Rows of a page, 1 to 100. Chooses pages by cursor."),
        param("page[after]", Values::Text, "The `after_cursor` of the page before."),
        param("page[before]", Values::Text, "The `before_cursor` of the page behind."),
    ],
    refuses: &[400],
};

/// The order of requests.
pub const REQUEST_ORDER: Piece = piece(&[
    param("sort_by", Values::Word(&["created_at", "updated_at"]), "`created_at` by default."),
    param("sort_order", Values::Word(&["asc", "desc"]), "`asc` by default."),
]);

/// The order of all tickets.
pub const TICKET_ORDER: Piece = piece(&[
    param("sort_by", Values::Word(&["created_at", "updated_at", "id"]), "`created_at` by default."),
    param("sort_order", Values::Word(&["asc", "desc"]), "`asc` by default."),
    param(
        "sort",
        Values::Word(&["id", "-id", "created_at", "-created_at", "updated_at", "-updated_at"]),
        "Both in one, in place of the other two.",
    ),
]);

/// The one order of tickets of somebody.
pub const BY_CREATION: Piece = piece(&[param(
    "sort_order",
    Values::Word(&["asc", "desc"]),
    "By creation; `asc`, oldest first, by default.",
)]);

/// Several records by number.
pub const IDS: Piece =
    Piece { params: &[param("ids", Values::Numbers, "At most a hundred.")], refuses: &[400] };

/// Pieces of work by name.
pub const JOBS: Piece =
    Piece { params: &[param("ids", Values::Texts, "At most a hundred.")], refuses: &[400] };

/// The order of comments.
pub const COMMENT_ORDER: Piece = piece(&[
    param("sort", Values::Word(&["created_at", "-created_at"]), "Oldest or newest first."),
    param("sort_order", Values::Word(&["asc", "desc"]), "`asc`, oldest first, by default."),
]);

/// A search.
pub const SEARCH: Piece = Piece {
    params: &[
        param(
            "query",
            Values::Text,
            "Words, `\"words in a row\"`, `-not`, `begin*`, and operators such as `status<solved`, \
             `requester:me`, `priority:high`, `created>2026-01-01`, `order_by:updated_at`, `sort:desc`.",
        ),
        param("page", Values::Number, "The page by number. A thousand results can be reached."),
        param(
            "per_page",
            Values::Number,
            "Rows of a page, 1 to 100; without it 15 requests or 100 records of any kind.",
        ),
        param(
            "sort_by",
            Values::Word(&["created_at", "updated_at", "priority", "status", "relevance"]),
            "`relevance` by default.",
        ),
        param("sort_order", Values::Word(&["asc", "desc"]), "`desc` by default."),
    ],
    refuses: &[406, 422],
};

/// Among whose requests is searched.
pub const REQUEST_SCOPE: Piece = piece(&[
    param("cc_id", Values::Flag, "`true`: only those on which the caller is copied."),
    param("organization_id", Values::Number, "Only those of this organization."),
]);

/// Only some statuses.
pub const STATUS: Piece = piece(&[param(
    "status",
    Values::Words(STATUSES),
    "Only these. Words that are none are left out, and with none left so is the filter.",
)]);

/// Only some comments.
pub const COMMENT_FILTER: Piece = Piece {
    params: &[
        param("since", Values::Time, "Only what was written after this instant."),
        param("role", Values::Word(&["agent", "end_user"]), "Only what these wrote."),
    ],
    refuses: &[400],
};

/// A cursor of the event stream.
pub const SINCE: Piece = Piece {
    params: &[param(
        "since",
        Values::Number,
        "The id of the last event that is known; the stream begins behind it. Now, without it.",
    )],
    refuses: &[400],
};

/// `include` for what can show both people and clocks.
pub const INCLUDE: Piece = piece(&[param(
    "include",
    Values::Words(&["users", "slas"]),
    "Adds the people involved, or each one's clock.",
)]);

/// What is searched for, where only the number of hits is told.
pub const SEARCH_COUNT: Piece =
    Piece { params: &[param("query", Values::Text, "As for a search.")], refuses: &[406, 422] };

/// What is searched for, where all of it is handed out page after page.
pub const SEARCH_EXPORT: Piece = Piece {
    params: &[
        param("query", Values::Text, "As for a search; the newest come first."),
        param(
            "filter[type]",
            Values::Word(&["ticket", "user", "organization"]),
            "The kind of record; `ticket` by default.",
        ),
    ],
    refuses: &[406, 422],
};

/// `include` for what can show records of several kinds.
pub const INCLUDE_OF_KINDS: Piece = piece(&[param(
    "include",
    Values::Text,
    "`tickets(users)`, `tickets(slas)` or `tickets(users,slas)`: what comes beside tickets.",
)]);

/// `include` for what can show clocks only.
pub const INCLUDE_SLAS: Piece =
    piece(&[param("include", Values::Words(&["slas"]), "Adds the clock.")]);

/// `include` for what can show people only.
pub const INCLUDE_USERS: Piece =
    piece(&[param("include", Values::Words(&["users"]), "Adds the people involved.")]);

/// Only people with some roles.
pub const ROLES: Piece = piece(&[param(
    "role",
    Values::Words(&["end-user", "agent", "admin"]),
    "Only these; `role[]`, repeated, says the same.",
)]);

/// Records by their numbers or by their ids elsewhere.
pub const MANY: Piece = Piece {
    params: &[
        param("ids", Values::Numbers, "At most 100."),
        param("external_ids", Values::Text, "At most 100, with commas between them."),
    ],
    refuses: &[400],
};

/// The beginning of a name.
pub const NAME: Piece = piece(&[param("name", Values::Text, "Words of the name; each may go on.")]);

/// A record by its id elsewhere.
pub const EXTERNAL_ID: Piece =
    piece(&[param("external_id", Values::Text, "The id that the host, or an agent, gave it.")]);

/// A search for people.
pub const PEOPLE_SEARCH: Piece = Piece {
    params: &[
        param(
            "query",
            Values::Text,
            "Beginnings of words of name, address and host's id, and operators: `name:`, `email:`, \
             `role:`, `organization:`, `external_id:`, `tags:`, `is:suspended`, `created>2026-01-01`.",
        ),
        param("external_id", Values::Text, "The one person with this id of the host's."),
    ],
    refuses: &[406, 422],
};

/// Names and addresses of colleagues.
pub const COLLEAGUES: Piece = piece(&[param(
    "query",
    Values::Text,
    "How a word of the name, or the address, begins. Without it, any colleagues.",
)]);

/// Whose tokens.
pub const WHOSE_TOKENS: Piece =
    piece(&[param("user_id", Values::Number, "Another agent's; for admins.")]);

/// Only records in use.
pub const ACTIVE: Piece = piece(&[
    param("active", Values::Flag, "All are."),
    param("locale", Values::Text, "There is one language."),
]);

/// A file that is sent.
pub const UPLOAD: Piece = Piece {
    params: &[
        required("filename", Values::Text, "What the file is called."),
        param("token", Values::Text, "Puts the file beside those that wait under this token."),
    ],
    refuses: &[400, 422],
};
