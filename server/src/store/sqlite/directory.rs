//! How people and organizations are found: three FTS5 tables that triggers keep. See migration 0005.
//!
//! What is searched is always the beginning of a word.

use super::Builder;
use crate::store::{
    OrganizationId,
    users::{Part, Word},
};

/// Memberships that a search among colleagues looks at, those with the smallest ids.
const MOST_MEMBERS: i64 = 1_000;

/// The condition that all words are found in somebody's name, address or host's id. The statement
/// has the table `user_texts`, whose rows come in the order of their `rowid`.
pub(in crate::store) fn push_people(sql: &mut Builder, words: &[Word]) {
    let all: Vec<String> = words
        .iter()
        .map(|word| {
            let columns = match word.part {
                Part::Anywhere => "{name email external_id}",
                Part::Name => "{name}",
                Part::Email => "{email}",
            };
            format!("{columns} : {}", begins(&word.text))
        })
        .collect();
    sql.take_long().push(" AND user_texts MATCH ").push_bind(all.join(" AND "));
}

/// The condition that all words are found in an organization's name. The statement has the table
/// `organization_texts`.
pub(in crate::store) fn push_organizations(sql: &mut Builder, words: &[String]) {
    let all: Vec<String> = words.iter().map(|word| begins(word)).collect();
    sql.take_long().push(" AND organization_texts MATCH ").push_bind(all.join(" AND "));
}

/// Memberships in some organizations of people whose name has a word, or whose address itself
/// begins, with what was typed, as a table `hits` of `id`. What says nothing finds all.
pub(in crate::store) fn push_members(
    sql: &mut Builder,
    organizations: &[OrganizationId],
    typed: &str,
) {
    let scope: Vec<String> = organizations.iter().map(|id| format!("o{id}")).collect();
    let mut expression = format!("scope : ({})", scope.join(" OR "));
    if typed.chars().any(char::is_alphanumeric) {
        let typed = begins(typed);
        expression.push_str(&format!(" AND (name : {typed} OR email : ^ {typed})"));
    }
    sql.take_long().push("(SELECT rowid AS id FROM member_texts WHERE member_texts MATCH ");
    sql.push_bind(expression).push(" ORDER BY rowid LIMIT ").push_bind(MOST_MEMBERS);
    sql.push(") hits");
}

/// Words in a row, of which the last may go on. Nothing in them is syntax.
fn begins(text: &str) -> String {
    // A NUL would end the expression.
    let plain = text.replace(|c: char| c == '"' || c.is_control(), " ");
    format!("\"{}\" *", plain.trim())
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn what_is_searched_cannot_become_syntax() {
        assert_eq!(begins("x\" OR scope : o8 NEAR(\0"), "\"x  OR scope : o8 NEAR(\" *");
    }
}
