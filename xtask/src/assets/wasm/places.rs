//! Blanks, in the places that panics name, what stands before the crate: the folders of the machine
//! that built it. They are nobody's business, and a Wasm without them is the same wherever it is built.
//!
//! The texts keep their length, for the code knows it; the panic hook leaves the blanks out.

use super::module::{DATA, Section};

/// Where the compiler's own sources are said to be, before the hash of its version.
const RUSTC: &str = "/rustc/";

/// `crates` is the folder in which cargo unpacks crates, with a slash at its end.
pub(super) fn blank(sections: &mut [Section], crates: &str) {
    for section in sections.iter_mut().filter(|it| it.id == DATA) {
        for folder in [crates, RUSTC] {
            blank_all(&mut section.content, folder.as_bytes());
        }
    }
}

/// The folder and the one in it: a registry, or a version of the compiler.
fn blank_all(data: &mut [u8], folder: &[u8]) {
    let mut from = 0;
    while let Some(found) = data.get(from..).and_then(|rest| position(rest, folder)) {
        let start = from + found;
        let inside = start + folder.len();
        let rest = data.get(inside..).unwrap_or_default();
        let name = rest.iter().take_while(|byte| is_of_name(**byte)).count();
        from = inside + name;
        if rest.get(name) == Some(&b'/')
            && let Some(path) = data.get_mut(start..=from)
        {
            path.fill(b' ');
        }
    }
}

fn position(data: &[u8], wanted: &[u8]) -> Option<usize> {
    data.windows(wanted.len()).position(|part| part == wanted)
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_place_within_a_crate_is_left() {
        // As they stand in a Wasm: nothing parts one text from the next.
        let data = b"text/home/me/src/index-0a1b/chrono-1/src/a.rstext/rustc/0a1b/library/b.rs";
        let mut sections = [Section { id: DATA, content: data.to_vec() }];
        blank(&mut sections, "/home/me/src/");
        let text = String::from_utf8(sections[0].content.clone()).unwrap();
        assert_eq!(text.len(), data.len());
        let words: Vec<_> = text.split(' ').filter(|word| !word.is_empty()).collect();
        assert_eq!(words, ["text", "chrono-1/src/a.rstext", "library/b.rs"]);
    }
}
