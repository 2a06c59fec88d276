//! What is written on what can be read: the contrast of the tokens' pairs, computed as WCAG 2.2 does, light and dark.

use std::collections::BTreeMap;

use super::{Finding, Source};

const TOKENS: &str = "style/tokens.css";

/// Text on its ground: 4.5 to 1.
const TEXT: [(&str, &str); 23] = [
    ("text", "ground"),
    ("text", "raised"),
    ("text", "accent-soft"),
    ("text", "bad-soft"),
    ("text", "warn-soft"),
    ("text", "good-soft"),
    ("muted", "ground"),
    ("muted", "raised"),
    ("muted", "accent-soft"),
    ("muted", "bad-soft"),
    ("accent", "ground"),
    ("accent", "raised"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("bad", "ground"),
    ("bad", "raised"),
    ("bad", "bad-soft"),
    ("warn", "ground"),
    ("warn", "raised"),
    ("warn", "warn-soft"),
    ("good", "ground"),
    ("good", "good-soft"),
];

/// What must be seen and is no text, such as the border of a field: 3 to 1.
const SEEN: [(&str, &str); 4] =
    [("edge", "ground"), ("edge", "raised"), ("accent", "ground"), ("accent", "raised")];

/// Red, green and blue from 0 to 1.
type Colour = [f64; 3];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let Some(tokens) = sources.iter().find(|it| it.path == TOKENS) else {
        return vec![Finding::new(TOKENS, 0, "is missing")];
    };
    let tokens = parse(&tokens.text);
    let mut findings = Vec::new();
    for (pairs, least) in [(&TEXT[..], 4.5), (&SEEN[..], 3.0)] {
        for (front, back) in pairs {
            for (theme, dark) in [("light", false), ("dark", true)] {
                let text = match (tokens.colour(front, dark), tokens.colour(back, dark)) {
                    (Some(front_colour), Some(back_colour)) => {
                        let found = contrast(front_colour, back_colour);
                        if found >= least {
                            continue;
                        }
                        format!(
                            "{front} on {back}, {theme}: {found:.2} to 1, and {least} is needed"
                        )
                    }
                    _ => format!("{front} on {back}, {theme}: a colour cannot be read"),
                };
                findings.push(Finding::new(TOKENS, 0, text));
            }
        }
    }
    findings
}

struct Tokens(BTreeMap<String, String>);

fn parse(css: &str) -> Tokens {
    let declaration = |line: &str| {
        let (name, value) = line.trim().strip_suffix(';')?.split_once(':')?;
        Some((name.strip_prefix("--_")?.to_owned(), value.trim().to_owned()))
    };
    Tokens(css.lines().filter_map(declaration).collect())
}

impl Tokens {
    fn colour(&self, name: &str, dark: bool) -> Option<Colour> {
        self.value(self.0.get(name)?, dark)
    }

    /// Reads what the tokens use: `#rgb`, `var(…)`, `light-dark(…)` and a mix of two.
    fn value(&self, value: &str, dark: bool) -> Option<Colour> {
        let inside = |name: &str| value.strip_prefix(name)?.strip_suffix(')');
        if let Some(hex) = value.strip_prefix('#') {
            return from_hex(hex);
        }
        if let Some(arguments) = inside("light-dark(") {
            let (light, night) = arguments.split_once(',')?;
            return self.value(if dark { night.trim() } else { light.trim() }, dark);
        }
        if let Some(arguments) = inside("var(") {
            // A property of the host's is not set here; ours has its colour under its name.
            return match arguments.split_once(',') {
                Some((_, fallback)) => self.value(fallback.trim(), dark),
                None => self.colour(arguments.strip_prefix("--_")?, dark),
            };
        }
        let mut parts = inside("color-mix(in srgb,")?.split(", ");
        let (first, share) = parts.next()?.trim().rsplit_once(' ')?;
        let share: f64 = share.strip_suffix('%')?.parse().ok()?;
        let (first, second) = (self.value(first, dark)?, self.value(parts.next()?, dark)?);
        let mixed = |(one, other): (f64, f64)| one * share / 100.0 + other * (1.0 - share / 100.0);
        let mut channels = first.into_iter().zip(second).map(mixed);
        Some([channels.next()?, channels.next()?, channels.next()?])
    }
}

fn from_hex(hex: &str) -> Option<Colour> {
    let long = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => hex.to_owned(),
        _ => return None,
    };
    let channel = |at: usize| {
        let value = u8::from_str_radix(long.get(at..at + 2)?, 16).ok()?;
        Some(f64::from(value) / 255.0)
    };
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: f64| {
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    #[test]
    fn contrast_is_that_of_wcag() {
        let of =
            |one: &str, other: &str| contrast(from_hex(one).unwrap(), from_hex(other).unwrap());
        assert!((of("000", "fff") - 21.0).abs() < 1e-9);
        assert!((of("777777", "fff") - 4.48).abs() < 0.005);
        assert!((of("abcdef", "abcdef") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn tokens_are_read_with_what_they_are_made_of() {
        let tokens = parse(
            "  --_a: var(--hr-a, light-dark(#fff, #000));\n  --_b: #000;\n  --_c: color-mix(in srgb, var(--_a) 25%, var(--_b));\n",
        );
        assert_eq!(tokens.colour("a", false), Some([1.0; 3]));
        assert_eq!(tokens.colour("a", true), Some([0.0; 3]));
        assert_eq!(tokens.colour("c", false), Some([0.25; 3]));
        assert_eq!(tokens.colour("d", false), None);
    }

    #[test]
    fn pairs_that_cannot_be_read_are_found() {
        let found = check(&[source(TOKENS, "  --_text: #999;\n  --_ground: #fff;\n")]);
        assert!(found.iter().any(|it| it.text.starts_with("text on ground, light: 2.8")));
    }

    #[test]
    fn the_widgets_own_tokens_can_be_read() {
        let css = include_str!("../../../style/tokens.css");
        assert_eq!(check(&[source(TOKENS, css)]), Vec::new());
    }
}
