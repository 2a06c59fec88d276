//! The declarations of the handle, as the npm package ships them: they say what hosts may write, what
//! docs/EMBEDDING.md says, and what the handle has.

use crate::support::{driver::named, people::ANA, stage::Stage};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(checkout(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of an interface, braces included.
fn interface<'a>(text: &'a str, name: &str) -> &'a str {
    let head = format!("interface {name} {{\n");
    let start = text.find(&head).unwrap_or_else(|| panic!("no {head}"));
    let length = text[start..].find("\n}\n").expect("it ends");
    &text[start..start + length]
}

/// The members of an interface, as far as they stand at the left.
fn members(interface: &str) -> Vec<&str> {
    let lines = interface.lines().filter_map(|line| line.strip_prefix("  "));
    let names =
        lines.filter(|line| line.starts_with(|first: char| first.is_alphabetic() || first == '"'));
    let end = |sign: char| matches!(sign, '(' | '<' | ':' | '?');
    let mut names: Vec<&str> = names
        .map(|line| match line.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap_or(quoted),
            None => line.split(end).next().unwrap_or(line),
        })
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_document_shows_the_declarations_as_they_are() {
    let (declared, shown) = (text("npm/index.d.ts"), text("docs/EMBEDDING.md"));
    for name in ["Handrail", "Prefill", "HandrailEvents"] {
        assert_eq!(interface(&shown, name), interface(&declared, name), "{name}");
    }
}

#[test]
fn the_document_shows_the_components_that_are_tested() {
    let shown = text("docs/EMBEDDING.md");
    for path in ["react/Support.jsx", "vue/Support.vue", "svelte/Support.svelte"] {
        let component = text(&format!("tests/frameworks/{path}"));
        assert!(shown.contains(&component), "docs/EMBEDDING.md shows another {path}");
    }
}

/// Each option is an attribute that the document has, and the other way round.
#[test]
fn the_options_are_those_of_the_tag() {
    let declared = text("npm/index.d.ts");
    let declared = members(interface(&declared, "HandrailOptions"));
    let shown = text("docs/EMBEDDING.md");
    let shown = shown.lines().filter_map(|line| line.strip_prefix("| `data-")?.split('`').next());
    // What is `tokenUrl` in a data set is `token-url` in the tag.
    let camel = |name: &str| {
        let mut words = name.split('-');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| [&name, &word[..1].to_uppercase(), &word[1..]].concat())
    };
    let mut expected: Vec<String> = shown.map(camel).collect();
    expected.extend(["nonce", "src"].map(str::to_owned));
    expected.sort_unstable();
    assert_eq!(declared, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handle_has_what_is_declared() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    let has = ana.browser.script("return Object.keys(Handrail).sort()").await;
    let declared = text("npm/index.d.ts");
    assert_eq!(has, serde_json::json!(members(interface(&declared, "Handrail"))));
    ana.leave().await;
}

/// TypeScript's own compiler reads examples against the package as it is packed.
#[test]
fn examples_are_right_and_mistakes_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("node_modules/handrail-widget");
    fs::create_dir_all(&package).expect("a folder");
    let pack = ["pack", "--silent", "--pack-destination"];
    run(Command::new("npm").args(pack).arg(folder.path()).current_dir(checkout("npm")));
    let packed = fs::read_dir(folder.path()).expect("it can be read");
    let packed = packed.flatten().map(|entry| entry.path());
    let packed = packed.into_iter().find(|path| path.extension().is_some_and(|it| it == "tgz"));
    let unpack = ["--strip-components=1", "-xzf"];
    run(Command::new("tar").args(unpack).arg(packed.expect("a package")).arg("-C").arg(&package));
    let examples = folder.path().join("examples.mts");
    fs::copy(checkout("tests/types/examples.mts"), &examples).expect("it can be copied");
    let modules = named("HANDRAIL_TYPESCRIPT");
    let modules = modules.expect("`cargo xtask test` installs TypeScript and names it");
    let compiler = Path::new(&modules).join(".bin/tsc");
    let strict = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext"];
    run(Command::new(compiler).args(strict).args(["--lib", "es2022,dom"]).arg(&examples));
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}\n{wrong}");
}
