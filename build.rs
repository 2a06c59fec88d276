//! Turns the keys of `locales/en.json` into the enum `Key`, whose numbers are the places of the
//! texts in the array that the build writes from the same sorted keys. So no key is spelled in the
//! Wasm, and a key that does not exist does not compile.

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    // The build cuts off what the first Wasm does not need, and has to know who calls whom.
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-cdylib-link-arg=--emit-relocs");
    }
    let source = "locales/en.json";
    println!("cargo::rerun-if-changed={source}");
    let texts: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(source)?)?;
    let mut code = String::from(
        "/// The texts of the widget, in the order of the locale files.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {\n",
    );
    // The texts of the scripts before the widget travel with those.
    let own =
        texts.iter().filter(|(key, _)| !key.starts_with("loader_") && !key.starts_with("plain_"));
    for (place, (key, text)) in own.enumerate() {
        writeln!(code, "    /// {text}\n    {} = {place},", camel_case(key))?;
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), code)?;
    Ok(())
}

fn camel_case(key: &str) -> String {
    key.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters)).into_iter().flatten()
        })
        .collect()
}
