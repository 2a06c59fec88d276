//! Turns the keys of `locales/en.json` into the enum `Key`, whose numbers are the places of the
//! texts in the arrays that the build writes in the same order. So no key is spelled in the
//! Wasm, and a key that does not exist does not compile.

#[path = "src/i18n/order.rs"]
mod order;

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // The build cuts off what the first Wasm does not need, and has to know who calls whom.
        println!("cargo::rustc-cdylib-link-arg=--emit-relocs");
        // The usual megabyte would be most of what the widget takes of the host's memory; nothing here nests
        // deeply, and what would overflow traps, since the stack lies at the lower end.
        println!("cargo::rustc-cdylib-link-arg=-zstack-size=131072");
    }
    let source = "locales/en.json";
    for path in [source, "src", "embed/plain"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let texts: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(source)?)?;
    let (first, later) = order::keys(&texts, Path::new("."))?;
    let mut code = format!(
        "/// How many texts come with the form.\nconst FIRST: usize = {};\n\n\
         /// The texts of the widget, in the order in which they come.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {{\n",
        first.len()
    );
    for (place, key) in first.into_iter().chain(later).enumerate() {
        let text = texts.get(key).map_or("", String::as_str);
        writeln!(code, "    /// {text}\n    {} = {place},", order::camel_case(key))?;
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), code)?;
    Ok(())
}
