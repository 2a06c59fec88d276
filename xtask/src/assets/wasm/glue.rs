//! wasm-bindgen's glue, so written that the bundler sees what nothing uses, and that nothing enters a
//! Wasm that broke.
//!
//! Crates below us export classes that the widget never makes (streams of Leptos' server functions).
//! They stay in the bundle, and what they call stays in the Wasm, as long as a line at the top could
//! have an effect.

use anyhow::{Result, ensure};

const DISPOSE: &str = "if (Symbol.dispose) ";
const REGISTRY: &str = "new FinalizationRegistry(";
const PURE_REGISTRY: &str = "/* @__PURE__ */ new FinalizationRegistry(";

/// Where the glue first has what the Wasm exports.
const EXPORTS: &str = "wasm = instance.exports;";

/// Every call into the Wasm passes here. One that breaks off leaves it in a state that nobody has thought
/// of, so it is the last: those that follow do nothing. Whoever watches is told why, once; the error goes
/// on its way, to the browser's console with the places in the Wasm. Who comes to watch later is told what
/// broke it before.
const GUARD: &str = r#"
let broken, tell;
export const watch = (how) => ((tell = how), broken);
export const guard = (call, silence) => (...values) => {
    // The glue looks into what some of them answer.
    if (broken) return [];
    try {
        return call(...values);
    } catch (cause) {
        // A trap, or a stack that has run out; what a function of the page threw is something else. It passes here once
        // more for each call that it was called from.
        if (!broken && (cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError || cause.name == "InternalError")) {
            broken = cause;
            try {
                silence();
            } catch {}
            tell?.(cause);
        }
        throw cause;
    }
};
const guarded = (exports) => {
    const all = {};
    for (const [name, it] of Object.entries(exports)) all[name] = it.call ? guard(it, exports.silence) : it;
    return all;
};
"#;

/// The glue, as the bundler is to see it.
pub(super) fn finished(glue: &str) -> Result<String> {
    ensure!(glue.matches(EXPORTS).count() == 1, "wasm-bindgen writes its glue in another way now");
    let lines = glue.lines().filter(|line| !line.starts_with(DISPOSE));
    let lines: Vec<_> = lines.map(|line| line.replace(REGISTRY, PURE_REGISTRY)).collect();
    let glue = lines.join("\n") + GUARD;
    Ok(glue.replace(EXPORTS, "wasm = guarded(instance.exports);"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_at_the_top_has_an_effect() {
        let glue = "class Sink {}\nif (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;\n\
                    const Ends = typeof x ? {} : new FinalizationRegistry(ptr => free(ptr));\n\
                    wasm = instance.exports;\n";
        let expected = "class Sink {}\n\
                        const Ends = typeof x ? {} : /* @__PURE__ */ new FinalizationRegistry(ptr => free(ptr));\n\
                        wasm = guarded(instance.exports);\n";
        assert!(finished(glue).unwrap().starts_with(expected));
        assert!(finished("").is_err());
    }
}
