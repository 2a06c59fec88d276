//! One visual language: sheets take colours, sizes of type and radii from the tokens, keep to a grid, and say where
//! things stand in terms of reading, not of left and right.

use super::{Finding, Source};

/// The only sheet that says a colour or a size of its own.
const TOKENS: &str = "style/tokens.css";
/// The page around the portal stands outside the widget's element, where its tokens do not reach.
const PORTAL: &str = "style/portal.css";

/// Lines and outlines; everything else lies on the grid.
const THIN: u32 = 3;
const GRID: u32 = 4;

const COLOURS: [&str; 8] =
    ["#", "rgb(", "rgba(", "hsl(", "oklch(", "lab(", "color-mix(", "light-dark("];

/// Properties whose value is a token, or one of these words.
const BY_TOKEN: [&str; 3] = ["font-size", "font-weight", "border-radius"];
const PLAIN: [&str; 7] = ["var(", "max(var(", "inherit", "normal", "50%", "0", "1em"];

/// Properties that say left and right, and what says the same of the line of reading.
const PHYSICAL: [(&str, &str); 14] = [
    ("left", "inset-inline-start"),
    ("right", "inset-inline-end"),
    ("top", "inset-block-start"),
    ("bottom", "inset-block-end"),
    ("width", "inline-size"),
    ("height", "block-size"),
    ("min-width", "min-inline-size"),
    ("max-width", "max-inline-size"),
    ("min-height", "min-block-size"),
    ("max-height", "max-block-size"),
    ("margin-left", "margin-inline-start"),
    ("margin-right", "margin-inline-end"),
    ("padding-left", "padding-inline-start"),
    ("padding-right", "padding-inline-end"),
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ours = |it: &&Source| it.path.starts_with("style/") && it.path.ends_with(".css");
    for source in sources.iter().filter(ours) {
        if source.path == TOKENS || source.path == PORTAL {
            continue;
        }
        for (index, line) in source.text.lines().enumerate() {
            let Some((name, value)) = declaration(line) else { continue };
            let wrong = wrong(name, value);
            findings.extend(wrong.map(|text| Finding::new(&source.path, index + 1, text)));
        }
    }
    findings
}

/// A line of a sheet that sets a property.
fn declaration(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_suffix(';')?.split_once(':')?;
    let is_name = name.chars().all(|sign| sign.is_ascii_lowercase() || "-_".contains(sign));
    is_name.then(|| (name, value.trim()))
}

fn wrong(name: &str, value: &str) -> Option<String> {
    if let Some(colour) = COLOURS.iter().find(|colour| value.contains(*colour)) {
        return Some(format!("`{colour}…`: colours are named in {TOKENS}"));
    }
    if BY_TOKEN.contains(&name) && !PLAIN.iter().any(|plain| value.starts_with(plain)) {
        return Some(format!("`{name}: {value}`: take one of the tokens"));
    }
    if let Some((_, logical)) = PHYSICAL.iter().find(|(physical, _)| *physical == name) {
        return Some(format!("`{name}`: write `{logical}`, which turns with the line of reading"));
    }
    if matches!(name, "text-align" | "float") && matches!(value, "left" | "right") {
        return Some(format!("`{name}: {value}`: write start or end"));
    }
    if matches!(name, "margin" | "padding" | "inset") && is_lopsided(value) {
        return Some(format!("`{name}: {value}`: say it by `{name}-block` and `{name}-inline`"));
    }
    let odd = pixels(value).find(|size| *size > THIN && *size % GRID != 0)?;
    Some(format!("`{odd}px`: lines have up to {THIN}px, all else multiples of {GRID}px"))
}

/// Whether of four values the second and the last, which are right and left, differ.
fn is_lopsided(value: &str) -> bool {
    let sides: Vec<&str> = value.split_whitespace().collect();
    matches!(sides[..], [_, right, _, left] if right != left)
}

/// Every whole number of pixels in a value.
fn pixels(value: &str) -> impl Iterator<Item = u32> {
    let pieces: Vec<&str> = value.split("px").collect();
    let before = pieces.len().saturating_sub(1);
    pieces.into_iter().take(before).filter_map(|piece| {
        let number = piece.rsplit(|sign: char| !sign.is_ascii_digit()).next()?;
        number.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    fn count(line: &str) -> usize {
        check(&[source("style/a.css", &format!(".hr-a {{\n  {line}\n}}\n"))]).len()
    }

    #[test]
    fn colours_and_sizes_come_from_the_tokens() {
        assert_eq!(count("color: #fff;"), 1);
        assert_eq!(count("background: light-dark(white, black);"), 1);
        assert_eq!(count("color: var(--_text);"), 0);
        assert_eq!(count("font-size: 14px;"), 1);
        assert_eq!(count("border-radius: 6px;"), 1);
        assert_eq!(count("border-radius: 50%;"), 0);
        assert_eq!(count("font-weight: var(--_strong);"), 0);
    }

    #[test]
    fn sizes_lie_on_the_grid() {
        assert_eq!(count("padding: 9px var(--_3);"), 1);
        assert_eq!(count("min-block-size: 120px;"), 0);
        assert_eq!(count("border: 1px solid var(--_line);"), 0);
        assert_eq!(count("margin-block: -12px -8px;"), 0);
        assert_eq!(count("inline-size: calc(100% - 58px);"), 1);
    }

    #[test]
    fn places_follow_the_line_of_reading() {
        assert_eq!(count("margin-left: 4px;"), 1);
        assert_eq!(count("padding: 8px 8px 0 16px;"), 1);
        assert_eq!(count("padding: 8px 16px 0 16px;"), 0);
        assert_eq!(count("text-align: right;"), 1);
        assert_eq!(count("text-align: start;"), 0);
        assert_eq!(check(&[source("style/a.css", "@media (max-width: 30rem) {\n}\n")]).len(), 0);
    }
}
