//! Weighs what a user downloads, and holds it to the budgets: what every page of the host pays, what
//! it takes until the form can be used, and all there is.
//!
//! The numbers are of the files that the server sends, compressed as it sends them.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    assets::{brotli, gzip},
    stamp::files,
};

/// Brotli bytes that every page of the host pays, used or not.
const LOADER_BUDGET: usize = 2_048;
/// Brotli bytes of everything that comes before the form can be used, the loader included.
const FORM_BUDGET: usize = 93_000;
/// Brotli bytes of all that somebody downloads who uses everything.
const TOTAL_BUDGET: usize = 165_500;
/// Brotli bytes of the form that takes over when the Wasm cannot run. Who needs it needs nothing else.
const PLAIN_BUDGET: usize = 8_192;

/// What is counted, in the order in which a user meets it.
const PARTS: [&str; 7] =
    ["loader", "boot", "glue", "wasm", "style + locale en", "later wasm", "later style"];
/// How many of them come before the form.
const BEFORE_THE_FORM: usize = 5;

struct Row {
    part: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Row {
    fn weigh(part: &str, file: &Path) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::of(part, &bytes)
    }

    fn of(part: &str, bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            part: part.to_owned(),
            raw: bytes.len(),
            gzip: gzip(bytes)?.len(),
            brotli: brotli(bytes)?.len(),
        })
    }
}

/// Style and texts travel in one file; each weighed as if it travelled alone.
fn parts_of_locale(file: &Path) -> Result<[Row; 2]> {
    let parts: serde_json::Value = serde_json::from_slice(&fs::read(file)?)?;
    let part = |name| parts.get(name).with_context(|| format!("{}: no `{name}`", file.display()));
    let style = part("css")?.as_str().context("the style is no text")?;
    Ok([
        Row::of("of which style", style.as_bytes())?,
        Row::of("of which texts", part("texts")?.to_string().as_bytes())?,
    ])
}

/// Prints the table and fails when a budget is exceeded.
pub(crate) fn check(dist: &Path) -> Result<()> {
    let mut counted = Vec::new();
    let (mut inside, mut others, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for file in files(dist)? {
        let name = file.strip_prefix(dist)?.to_string_lossy();
        match part(&name) {
            Some("plain") => plain.push(Row::weigh(&name, &file)?),
            Some("locale") if name.starts_with("locales/en-") => {
                counted.push(Row::weigh("style + locale en", &file)?);
                inside.extend(parts_of_locale(&file)?);
            }
            Some("locale") => others.push(Row::weigh(&name, &file)?),
            Some(part) => counted.push(Row::weigh(part, &file)?),
            None => {}
        }
    }
    counted.sort_by_key(|row| PARTS.iter().position(|part| *part == row.part));
    println!("{}", table(&counted, &inside, &others, &plain));
    judge(&counted)?;
    judge_plain(&plain)
}

/// Which part of the download a file is. The portal's page with its own style is none: hosts
/// never load it.
fn part(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')? {
        ("handrail", "js") => Some("loader"),
        (stem, "js") if stem.starts_with("boot-") => Some("boot"),
        (stem, "js") if stem.starts_with("plain-") => Some("plain"),
        (stem, "json") if stem.starts_with("locales/") => Some("locale"),
        (stem, ending) if stem.starts_with("handrail-") => match ending {
            "js" => Some("glue"),
            "wasm" => Some("wasm"),
            _ => None,
        },
        (stem, "wasm") if stem.starts_with("later-") => Some("later wasm"),
        (stem, "css") if stem.starts_with("later-") => Some("later style"),
        _ => None,
    }
}

