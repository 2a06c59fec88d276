//! What requests are found by: their words, and through whom.
//!
//! A request is found by its subject, the names of those involved, its first comment and its newest
//! ones, up to [`MOST_BYTES`] of public comments and as many of private notes; so the cost of one
//! more comment does not grow with the conversation.

use super::{
    OrganizationId, RequestId, StoreError, UserId,
    requests::Request,
    sqlite::{self, Conn, Sql, query, query_as, query_scalar},
    users,
};

/// Bytes of comments that are searched, public and private ones each.
const MOST_BYTES: usize = 64 * 1024;
/// Comments that are looked at for them, of each kind.
const MOST_COMMENTS: i64 = 200;

/// The words of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) scope: Vec<Scope>,
    pub(super) subject: String,
    pub(super) names: String,
    pub(super) public: String,
    pub(super) private: String,
}

/// Through whom a request may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Requester(UserId),
    Copied(UserId),
    Organization(OrganizationId),
}

/// Words to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Only requests found through one of these; any request when empty. It narrows the walk, and
    /// grants nothing: rights are a matter of the rows that are found.
    pub among: Vec<Scope>,
    /// All of these; at least one.
    pub wanted: Vec<Phrase>,
    /// None of these.
    pub unwanted: Vec<Phrase>,
    /// Also in private notes.
    pub private: bool,
}

/// A word, or words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub text: String,
    pub part: Part,
    /// The last word may go on.
    pub prefix: bool,
}

/// Where a phrase is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Anywhere,
    Subject,
    /// The names of those involved.
    Names,
    /// The comments.
    Text,
}

/// Gathers the words of a request anew.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn refresh(
    conn: &mut Conn,
    request: &Request,
    copied: &[UserId],
) -> Result<(), StoreError> {
    // The number too is something by which a request is looked for.
    let subject = format!("{} {}", request.id, request.subject);
    let mut document = Document { subject, ..Document::default() };
    document.scope.push(Scope::Requester(request.requester_id));
    document.scope.extend(copied.iter().map(|id| Scope::Copied(*id)));
    document.scope.extend(request.organization_id.map(Scope::Organization));

    let mut involved = copied.to_vec();
    involved.push(request.requester_id);
    let mut names: Vec<String> =
        users::many(conn, &involved).await?.into_iter().map(|user| user.name).collect();
    match request.public {
        true => document.public.push_str(&request.description),
        false => document.private.push_str(&request.description),
    }
    // Of each kind as many: notes must not push comments out of what end users find.
    let newest = |which: &str| {
        format!(
            "SELECT * FROM (SELECT c.body, c.public, u.name FROM comments c \
                JOIN users u ON u.id = c.author_id WHERE c.request_id = $1 AND {which} \
                ORDER BY c.created_at DESC, c.id DESC LIMIT $2)"
        )
    };
    let sql = format!("{} UNION ALL {}", newest("c.public"), newest("NOT c.public"));
    let newest: Vec<(String, bool, String)> =
        query_as(Sql::made(sql)).bind(request.id).bind(MOST_COMMENTS).fetch_all(&mut *conn).await?;
    for (body, public, author) in newest {
        let column = if public { &mut document.public } else { &mut document.private };
        // The first comment is the description, which is there already.
        if column.len() + body.len() <= MOST_BYTES && body != request.description {
            column.push('\n');
            column.push_str(&body);
        }
        // Whose name stands under a note alone is not for everybody.
        if public && !names.contains(&author) {
            names.push(author);
        }
    }
    document.names = names.join("\n");
    sqlite::texts::write(conn, request.id, &document).await
}

/// Notes that the words of all requests raised by somebody are out of date.
pub async fn outdate(conn: &mut Conn, requester: UserId) -> Result<(), StoreError> {
    let sql = "INSERT INTO stale_texts (request_id) \
        SELECT id FROM requests WHERE requester_id = $1 ON CONFLICT DO NOTHING";
    query(sql).bind(requester).execute(conn).await?;
    Ok(())
}

/// Whether the words of any request are out of date.
pub async fn any_outdated(conn: &mut Conn) -> Result<bool, StoreError> {
    let sql = "SELECT request_id FROM stale_texts LIMIT 1";
    let found: Option<RequestId> = query_scalar(sql).fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Does some of the work that makes searches quick again after many writes. Says whether there was any.
pub async fn merge(conn: &mut Conn) -> Result<bool, StoreError> {
    sqlite::texts::merge(conn).await
}

/// Some of the requests whose words are out of date; they are taken off the list.
pub async fn take_outdated(conn: &mut Conn, most: i64) -> Result<Vec<RequestId>, StoreError> {
    let sql = "DELETE FROM stale_texts WHERE request_id IN ( \
        SELECT request_id FROM stale_texts ORDER BY request_id DESC LIMIT $1) RETURNING request_id";
    Ok(query_scalar(sql).bind(most).fetch_all(conn).await?)
}
