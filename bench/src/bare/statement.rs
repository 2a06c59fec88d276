//! A statement with its values, as SQLite was given it.
//!
//! SQLite tells a statement with its values written into the text. Run like that, each would have to
//! be compiled anew, which the server does not do; so the values are taken out again, by laying the
//! text with values over the text without.

use anyhow::{Context, Result, bail};
use rusqlite::types::Value;
use std::{collections::BTreeMap, sync::Arc};

/// A statement and what is bound to its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) sql: Arc<str>,
    /// Values by the number that SQLite gives their parameter.
    pub(crate) values: BTreeMap<usize, Value>,
}

impl Statement {
    /// Takes the values out of `expanded`, which is `written` with each parameter replaced.
    pub(super) fn read(written: &str, expanded: &str) -> Result<Self> {
        let mut values = BTreeMap::new();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut template, mut text) = (written, expanded);
        loop {
            let plain = plain_text(template);
            let (passed, rest) = template.split_at(plain);
            text = text
                .strip_prefix(passed)
                .with_context(|| format!("values do not fit: {written}\n{expanded}"))?;
            let Some(kind) = rest.chars().next() else { break };
            let name_end = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| !c.is_alphanumeric() && *c != '_')
                .map_or(rest.len(), |(at, _)| at);
            let (name, behind) = rest.split_at(name_end);
            let most = names.values().max().copied().unwrap_or_default();
            let number = match (kind, name.get(1..).unwrap_or_default()) {
                ('?', "") => most + 1,
                ('?', digits) => digits.parse()?,
                _ => names.get(name).copied().unwrap_or(most + 1),
            };
            names.insert(name, number);
            let (value, left) = literal(text).with_context(|| format!("no value: {expanded}"))?;
            values.insert(number, value);
            (template, text) = (behind, left);
        }
        Ok(Self { sql: written.into(), values })
    }

    /// Whether it begins with a word, whatever its case.
    pub(crate) fn begins_with(&self, word: &str) -> bool {
        let first = self.sql.trim_start().split([' ', ';']).next().unwrap_or_default();
        first.eq_ignore_ascii_case(word)
    }
}

/// Bytes up to the next parameter: texts, quoted names and comments are passed over.
fn plain_text(sql: &str) -> usize {
    let mut at = 0;
    while let Some(c) = sql.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = sql.get(at + c.len_utf8()..).unwrap_or_default();
        let end = match c {
            '?' | '$' | ':' | '@' => return at,
            '\'' | '"' | '`' => rest.find(c).map(|end| end + 1),
            '-' if rest.starts_with('-') => rest.find('\n'),
            // A name may hold a dollar.
            c if c.is_alphabetic() || c == '_' => {
                let ends = |c: char| !c.is_alphanumeric() && c != '_' && c != '$';
                Some(rest.find(ends).unwrap_or(rest.len()))
            }
            _ => Some(0),
        };
        at += c.len_utf8() + end.unwrap_or(rest.len());
    }
    sql.len()
}

/// A literal at the beginning of a text, and what follows it.
fn literal(text: &str) -> Result<(Value, &str)> {
    if let Some(rest) = text.strip_prefix("NULL") {
        return Ok((Value::Null, rest));
    }
    if let Some(rest) = text.strip_prefix("x'") {
        let (digits, rest) = rest.split_once('\'').context("an open blob")?;
        let byte = |at| u8::from_str_radix(digits.get(at..at + 2).unwrap_or_default(), 16);
        let bytes = (0..digits.len()).step_by(2).map(byte).collect::<Result<_, _>>()?;
        return Ok((Value::Blob(bytes), rest));
    }
    if let Some(mut rest) = text.strip_prefix('\'') {
        let mut value = String::new();
        loop {
            let (part, behind) = rest.split_once('\'').context("an open text")?;
            value.push_str(part);
            match behind.strip_prefix('\'') {
                Some(more) => {
                    value.push('\'');
                    rest = more;
                }
                None => return Ok((Value::Text(value), behind)),
            }
        }
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !"+-.e".contains(c));
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    match (number.parse::<i64>(), number.parse::<f64>()) {
        (Ok(whole), _) => Ok((Value::Integer(whole), rest)),
        (_, Ok(real)) => Ok((Value::Real(real), rest)),
        _ => bail!("{number:?} is no number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, params_from_iter};

    /// Lets SQLite write the values into a statement, as it does when it is listened to.
    fn round_trip(sql: &str, values: &[Value]) {
        let conn = Connection::open_in_memory().unwrap();
        let mut statement = conn.prepare(sql).unwrap();
        let mut rows = statement.query(params_from_iter(values)).unwrap();
        rows.next().unwrap();
        drop(rows);
        let expanded = statement.expanded_sql().unwrap();
        let read = Statement::read(sql, &expanded).unwrap();
        let expected: BTreeMap<usize, Value> = (1..).zip(values.iter().cloned()).collect();
        assert_eq!(read.values, expected, "{expanded}");
    }

    #[test]
    fn values_come_back_as_they_were_bound() {
        let text = |text: &str| Value::Text(text.to_owned());
        round_trip("SELECT $1, $2, $1", &[text("it's '' $2 ?"), Value::Null]);
        round_trip("SELECT ?, ?", &[Value::Integer(-7), Value::Real(0.5)]);
        round_trip("SELECT ?2, ?1 -- what? $1\n", &[text(""), Value::Blob(vec![0, 255])]);
        round_trip("SELECT '?', \"$1\", ':a', $1 || ', $2'", &[text("ä\n'")]);
        round_trip("SELECT 1", &[]);
        round_trip("SELECT ?1 + 1, ?2", &[Value::Integer(i64::MAX), Value::Integer(0)]);
    }

    #[test]
    fn texts_that_do_not_belong_together_are_refused() {
        assert!(Statement::read("SELECT $1", "SELECT").is_err());
        assert!(Statement::read("SELECT $1 + 1", "UPDATE 1 + 1").is_err());
    }
}
