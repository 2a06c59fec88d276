//! The portal's page. Trunk leaves its own tags in it when it does not inject the start of the Wasm.

use std::{fs, path::Path};

use anyhow::{Context, Result};

pub(super) fn publish(staging: &Path) -> Result<()> {
    let file = staging.join("index.html");
    let text = fs::read_to_string(&file).context("Trunk made no index.html")?;
    fs::write(&file, without_build_notes(&text)).context("cannot write index.html")
}

/// Removes Trunk's tags and our comments: they tell about the build, and users need neither.
fn without_build_notes(html: &str) -> String {
    let html = without(html, "<link data-trunk", ">");
    let html = without(&html, "<!--", "-->");
    let lines: Vec<&str> = html.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n") + "\n"
}

fn without(html: &str, start: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(start) {
        kept.push_str(before);
        rest = after.split_once(end).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_itself_is_left() {
        let html = "<!DOCTYPE html>\n<head>\n  <!-- why\n  > this -->\n  <link data-trunk rel=\"rust\"\n    \
                    data-wasm-opt=\"z\">\n  <link rel=\"icon\" href=\"i.svg\">\n</head>\n";
        let expected = "<!DOCTYPE html>\n<head>\n  <link rel=\"icon\" href=\"i.svg\">\n</head>\n";
        assert_eq!(without_build_notes(html), expected);
    }
}
