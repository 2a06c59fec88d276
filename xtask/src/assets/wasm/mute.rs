//! Takes most of the writing of panic messages out of the Wasm.
//!
//! Whatever can panic brings the code that would write its message: numbers, ranges, quoted text, in
//! 2 KB by brotli, for lines that next to nobody reads. Here the bodies of those functions become
//! "written". Formatting of texts stays, since crates below us do it for other reasons: gloo-net writes
//! the query of an address so. A panic still runs its hook, which tells place and constant message by
//! other means (`src/host/panic.rs`).

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};

use super::module::{
    CODE, CUSTOM, FUNCTIONS, IMPORTS, Input, Section, TYPES, put_number, put_sized,
};

/// No local variables, `i32.const 0`, end: what `Ok(())` is to a caller.
const WRITTEN: [u8; 4] = [0, 0x41, 0, 0x0b];
const I32: u8 = 0x7f;

/// Smaller bodies gain nothing, and the compiler may have made one of them and of another function
/// that happens to be the same.
const SMALLEST: usize = 60;

/// Whether a function writes what only messages of panics contain: numbers, and values as code.
fn writes(name: &str) -> bool {
    let parts = [
        "fmt::Debug>::fmt",
        "Hex>::fmt",
        "fmt::builders::",
        "Formatter>::debug_",
        "::pad_integral",
    ];
    // Not `<u64>::_fmt`, which is what `to_string` of a number is made of.
    let is_number = || name.starts_with("<i") || name.starts_with("<u");
    parts.iter().any(|part| name.contains(part))
        || (is_number() && name.contains("fmt::Display>::fmt"))
}

/// Empties the functions; tells how many bytes went.
pub(super) fn mute(sections: &mut [Section]) -> Result<usize> {
    let content = |id| sections.iter().find(|it| it.id == id).map(|it| Input(&it.content));
    let names = names(sections)?;
    ensure!(!names.is_empty(), "the Wasm has lost the names of its functions");
    let imported = imported_functions(content(IMPORTS))?;
    let answers = answering_types(content(TYPES).context("no types")?)?;
    let mut types = content(FUNCTIONS).context("no functions")?;
    types.number()?;
    let code = sections.iter().find(|it| it.id == CODE).context("no code")?;
    let mut bodies = Input(&code.content);
    let count = bodies.number()?;
    let mut changed = Vec::with_capacity(code.content.len());
    put_number(&mut changed, count);
    for place in 0..count {
        let body = bodies.sized()?;
        let answers_i32 = answers.get(types.number()?).copied().unwrap_or_default();
        let name = names.get(&(imported + place)).copied().unwrap_or_default();
        let emptied = answers_i32 && body.len() >= SMALLEST && writes(name);
        put_sized(&mut changed, if emptied { &WRITTEN } else { body });
    }
    let gone = code.content.len() - changed.len();
    for section in sections.iter_mut().filter(|it| it.id == CODE) {
        section.content = std::mem::take(&mut changed);
    }
    Ok(gone)
}

/// Of each type, whether it is that of a function with one answer, an i32.
fn answering_types(mut types: Input<'_>) -> Result<Vec<bool>> {
    (0..types.number()?)
        .map(|_| {
            ensure!(types.byte()? == 0x60, "a type is not that of a function");
            types.sized()?;
            Ok(types.sized()? == [I32])
        })
        .collect()
}

fn imported_functions(imports: Option<Input<'_>>) -> Result<usize> {
    let Some(mut imports) = imports else { return Ok(0) };
    let mut functions = 0;
    for _ in 0..imports.number()? {
        imports.sized()?;
        imports.sized()?;
        functions += usize::from(imports.0.first() == Some(&0));
        imports.import()?;
    }
    Ok(functions)
}

/// The names of functions by their numbers, from the section that debuggers read.
fn names(sections: &[Section]) -> Result<HashMap<usize, &str>> {
    let mut names = HashMap::new();
    for section in sections.iter().filter(|it| it.id == CUSTOM) {
        let mut input = Input(&section.content);
        if input.name()? != "name" {
            continue;
        }
        while !input.0.is_empty() {
            let kind = input.byte()?;
            let mut list = Input(input.sized()?);
            if kind == 1 {
                for _ in 0..list.number()? {
                    names.insert(list.number()?, list.name()?);
                }
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{super::module, *};

    /// A body of this length that answers 5.
    fn body(length: u8) -> Vec<u8> {
        let mut body = vec![0];
        body.extend((0..length - 4).map(|_| 0x01));
        body.extend([0x41, 5, 0x0b]);
        body
    }

    /// Two functions without parameters; the second has the given name.
    fn module_with(name: &str, body: &[u8]) -> Vec<Section> {
        let mut names = vec![4];
        names.extend(*b"name");
        let mut list = vec![1, 1];
        put_sized(&mut list, name.as_bytes());
        names.push(1);
        put_sized(&mut names, &list);
        let mut code = vec![2];
        put_sized(&mut code, body);
        put_sized(&mut code, body);
        [
            (TYPES, vec![1, 0x60, 0, 1, I32]),
            (FUNCTIONS, vec![2, 0, 0]),
            (CODE, code),
            (CUSTOM, names),
        ]
        .map(|(id, content)| Section { id, content })
        .into()
    }

    #[test]
    fn what_writes_numbers_and_code_is_emptied_and_nothing_else() {
        for (name, length, gone) in [
            ("<char as core[c593]::fmt::Debug>::fmt", 60, 56),
            ("<u32 as core[c593]::fmt::Display>::fmt", 60, 56),
            ("<core[c593]::fmt::Formatter>::pad_integral", 100, 96),
            ("<char as core[c593]::fmt::Debug>::fmt", 59, 0),
            ("<str as core[c593]::fmt::Display>::fmt", 60, 0),
            ("core[c593]::fmt::write", 60, 0),
            ("<u64>::_fmt", 60, 0),
        ] {
            let mut sections = module_with(name, &body(length));
            assert_eq!(mute(&mut sections).unwrap(), gone, "{name}");
            assert!(sections[2].content.ends_with(&[if gone > 0 { 0 } else { 5 }, 0x0b]), "{name}");
            assert!(module::read(&module::write(&sections)).is_ok());
        }
    }

    #[test]
    fn a_wasm_without_names_is_refused() {
        let mut sections = module_with("", &body(60));
        sections.pop();
        assert!(mute(&mut sections).unwrap_err().to_string().contains("names"));
    }
}
