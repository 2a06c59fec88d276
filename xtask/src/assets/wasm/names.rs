//! The names by which Wasm and scripts know each other. They are long, hashed, and stand twice in
//! what a user downloads: in the Wasm and in its glue. Here they become one or two letters, and
//! exports that no script uses go, with all that hangs on them.

use std::collections::BTreeMap;

use anyhow::Result;

use super::module::{EXPORTS, IMPORTS, Input, Section, put_number, put_sized};

/// New names for old ones.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The new name; that of something too short to be worth it, or too plain to be told from other
    /// words of a script, stays.
    fn of(&mut self, name: &str) -> String {
        if name.len() < 8 || !name.contains("__") {
            return name.to_owned();
        }
        let next = letters(self.0.len());
        self.0.entry(name.to_owned()).or_insert(next).clone()
    }

    /// Renames imports and exports; exports whose name is no word of `script` go.
    pub(super) fn apply(&mut self, sections: &mut [Section], script: &str) -> Result<()> {
        for section in sections {
            match section.id {
                IMPORTS => section.content = self.imports(&section.content)?,
                EXPORTS => section.content = self.exports(&section.content, script)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn imports(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        let mut input = Input(content);
        let count = input.number()?;
        let mut changed = Vec::new();
        put_number(&mut changed, count);
        for _ in 0..count {
            put_sized(&mut changed, input.sized()?);
            put_sized(&mut changed, self.of(input.name()?).as_bytes());
            changed.extend_from_slice(input.span(Input::import)?);
        }
        Ok(changed)
    }

    fn exports(&mut self, content: &[u8], script: &str) -> Result<Vec<u8>> {
        let mut input = Input(content);
        let (mut kept, mut count) = (Vec::new(), 0);
        for _ in 0..input.number()? {
            let name = input.name()?;
            let what = input.span(|input| input.byte().and_then(|_| input.number()).map(drop))?;
            if words(script).any(|word| word == name) {
                put_sized(&mut kept, self.of(name).as_bytes());
                kept.extend_from_slice(what);
                count += 1;
            }
        }
        let mut changed = Vec::new();
        put_number(&mut changed, count);
        changed.extend(kept);
        Ok(changed)
    }

    /// The script with the new names.
    pub(super) fn in_script(&self, script: &str) -> String {
        let mut changed = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(word) = words(rest).next() {
            let at = word.as_ptr() as usize - rest.as_ptr() as usize;
            changed.push_str(rest.get(..at).unwrap_or_default());
            changed.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = rest.get(at + word.len()..).unwrap_or_default();
        }
        changed + rest
    }
}

/// What may be a name in a script.
fn words(script: &str) -> impl Iterator<Item = &str> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '$';
    script.split(move |sign| !is_part(sign)).filter(|word| !word.is_empty())
}

/// `a` to `z`, then `aa` and so on. Names of properties may be any word.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    let mut name = String::new();
    if number >= 26 {
        name.push_str(&letters(number / 26 - 1));
    }
    name.push(letter(number));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exports(names: &[&str]) -> Vec<u8> {
        let mut content = vec![u8::try_from(names.len()).unwrap()];
        for name in names {
            put_sized(&mut content, name.as_bytes());
            content.extend([0, 7]);
        }
        content
    }

    #[test]
    fn names_become_short_on_both_sides_and_unused_exports_go() {
        let script = "w.__wbindgen_malloc(8);w.mount();x.__wbindgen_malloc_other";
        let names = ["__wbindgen_malloc", "mount", "intounderlyingsink_write"];
        let mut sections = [Section { id: EXPORTS, content: exports(&names) }];
        let mut short = Names::default();
        short.apply(&mut sections, script).unwrap();
        assert_eq!(sections[0].content, exports(&["a", "mount"]));
        assert_eq!(short.in_script(script), "w.a(8);w.mount();x.__wbindgen_malloc_other");
    }

    #[test]
    fn imports_keep_what_they_are() {
        let content = [
            1, 1, b'm', 11, b'_', b'_', b'w', b'b', b'g', b'_', b'n', b'e', b'w', b'_', b'1', 0, 3,
        ];
        let mut sections = [Section { id: IMPORTS, content: content.into() }];
        Names::default().apply(&mut sections, "").unwrap();
        assert_eq!(sections[0].content, [1, 1, b'm', 1, b'a', 0, 3]);
    }

    #[test]
    fn there_are_names_enough() {
        assert_eq!([0, 25, 26, 27, 702].map(letters), ["a", "z", "aa", "ab", "aaa"]);
    }
}
