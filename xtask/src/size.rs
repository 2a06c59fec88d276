//! Weighs what a user downloads before the form can be used, and holds it to the budget.
//!
//! The numbers are of the files that the server sends, compressed as it sends them.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    assets::{brotli, gzip},
    stamp::files,
};

/// Brotli bytes of everything that stands between the click and the form.
const TOTAL_BUDGET: usize = 100_000;
/// Brotli bytes that every page of the host pays, used or not.
const LOADER_BUDGET: usize = 2_048;

/// What is counted, in the order in which a user meets it.
const PARTS: [&str; 4] = ["loader", "glue", "wasm", "style + locale en"];

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
    let (mut inside, mut others) = (Vec::new(), Vec::new());
    for file in files(dist)? {
        let name = file.strip_prefix(dist)?.to_string_lossy();
        match part(&name) {
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
    println!("{}", table(&counted, &inside, &others));
    judge(&counted)
}

/// Which part of the download a file is. The portal's page with its own style is none: hosts
/// never load it.
fn part(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')? {
        ("handrail", "js") => Some("loader"),
        (stem, "json") if stem.starts_with("locales/") => Some("locale"),
        (stem, ending) if stem.starts_with("handrail-") => match ending {
            "js" => Some("glue"),
            "wasm" => Some("wasm"),
            _ => None,
        },
        _ => None,
    }
}

fn table(counted: &[Row], inside: &[Row], others: &[Row]) -> String {
    let mut text = format!("{:<28} {:>9} {:>9} {:>9}", "part", "raw", "gzip", "brotli");
    let mut line = |name: &str, raw, gzip, brotli| {
        let _ = write!(text, "\n{name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
    };
    for row in counted.iter().chain(inside) {
        line(&row.part, row.raw, row.gzip, row.brotli);
    }
    let sum = |of: fn(&Row) -> usize| counted.iter().map(of).sum::<usize>();
    line("total", sum(|it| it.raw), sum(|it| it.gzip), sum(|it| it.brotli));
    for row in others {
        line(&format!("not counted: {}", row.part), row.raw, row.gzip, row.brotli);
    }
    text
}

fn judge(rows: &[Row]) -> Result<()> {
    for part in PARTS {
        let found = rows.iter().filter(|it| it.part == part).count();
        if found != 1 {
            bail!("dist/ has {found} files for `{part}`, and one was expected");
        }
    }
    let loader: usize = rows.iter().filter(|it| it.part == "loader").map(|it| it.brotli).sum();
    if loader > LOADER_BUDGET {
        bail!("the loader weighs {loader} bytes by brotli, and {LOADER_BUDGET} are allowed");
    }
    let total: usize = rows.iter().map(|it| it.brotli).sum();
    if total > TOTAL_BUDGET {
        bail!("the widget weighs {total} bytes by brotli, and {TOTAL_BUDGET} are allowed");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(loader: usize, wasm: usize) -> Vec<Row> {
        [("glue", 0), ("loader", loader), ("style + locale en", 0), ("wasm", wasm)]
            .map(|(part, brotli)| Row { part: part.to_owned(), raw: 0, gzip: 0, brotli })
            .into()
    }

    #[test]
    fn the_budgets_are_limits_that_may_be_reached() {
        let check =
            |loader, wasm, expected: Option<&str>| match (judge(&rows(loader, wasm)), expected) {
                (Ok(()), None) => {}
                (Err(error), Some(part)) => assert!(error.to_string().contains(part), "{error}"),
                (result, _) => panic!("{loader} + {wasm}: {result:?}"),
            };
        check(2_048, 97_952, None);
        check(2_049, 0, Some("the loader weighs 2049"));
        check(2_048, 97_953, Some("the widget weighs 100001"));
    }

    #[test]
    fn a_missing_part_is_not_a_light_part() {
        let error = judge(&rows(1, 1)[1..]).unwrap_err();
        assert!(error.to_string().contains("`glue`"), "{error}");
    }

    #[test]
    fn files_are_told_apart_by_their_names() {
        assert_eq!(part("handrail.js"), Some("loader"));
        assert_eq!(part("handrail-0a1b.js"), Some("glue"));
        assert_eq!(part("handrail-0a1b_bg.wasm"), Some("wasm"));
        assert_eq!(part("locales/de-0a1b.json"), Some("locale"));
        assert_eq!(part("handrail-0a1b_bg.wasm.br"), None);
        assert_eq!(part("index.html"), None);
        assert_eq!(part("portal-0a1b.css"), None);
    }
}
