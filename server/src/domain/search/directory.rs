//! Searches for people and for organizations.
//!
//! Their words are beginnings of words, as somebody types them; `*` alone finds all.

use super::{
    Unsearchable,
    filter::{MOST_BYTES, MOST_WORDS},
    terms::{self, What},
    values,
};
use crate::{
    domain::address,
    store::{
        OrganizationId, StoreError, organizations,
        sqlite::Conn,
        users::{self, Part, Role, Word},
    },
};
use api::Time;

/// Understands a search for people.
///
/// # Errors
/// The outer one when the database fails, the inner one when there is too much of it, or a value
/// cannot be meant.
pub async fn users(
    conn: &mut Conn,
    text: &str,
    now: Time,
) -> Result<Result<users::Filter, Unsearchable>, StoreError> {
    let terms = match cut(text) {
        Ok(terms) => terms,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut filter = users::Filter::default();
    for term in terms {
        let (key, value) = match &term {
            What::Word { text, .. } => ("", text.as_str()),
            What::Operator { key, value, .. } => (key.as_str(), value.as_str()),
        };
        match key {
            "name" => filter.words.extend(word(value, Part::Name)),
            "email" => match address::normalize(value) {
                Some(email) => filter.email = Some(email),
                None => filter.words.extend(word(value, Part::Email)),
            },
            "external_id" => filter.external_id = Some(value.to_owned()),
            "tags" => filter.tags.push(value.to_lowercase()),
            "role" => match Role::from_name(&value.to_lowercase()) {
                Some(role) => filter.roles.push(role),
                None => filter.nothing = true,
            },
            "organization" => match organization(conn, value).await? {
                Some(id) => filter.organization = Some(id),
                None => filter.nothing = true,
            },
            "is" if value == "suspended" => filter.suspended = Some(true),
            "created" | "created_at" => match span(&term, now) {
                Ok(span) => filter.created = span,
                Err(refused) => return Ok(Err(refused)),
            },
            "type" => filter.nothing |= value != "user",
            "order_by" | "sort" => {}
            "" => filter.words.extend(word(value, Part::Anywhere)),
            _ => filter.words.extend(word(&format!("{key} {value}"), Part::Anywhere)),
        }
    }
    if filter.words.len() > MOST_WORDS {
        return Ok(Err(Unsearchable::TooManyWords { most: MOST_WORDS }));
    }
    Ok(Ok(filter))
}

/// Understands a search for organizations.
///
/// # Errors
/// When there is too much of it, or a value cannot be meant.
pub fn organizations(text: &str, now: Time) -> Result<organizations::Filter, Unsearchable> {
    let mut filter = organizations::Filter::default();
    for term in cut(text)? {
        let (key, value) = match &term {
            What::Word { text, .. } => ("", text.as_str()),
            What::Operator { key, value, .. } => (key.as_str(), value.as_str()),
        };
        let said = value.chars().any(char::is_alphanumeric);
        match key {
            "external_id" => filter.external_id = Some(value.to_owned()),
            "tags" => filter.tags.push(value.to_lowercase()),
            "created" | "created_at" => filter.created = span(&term, now)?,
            "type" => filter.nothing |= value != "organization",
            "order_by" | "sort" => {}
            "" | "name" if said => filter.words.push(value.to_owned()),
            "" | "name" => {}
            _ => filter.words.push(format!("{key} {value}")),
        }
    }
    match filter.words.len() > MOST_WORDS {
        true => Err(Unsearchable::TooManyWords { most: MOST_WORDS }),
        false => Ok(filter),
    }
}

/// Words of a name that somebody is typing.
#[must_use]
pub fn typed(text: &str) -> Vec<String> {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    words.take(MOST_WORDS).map(String::from).collect()
}

fn cut(text: &str) -> Result<Vec<What>, Unsearchable> {
    let refuse = |text: String| Err(Unsearchable::Invalid(text));
    if text.len() > MOST_BYTES {
        return refuse(format!("Invalid search: it is above {MOST_BYTES} bytes"));
    }
    let terms = terms::cut(text);
    if terms.iter().any(|term| term.negative) {
        return refuse(String::from("Invalid search: there is no minus in a search for people"));
    }
    Ok(terms.into_iter().map(|term| term.what).collect())
}

fn word(text: &str, part: Part) -> Option<Word> {
    let says = text.chars().any(char::is_alphanumeric);
    says.then(|| Word { text: text.to_owned(), part })
}

fn span(term: &What, now: Time) -> Result<Option<crate::store::requests::Span>, Unsearchable> {
    let What::Operator { compare, value, .. } = term else { return Ok(None) };
    match values::span(*compare, value, now) {
        Some(span) => Ok(Some(span)),
        None => {
            let text = "Invalid search: created takes a date such as 2026-03-02";
            Err(Unsearchable::Invalid(text.to_owned()))
        }
    }
}

/// An organization by number or name.
async fn organization(conn: &mut Conn, value: &str) -> Result<Option<OrganizationId>, StoreError> {
    if let Ok(id) = value.parse() {
        return Ok(Some(OrganizationId(id)));
    }
    Ok(organizations::by_name(conn, value).await?.map(|organization| organization.id))
}
