//! The script between the two parts of the Wasm. The splitter writes one that downloads the later
//! part by itself; ours lets boot do that, who knows its name and its hash.

use anyhow::{Result, ensure};

/// How the splitter's script downloads; what stands between is the name of the file.
const FETCH: (&str, &str) = ("fetch(new URL(", ", import.meta.url))");
const INSTANTIATE: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// A download that failed, which is a `TypeError`, boot explains.
const TELL: (&str, &str) = ("console.error(e)", "e instanceof TypeError || console.error(e)");

/// How the splitter tells the Wasm that the part is there: past the glue, and so past what watches it.
const ENTER: (&str, &str) = (
    "sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)(",
    "guard(sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex))(",
);
const IMPORT: (&str, &str) = ("{ initSync }", "{ guard, initSync }");
/// `provide` takes the function by which boot brings the bytes, and tells whether they have come before.
const PROVIDE: &str = "let bring, came;\nexport const provide = (how) => ((bring = how), came);\n";
const OWN: &str =
    "WebAssembly.instantiate(await src, imports).then((part) => ((came = true), part))";

pub(super) fn with_own_download(script: &str) -> Result<String> {
    let places = script.matches(FETCH.0).count();
    ensure!(places == 1, "the splitter made {places} later parts, and one was expected");
    for known in [INSTANTIATE, TELL.0, ENTER.0, IMPORT.0] {
        ensure!(script.matches(known).count() == 1, "the splitter's script has changed: {known}");
    }
    let (before, rest) = script.split_once(FETCH.0).unwrap_or((script, ""));
    let (_, behind) = rest.split_once(FETCH.1).unwrap_or((rest, ""));
    let script = [PROVIDE, before, "bring()", behind].concat();
    Ok(script
        .replace(INSTANTIATE, OWN)
        .replace(TELL.0, TELL.1)
        .replace(ENTER.0, ENTER.1)
        .replace(IMPORT.0, IMPORT.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boot_downloads_the_later_part() {
        let script = "import { initSync } from \"./handrail.js\";\nconsole.error(e);\n\
                      sharedImports.__wasm_split.__indirect_function_table.get(callbackIndex)(callbackData, success);\n\
                      const src = fetch(new URL(\"./split_later.wasm\", import.meta.url));\n\
                      return async (imports) => (WebAssembly.instantiateStreaming(src, imports));";
        let own = with_own_download(script).unwrap();
        assert!(own.contains(
            "const src = bring();\nreturn async (imports) => (WebAssembly.instantiate(await src, "
        ));
        assert!(with_own_download("").unwrap_err().to_string().contains("0 later parts"));
        assert!(with_own_download(&script.replace("Streaming", "")).is_err());
    }
}
