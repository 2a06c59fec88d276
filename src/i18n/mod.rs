//! Typed keys to text, and dates and numbers by the browser's own Intl.
//!
//! The texts of one locale come as an array in the order of the keys; no text for people stands in
//! code. Times are shown in the caller's own time zone, which Intl knows.

mod format;
mod span;

pub use format::{At, I18n};

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// Puts values into a text: `fill("in {time}", &[("time", "2 h")])`.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
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
            text.push_str(value);
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::{Key, fill};

    #[test]
    fn fills_in_what_is_named() {
        assert_eq!(fill("{a} on {b}", &[("b", "2"), ("a", "1")]), "1 on 2");
        assert_eq!(fill("no name", &[("a", "1")]), "no name");
        assert_eq!(fill("{unknown}!", &[]), "!");
        assert_eq!(fill("a { b", &[]), "a { b");
    }

    #[test]
    fn a_value_is_never_taken_for_a_template() {
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "x")]), "{b}x");
    }

    #[test]
    fn the_keys_stand_in_sorted_order() {
        assert_eq!(Key::Back as usize, 0);
        assert!((Key::Send as usize) < Key::Sending as usize);
    }
}
