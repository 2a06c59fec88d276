//! What an answer tells, in the words of the table.

use super::fixture::{Fixture, NOTE, WORDS};
use crate::app::Answer;

pub(super) const KNOWN: &str = " known";
pub(super) const CHANGE: &str = " change";

/// The status, and what of the table's records can be read in the body or the headers.
pub(super) fn by(fixture: &Fixture, answer: &Answer) -> String {
    let text = format!("{}{:?}", String::from_utf8_lossy(&answer.bytes), answer.headers);
    let followup = format!("\"followup_source_id\":{}", fixture.ids.closed);
    let event = format!("\"request_id\":{}", fixture.ids.request);
    let mut cell = answer.status.as_u16().to_string();
    for (word, told) in [
        (" it", [WORDS, &followup, &event].iter().any(|it| text.contains(it))),
        (" note", text.contains(NOTE)),
        (" who", text.contains("ana@customer.example")),
    ] {
        if told {
            cell.push_str(word);
        }
    }
    if cell.len() == 3 && text.contains("Ana Ruiz") {
        cell.push_str(" name");
    }
    cell
}

/// Whether two answers are the same, byte for byte and header by header, but for the number that
/// each answer has of its own.
pub(super) fn alike(one: &Answer, other: &Answer) -> bool {
    let headers = |answer: &Answer| {
        let mut headers = answer.headers.clone();
        headers.remove("x-request-id");
        headers
    };
    (one.status, &one.bytes, headers(one)) == (other.status, &other.bytes, headers(other))
}