fn table(counted: &[Row], inside: &[Row], others: &[Row], plain: &[Row]) -> String {
    let mut text = format!("{:<28} {:>9} {:>9} {:>9}", "part", "raw", "gzip", "brotli");
    let mut line = |name: &str, raw, gzip, brotli| {
        let _ = write!(text, "\n{name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
    };
    for row in counted.iter().chain(inside) {
        line(&row.part, row.raw, row.gzip, row.brotli);
    }
    for (name, rows) in [("to a usable form", before_the_form(counted)), ("everything", counted)] {
        let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
        line(name, sum(|it| it.raw), sum(|it| it.gzip), sum(|it| it.brotli));
    }
    for row in plain {
        line(&format!("instead: {}", row.part), row.raw, row.gzip, row.brotli);
    }
    for row in others {
        line(&format!("not counted: {}", row.part), row.raw, row.gzip, row.brotli);
    }
    text
}

/// `counted` is in the order of [`PARTS`].
fn before_the_form(counted: &[Row]) -> &[Row] {
    counted.get(..BEFORE_THE_FORM).unwrap_or(counted)
}

fn judge(rows: &[Row]) -> Result<()> {
    for part in PARTS {
        let found = rows.iter().filter(|it| it.part == part).count();
        if found != 1 {
            bail!("dist/ has {found} files for `{part}`, and one was expected");
        }
    }
    let loader = rows.get(..1).unwrap_or(rows);
    for (what, rows, budget) in [
        ("the loader weighs", loader, LOADER_BUDGET),
        ("it takes a user to the form", before_the_form(rows), FORM_BUDGET),
        ("everything weighs", rows, TOTAL_BUDGET),
    ] {
        let weight: usize = rows.iter().map(|it| it.brotli).sum();
        if weight > budget {
            bail!("{what} {weight} bytes by brotli, and {budget} are allowed");
        }
    }
    Ok(())
}

fn judge_plain(rows: &[Row]) -> Result<()> {
    if rows.is_empty() {
        bail!("dist/ has no plain form");
    }
    for Row { part, brotli, .. } in rows {
        if *brotli > PLAIN_BUDGET {
            bail!("{part} weighs {brotli} bytes by brotli, and {PLAIN_BUDGET} are allowed");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(weights: [usize; PARTS.len()]) -> Vec<Row> {
        let row =
            |(part, brotli): (&str, usize)| Row { part: part.to_owned(), raw: 0, gzip: 0, brotli };
        PARTS.into_iter().zip(weights).map(row).collect()
    }

    #[test]
    fn the_budgets_are_limits_that_may_be_reached() {
        let refused = |weights| judge(&rows(weights)).map_err(|error| error.to_string());
        let rest = FORM_BUDGET - 2_048;
        let later = TOTAL_BUDGET - FORM_BUDGET;
        assert_eq!(refused([2_048, 0, 0, rest, 0, later, 0]), Ok(()));
        assert!(refused([2_049, 0, 0, 0, 0, 0, 0]).unwrap_err().contains("the loader weighs 2049"));
        assert!(refused([2_048, 1, 0, rest, 0, 0, 0]).unwrap_err().contains("to the form"));
        assert!(refused([2_048, 0, 0, rest, 0, later, 1]).unwrap_err().contains("everything"));
    }

    #[test]
    fn the_plain_form_has_a_budget_of_its_own_in_every_language() {
        let plain = |brotli| Row { part: "plain-de.js".to_owned(), raw: 0, gzip: 0, brotli };
        assert!(judge_plain(&[plain(8_192)]).is_ok());
        let error = judge_plain(&[plain(1), plain(8_193)]).unwrap_err().to_string();
        assert!(error.contains("plain-de.js weighs 8193"), "{error}");
        assert!(judge_plain(&[]).is_err());
    }

    #[test]
    fn a_missing_part_is_not_a_light_part() {
        let error = judge(&rows([1; PARTS.len()])[1..]).unwrap_err();
        assert!(error.to_string().contains("`loader`"), "{error}");
    }

    #[test]
    fn files_are_told_apart_by_their_names() {
        assert_eq!(part("handrail.js"), Some("loader"));
        assert_eq!(part("boot-0a1b.js"), Some("boot"));
        assert_eq!(part("handrail-0a1b.js"), Some("glue"));
        assert_eq!(part("later-0a1b.wasm"), Some("later wasm"));
        assert_eq!(part("later-0a1b.css"), Some("later style"));
        assert_eq!(part("plain-en-0a1b.js"), Some("plain"));
        assert_eq!(part("handrail-0a1b_bg.wasm"), Some("wasm"));
        assert_eq!(part("locales/de-0a1b.json"), Some("locale"));
        assert_eq!(part("handrail-0a1b_bg.wasm.br"), None);
        assert_eq!(part("index.html"), None);
        assert_eq!(part("portal-0a1b.css"), None);
    }
}
