//! Weighs what a user downloads, and holds it to the budgets: what every page of the host pays, what
//! it takes until somebody can write into the form, until the form does all it can, and all there is.
//!
//! The numbers are of the files that the server sends, compressed as it sends them.

use std::{fmt::Write as _, fs};

use anyhow::{Context, Result, bail};

use crate::{
    assets::{brotli, gzip, plain_forms},
    project::Project,
    stamp::files,
};

/// Brotli bytes that every page of the host pays, used or not.
const LOADER_BUDGET: usize = 2_048;
/// Brotli bytes of all that comes before somebody can write, and send: the loader, and boot with the plain form.
const USABLE_BUDGET: usize = 12_000;
/// Brotli bytes of all that comes before the form promises and the widget has taken over.
const FORM_BUDGET: usize = 79_000;
/// Brotli bytes of all that somebody downloads who uses everything.
const TOTAL_BUDGET: usize = 146_000;
/// Brotli bytes of the plain form, in each language.
const PLAIN_BUDGET: usize = 8_192;

/// What is counted, in the order in which a user meets it.
const PARTS: [&str; 6] = ["loader", BOOT, "glue", "wasm", "later wasm", LATER];
/// How many of them come before somebody can write.
const BEFORE_WRITING: usize = 2;
/// How many of them come before the widget's own form stands.
const BEFORE_THE_FORM: usize = 4;

struct Row {
    part: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Row {
    fn weigh(part: &str, bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            part: part.to_owned(),
            raw: bytes.len(),
            gzip: gzip(bytes)?.len(),
            brotli: brotli(bytes)?.len(),
        })
    }
}

/// Prints the table and fails when a budget is exceeded.
pub(crate) fn check(project: &Project) -> Result<()> {
    let dist = project.dist();
    let mut counted = Vec::new();
    for file in files(&dist)? {
        let name = file.strip_prefix(&dist)?.to_string_lossy();
        if let Some(part) = part(&name) {
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            counted.push(Row::weigh(part, &bytes)?);
        }
    }
    counted.sort_by_key(|row| PARTS.iter().position(|part| *part == row.part));
    let plain = plain_forms(project)?;
    let plain =
        plain.iter().map(|(locale, form)| Row::weigh(&format!("plain form {locale}"), form));
    let plain: Vec<_> = plain.collect::<Result<_>>()?;
    println!("{}", table(&counted, &plain));
    judge(&counted)?;
    judge_plain(&plain)
}

/// Boot with the plain form in it. Of the languages, English is counted.
const BOOT: &str = "boot en";
/// Style and texts of the later part, likewise.
const LATER: &str = "later style, texts en";

/// Which part of the download a file is. The portal's page with its own style is none: hosts
/// never load it.
fn part(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')? {
        ("handrail", "js") => Some("loader"),
        (stem, "js") if stem.starts_with("boot-en-") => Some(BOOT),
        (stem, ending) if stem.starts_with("handrail-") => match ending {
            "js" => Some("glue"),
            "wasm" => Some("wasm"),
            _ => None,
        },
        (stem, "wasm") if stem.starts_with("later-") => Some("later wasm"),
        (stem, "json") if stem.starts_with("later-en-") => Some(LATER),
        _ => None,
    }
}

fn table(counted: &[Row], plain: &[Row]) -> String {
    let mut text = format!("{:<28} {:>9} {:>9} {:>9}", "part", "raw", "gzip", "brotli");
    let mut line = |name: &str, raw, gzip, brotli| {
        let _ = write!(text, "\n{name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
    };
    for row in counted {
        line(&row.part, row.raw, row.gzip, row.brotli);
    }
    for (name, rows) in [
        ("until one can write", first(counted, BEFORE_WRITING)),
        ("to the widget's form", first(counted, BEFORE_THE_FORM)),
        ("everything", counted),
    ] {
        let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
        line(name, sum(|it| it.raw), sum(|it| it.gzip), sum(|it| it.brotli));
    }
    for row in plain {
        line(&row.part, row.raw, row.gzip, row.brotli);
    }
    text
}

/// `counted` is in the order of [`PARTS`].
fn first(counted: &[Row], number: usize) -> &[Row] {
    counted.get(..number).unwrap_or(counted)
}

fn judge(rows: &[Row]) -> Result<()> {
    for part in PARTS {
        let found = rows.iter().filter(|it| it.part == part).count();
        if found != 1 {
            bail!("dist/ has {found} files for `{part}`, and one was expected");
        }
    }
    for (what, rows, budget) in [
        ("the loader weighs", first(rows, 1), LOADER_BUDGET),
        ("it takes a user to the first form", first(rows, BEFORE_WRITING), USABLE_BUDGET),
        ("it takes a user to the widget's form", first(rows, BEFORE_THE_FORM), FORM_BUDGET),
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
        let form = USABLE_BUDGET - 2_048;
        let rest = FORM_BUDGET - USABLE_BUDGET;
        let later = TOTAL_BUDGET - FORM_BUDGET;
        assert_eq!(refused([2_048, form, 0, rest, later, 0]), Ok(()));
        assert!(refused([2_049, 0, 0, 0, 0, 0]).unwrap_err().contains("the loader weighs 2049"));
        assert!(refused([2_048, form + 1, 0, 0, 0, 0]).unwrap_err().contains("the first form"));
        assert!(refused([2_048, form, 1, rest, 0, 0]).unwrap_err().contains("widget's form"));
        assert!(refused([2_048, form, 0, rest, later, 1]).unwrap_err().contains("everything"));
    }

    #[test]
    fn the_plain_form_has_a_budget_of_its_own_in_every_language() {
        let plain = |brotli| Row { part: "plain form de".to_owned(), raw: 0, gzip: 0, brotli };
        assert!(judge_plain(&[plain(8_192)]).is_ok());
        let error = judge_plain(&[plain(1), plain(8_193)]).unwrap_err().to_string();
        assert!(error.contains("plain form de weighs 8193"), "{error}");
    }

    #[test]
    fn a_missing_part_is_not_a_light_part() {
        let error = judge(&rows([1; PARTS.len()])[1..]).unwrap_err();
        assert!(error.to_string().contains("`loader`"), "{error}");
    }

    #[test]
    fn files_are_told_apart_by_their_names() {
        assert_eq!(part("handrail.js"), Some("loader"));
        assert_eq!(part("boot-en-0a1b.js"), Some(BOOT));
        assert_eq!(part("boot-de-0a1b.js"), None);
        assert_eq!(part("handrail-0a1b.js"), Some("glue"));
        assert_eq!(part("later-0a1b.wasm"), Some("later wasm"));
        assert_eq!(part("later-en-0a1b.json"), Some(LATER));
        assert_eq!(part("handrail-0a1b_bg.wasm"), Some("wasm"));
        assert_eq!(part("handrail-0a1b_bg.wasm.br"), None);
        assert_eq!(part("index.html"), None);
        assert_eq!(part("portal-0a1b.css"), None);
    }
}
