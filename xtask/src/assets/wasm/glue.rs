//! wasm-bindgen's glue, so written that the bundler sees what nothing uses.
//!
//! Crates below us export classes that the widget never makes (streams of Leptos' server functions).
//! They stay in the bundle, and what they call stays in the Wasm, as long as a line at the top could
//! have an effect.

const DISPOSE: &str = "if (Symbol.dispose) ";
const REGISTRY: &str = "new FinalizationRegistry(";
const PURE_REGISTRY: &str = "/* @__PURE__ */ new FinalizationRegistry(";

pub(super) fn without_effects(glue: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with(DISPOSE));
    let lines: Vec<_> = lines.map(|line| line.replace(REGISTRY, PURE_REGISTRY)).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::without_effects;

    #[test]
    fn nothing_at_the_top_has_an_effect() {
        let glue = "class Sink {}\nif (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;\n\
                    const Ends = typeof x ? {} : new FinalizationRegistry(ptr => free(ptr));\n";
        let expected = "class Sink {}\n\
                        const Ends = typeof x ? {} : /* @__PURE__ */ new FinalizationRegistry(ptr => free(ptr));\n";
        assert_eq!(without_effects(glue), expected);
    }
}
