//! Names, ids and notes that hosts and agents give: cleaned and measured.

use super::Invalid;

/// Characters of a name or an id.
const MOST: usize = 255;
/// Bytes of a note.
const MOST_NOTE_BYTES: usize = 4096;

/// An id, or `None` if it is empty or too long. Control characters are left out, which is what lets
/// the store set apart records without an id.
#[must_use]
pub fn id(text: &str) -> Option<String> {
    fitting(&text.chars().filter(|c| !c.is_control()).collect::<String>())
}

/// A name on one line, or `None` if it is empty or too long. What nobody sees is left out: control
/// characters, marks of no width, and those that turn the direction of what stands beside them.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    let blank = |c: char| if matches!(c, '\t' | '\n' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
    fitting(&text.chars().map(blank).filter(|c| !unseen(*c)).collect::<String>())
}

fn fitting(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= MOST).then(|| text.to_owned())
}

pub(super) fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A name that somebody gave for a field, or the one from before.
pub(super) fn given_name(given: Option<&str>, before: &str, invalid: &mut Invalid) -> String {
    let Some(given) = given else { return before.to_owned() };
    name(given).unwrap_or_else(|| {
        let problem = if given.trim().is_empty() { "BlankValue" } else { "InvalidValue" };
        let text = format!("Name: must have 1 to {MOST} characters that can be seen");
        invalid.add("name", problem, text);
        before.to_owned()
    })
}

/// An id that somebody gave: null and an empty text take it away, a missing key leaves it.
pub(super) fn given_id(
    given: Option<&Option<String>>,
    before: Option<&str>,
    invalid: &mut Invalid,
) -> Option<String> {
    match given {
        None => before.map(String::from),
        Some(None) => None,
        Some(Some(text)) if text.is_empty() => None,
        Some(Some(text)) => {
            let cleaned = id(text).filter(|cleaned| cleaned == text);
            if cleaned.is_none() {
                let text = format!(
                    "External ID: must have 1 to {MOST} characters, none of them a control \
                     character, and no blank at either end"
                );
                invalid.add("external_id", "InvalidValue", text);
            }
            cleaned
        }
    }
}

/// Text that somebody noted under a field, lines and all.
pub(super) fn given_note(
    field: &str,
    given: Option<&Option<String>>,
    before: Option<&str>,
    invalid: &mut Invalid,
) -> Option<String> {
    let Some(given) = given else { return before.map(String::from) };
    let text = given.as_deref().unwrap_or("");
    if text.len() > MOST_NOTE_BYTES {
        let problem = format!("{field}: is too long (maximum is {MOST_NOTE_BYTES} bytes)");
        invalid.add(field, "TooLong", problem);
        return None;
    }
    let kept: String =
        text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{id, name};

    #[test]
    fn names_lose_what_nobody_sees() {
        assert_eq!(name(" Ana\u{202e}\u{200b}\r\nRuiz\u{7} ").as_deref(), Some("Ana Ruiz"));
        // Joiners belong to the scripts that need them.
        assert_eq!(name("می\u{200c}خواهم").as_deref(), Some("می\u{200c}خواهم"));
        assert_eq!(name("\u{202e}\u{feff} "), None);
        assert_eq!(name(&"x".repeat(256)), None);
        assert_eq!(name(&"ß".repeat(255)).map(|name| name.len()), Some(510));
    }

    #[test]
    fn no_id_has_a_control_character() {
        assert_eq!(id(" \u{1f}7 ").as_deref(), Some("7"));
        assert_eq!(id("\u{1f}"), None);
    }
}
