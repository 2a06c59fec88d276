//! Cuts the text of a search into its terms.

use std::{iter::Peekable, str::Chars};

/// One part of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// Written with a minus before it.
    pub(super) negative: bool,
    pub(super) what: What,
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Word {
        text: String,
        /// Written with a star behind it.
        prefix: bool,
    },
    /// `key:value` or with a comparison instead of the colon.
    Operator { key: String, compare: Compare, value: String },
}

/// How an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Is,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The terms of a text, in order. Every text has some; quotes that are left open end with it.
pub(super) fn cut(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = text.chars().peekable();
    loop {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        if rest.peek().is_none() {
            return terms;
        }
        let negative = rest.next_if_eq(&'-').is_some();
        terms.extend(term(&mut rest, negative));
    }
}

fn term(rest: &mut Peekable<Chars<'_>>, negative: bool) -> Option<Term> {
    if rest.next_if_eq(&'"').is_some() {
        let text = quoted(rest);
        let prefix = rest.next_if_eq(&'*').is_some();
        return word(text, prefix, negative);
    }
    let mut text = String::new();
    while let Some(c) = rest.next_if(|c| !c.is_whitespace()) {
        let compare = match c {
            _ if !is_key(&text) => None,
            ':' => Some(Compare::Is),
            '<' if rest.next_if_eq(&'=').is_some() => Some(Compare::AtMost),
            '<' => Some(Compare::Below),
            '>' if rest.next_if_eq(&'=').is_some() => Some(Compare::AtLeast),
            '>' => Some(Compare::Above),
            _ => None,
        };
        let Some(compare) = compare else {
            text.push(c);
            continue;
        };
        let value = match rest.next_if_eq(&'"') {
            Some(_) => quoted(rest),
            None => unquoted(rest),
        };
        let key = text.to_lowercase();
        return Some(Term { negative, what: What::Operator { key, compare, value } });
    }
    let bare = text.trim_end_matches('*').to_owned();
    let prefix = bare.len() < text.len();
    word(bare, prefix, negative)
}

/// What has no letter and no digit says nothing.
fn word(text: String, prefix: bool, negative: bool) -> Option<Term> {
    let says = text.chars().any(char::is_alphanumeric);
    says.then_some(Term { negative, what: What::Word { text, prefix } })
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

fn quoted(rest: &mut Peekable<Chars<'_>>) -> String {
    rest.by_ref().take_while(|c| *c != '"').collect()
}

fn unquoted(rest: &mut Peekable<Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(c) = rest.next_if(|c| !c.is_whitespace()) {
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |term: Term| {
            let sign = if term.negative { "-" } else { "" };
            match term.what {
                What::Word { text, prefix } => {
                    format!("{sign}[{text}]{}", if prefix { "*" } else { "" })
                }
                What::Operator { key, compare, value } => {
                    format!("{sign}{key} {compare:?} {value}")
                }
            }
        };
        cut(text).into_iter().map(show).collect()
    }

    #[test]
    fn words_phrases_and_operators_are_told_apart() {
        assert_eq!(
            shown(r#"sync  "does not move" -noise crawl* status<solved created>=2026-01-01"#),
            [
                "[sync]",
                "[does not move]",
                "-[noise]",
                "[crawl]*",
                "status Below solved",
                "created AtLeast 2026-01-01"
            ]
        );
        assert_eq!(
            shown(r#"requester:"Ana Ruiz" -tags:x"#),
            ["requester Is Ana Ruiz", "-tags Is x"]
        );
    }

    #[test]
    fn text_that_only_looks_like_syntax_stays_text() {
        assert_eq!(shown("12:30 a<b"), ["[12:30]", "a Below b"]);
        assert_eq!(shown("* - \"\" !!"), [""; 0]);
        assert_eq!(shown("\"left open"), ["[left open]"]);
        assert_eq!(shown("status:"), ["status Is "]);
    }
}
