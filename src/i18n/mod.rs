//! Typed keys to text, and dates and numbers by the browser's own Intl.
//!
//! The texts of one locale come as two arrays in the order of the keys (`order.rs`), the form's and those of the
//! later part; no text for people stands in code. Times are shown in the caller's own time zone, which Intl knows.

mod format;
mod span;

pub use format::{At, I18n};

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// Puts values into a text: `fill("in {time}", &[("time", "2 h")], false)`.
///
/// `isolated` keeps each value together and apart from the sentence around it, as a text that is written from right to
/// left needs for addresses, times and the like.
#[must_use]
fn fill(template: &str, values: &[(&str, &str)], isolated: bool) -> String {
    let mut rest = template;
    let mut text = String::with_capacity(template.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            let (before, behind) = if isolated { ("\u{2068}", "\u{2069}") } else { ("", "") };
            text.extend([before, value, behind]);
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// The form of a text for a category of `Intl.PluralRules`. Forms stand one behind the other, as in
/// `{one}one reply|{other}{n} replies`; a category without a form takes the last one.
#[must_use]
fn form<'a>(text: &'a str, category: &str) -> &'a str {
    let mut form = text;
    for part in text.split('|') {
        if let Some((name, words)) = part.split_once('}') {
            form = words;
            if name.get(1..) == Some(category) {
                break;
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::{FIRST, Key, fill, form};

    #[test]
    fn fills_in_what_is_named() {
        assert_eq!(fill("{a} on {b}", &[("b", "2"), ("a", "1")], false), "1 on 2");
        assert_eq!(fill("no name", &[("a", "1")], false), "no name");
        assert_eq!(fill("{unknown}!", &[], false), "!");
        assert_eq!(fill("a { b", &[], false), "a { b");
    }

    #[test]
    fn a_value_is_never_taken_for_a_template() {
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "x")], false), "{b}x");
    }

    #[test]
    fn values_are_isolated_from_a_text_of_the_other_direction() {
        assert_eq!(fill("إلى {a}", &[("a", "x@y.z")], true), "إلى \u{2068}x@y.z\u{2069}");
    }

    #[test]
    fn a_number_picks_its_form() {
        let text = "{one}one reply|{few}{n} a few|{other}{n} replies";
        assert_eq!(form(text, "one"), "one reply");
        assert_eq!(form(text, "few"), "{n} a few");
        assert_eq!(form(text, "many"), "{n} replies");
        assert_eq!(form("{other}{n} 件", "one"), "{n} 件");
        assert_eq!(form("always the same", "other"), "always the same");
    }

    #[test]
    fn the_texts_of_the_form_come_first() {
        assert!((Key::Close as usize) < (Key::Send as usize), "each part is sorted");
        assert!((Key::Send as usize) < FIRST, "the form needs it");
    }
}
