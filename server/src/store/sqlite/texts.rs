//! Full-text search over `request_texts`, an FTS5 table with one row a request.
//!
//! Its tokenizer takes a run of Chinese or Japanese for one word; so such characters are set apart
//! on the way in, and what is searched is set apart alike and looked for as a phrase.

use super::{Builder, Conn, query, query_scalar};
use crate::store::{
    RequestId, StoreError,
    texts::{Document, Part, Phrase, Scope, Words},
};
use std::fmt::Write as _;

/// Hits that a search looks at: the newest ones. Words that are in more requests than this are too
/// common to find anything by.
pub(in crate::store) const MOST_HITS: i64 = 10_000;

/// Pages of the index that are written at once when it is merged, of four kilobytes each.
const MERGED_PAGES: i64 = 64;

/// Which hits are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Hits {
    /// Every one. FTS5 walks its lists forwards at half the price of backwards, so this is for whoever
    /// knows that there are no more than [`MOST_HITS`].
    All,
    /// The newest [`MOST_HITS`].
    Newest,
    /// The newest below a number.
    Below(i64),
    /// The oldest above a number.
    Above(i64),
}

/// Writes the words of a request in place of those before.
pub(in crate::store) async fn write(
    conn: &mut Conn,
    id: RequestId,
    document: &Document,
) -> Result<(), StoreError> {
    let scope: Vec<String> = document.scope.iter().map(token).collect();
    let sql = "INSERT OR REPLACE INTO request_texts \
        (rowid, scope, subject, names, public, private) VALUES ($1, $2, $3, $4, $5, $6)";
    query(sql)
        .taking_long()
        .bind(id)
        .bind(scope.join(" "))
        .bind(set_apart(&document.subject))
        .bind(set_apart(&document.names))
        .bind(set_apart(&document.public))
        .bind(set_apart(&document.private))
        .execute(conn)
        .await?;
    Ok(())
}

/// Merges segments of the index, of which every write leaves one more; writes some hundred kilobytes
/// at most. Says whether there was anything to merge.
pub(in crate::store) async fn merge(conn: &mut Conn) -> Result<bool, StoreError> {
    let changes = "SELECT total_changes()";
    let before: i64 = query_scalar(changes).fetch_one(conn).await?;
    let sql = "INSERT INTO request_texts (request_texts, rank) VALUES ('merge', $1)";
    query(sql).taking_long().bind(MERGED_PAGES).execute(conn).await?;
    let after: i64 = query_scalar(changes).fetch_one(conn).await?;
    // The command itself counts for one.
    Ok(after - before > 1)
}

/// The requests in which words are found, as a table `hits` of `id` and, where `ranked`, `score`: how
/// well each fits, the smaller, the better.
///
/// Where private notes are searched, FTS5 ranks, and a hit in the subject counts most. Its rank
/// reckons with the length of the whole row, which would tell by the order of the hits that a note
/// was written; so for everybody else what has all words in the subject comes first, and no more.
pub(in crate::store) fn push_hits(sql: &mut Builder, words: &Words, hits: Hits, ranked: bool) {
    sql.take_long().push("(SELECT rowid AS id");
    match (ranked, words.private) {
        (false, _) => {}
        (true, true) => {
            sql.push(", bm25(request_texts, 0.0, 10.0, 3.0, 1.0, 1.0) AS score");
        }
        (true, false) => {
            let in_subject = words.wanted.iter().map(|phrase| match phrase.part {
                Part::Anywhere => Phrase { part: Part::Subject, ..phrase.clone() },
                _ => phrase.clone(),
            });
            let in_subject = Words { wanted: in_subject.collect(), ..words.clone() };
            sql.push(", rowid NOT IN (SELECT rowid");
            push_matches(sql, &in_subject, hits);
            sql.push(") AS score");
        }
    }
    push_matches(sql, words, hits);
    sql.push(") hits");
}

fn push_matches(sql: &mut Builder, words: &Words, hits: Hits) {
    sql.push(" FROM request_texts WHERE request_texts MATCH ").push_bind(expression(words));
    let way = match hits {
        Hits::All => return,
        Hits::Newest => " DESC",
        Hits::Below(id) => {
            sql.push(" AND rowid < ").push_bind(id);
            " DESC"
        }
        Hits::Above(id) => {
            sql.push(" AND rowid > ").push_bind(id);
            " ASC"
        }
    };
    sql.push(" ORDER BY rowid").push(way).push(" LIMIT ").push_bind(MOST_HITS);
}

/// The words as FTS5 wants them: `{scope}: (…) AND ({subject …}: "word" AND …) NOT …`.
fn expression(words: &Words) -> String {
    let mut text = String::new();
    if !words.among.is_empty() {
        let tokens: Vec<String> = words.among.iter().map(token).collect();
        let _ = write!(text, "scope : ({}) AND ", tokens.join(" OR "));
    }
    let wanted: Vec<String> =
        words.wanted.iter().map(|phrase| one(phrase, words.private)).collect();
    let _ = write!(text, "({})", wanted.join(" AND "));
    for phrase in &words.unwanted {
        let _ = write!(text, " NOT ({})", one(phrase, words.private));
    }
    text
}

fn one(phrase: &Phrase, private: bool) -> String {
    let columns = match (phrase.part, private) {
        (Part::Subject, _) => "{subject}",
        (Part::Anywhere, false) => "{subject names public}",
        (Part::Anywhere, true) => "{subject names public private}",
        (Part::Names, _) => "{names}",
        (Part::Text, false) => "{public}",
        (Part::Text, true) => "{public private}",
    };
    // To FTS5, a zero is the end of the whole expression.
    let quoted = set_apart(&phrase.text).replace(['"', '\0'], " ");
    let prefix = if phrase.prefix { " *" } else { "" };
    format!("{columns} : \"{}\"{prefix}", quoted.trim())
}

fn token(scope: &Scope) -> String {
    match scope {
        Scope::Requester(id) => format!("r{id}"),
        Scope::Copied(id) => format!("c{id}"),
        Scope::Organization(id) => format!("o{id}"),
    }
}

/// Spaces around each character of a script that writes none between words.
fn set_apart(text: &str) -> String {
    if !text.chars().any(unspaced) {
        return text.to_owned();
    }
    let mut apart = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if unspaced(c) {
            apart.extend([' ', c, ' ']);
        } else {
            apart.push(c);
        }
    }
    apart
}

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese.
const fn unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::UserId;

    fn phrase(text: &str) -> Phrase {
        Phrase { text: text.to_owned(), part: Part::Anywhere, prefix: false }
    }

    #[test]
    fn what_is_searched_cannot_become_syntax() {
        let words = Words {
            among: vec![Scope::Requester(UserId(7)), Scope::Copied(UserId(7))],
            wanted: vec![phrase("x\" OR scope : r8 NEAR(")],
            unwanted: vec![phrase("noise")],
            private: false,
        };
        assert_eq!(
            expression(&words),
            "scope : (r7 OR c7) AND ({subject names public} : \"x  OR scope : r8 NEAR(\") \
             NOT ({subject names public} : \"noise\")"
        );
    }

    #[test]
    fn scripts_without_spaces_are_set_apart() {
        assert_eq!(set_apart("Fehler 日本x"), "Fehler  日  本 x");
        assert_eq!(set_apart("plain"), "plain");
    }
}
