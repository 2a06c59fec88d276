//! Names of files, as people have them, made safe to show and to save under.
//!
//! What makes a name dangerous goes: paths, control characters, characters that turn the direction
//! of reading (so that `…fdp.exe` shows as `…exe.pdf`), names that mean a device or a hidden file. A
//! name that somebody can really have is never refused. On our disk files have names of ours.

use super::Invalid;

/// What a file is called whose name has nothing left.
const NAMELESS: &str = "file";

/// Names that Windows keeps for devices, whatever ending follows.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Why a name is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    Invalid(Invalid),
    /// Longer than any file system allows.
    TooLong {
        most: u32,
    },
}

/// The name as it is kept. `most` counts characters.
///
/// # Errors
/// When there is none, or it is too long.
pub fn clean(given: Option<&str>, most: u32) -> Result<String, NameError> {
    let given = given.unwrap_or_default();
    if given.trim().is_empty() {
        let text = "Filename: cannot be blank";
        return Err(NameError::Invalid(Invalid::one("filename", "BlankValue", text)));
    }
    let last = given.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name: String = last.chars().filter_map(character).collect();
    // Windows drops dots and blanks at the end, and so would make two names one.
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    let mut name = name.trim_start().to_owned();
    if name.starts_with('.') {
        name.replace_range(..1, "_");
    }
    if is_device(&name) {
        name.insert(0, '_');
    }
    if name.is_empty() {
        name.push_str(NAMELESS);
    }
    if name.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(NameError::TooLong { most });
    }
    Ok(name)
}

/// The name of a picture's preview.
#[must_use]
pub fn of_preview(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}_thumb.{ending}")
}

/// The ending in lower case, without its dot; empty without one.
#[must_use]
pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

/// A character as it is kept, or none where it is dropped.
fn character(c: char) -> Option<char> {
    match c {
        // Not all blanks look like one: macOS puts a narrow one into names of screenshots.
        c if c.is_whitespace() && !c.is_control() => Some(' '),
        c if c.is_control() => None,
        // Marks and overrides of direction; what has no width or no sight. The two joiners stay: some
        // languages and many emoji are written with them.
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{ad}'
        | '\u{180e}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => None,
        // What is no character, and what stands for bytes that were not UTF-8.
        '\u{fffd}'..='\u{ffff}' | '\u{fdd0}'..='\u{fdef}' => Some('_'),
        c if u32::from(c) & 0xfffe == 0xfffe => Some('_'),
        // Not allowed in names on Windows.
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => Some('_'),
        c => Some(c),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9")
                || matches!(rest, "¹" | "²" | "³")
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::{NameError, clean, of_preview};
    use proptest::prelude::*;

    fn cleaned(given: &str) -> String {
        clean(Some(given), 255).unwrap()
    }

    #[test]
    fn names_that_people_have_stay_as_they_are() {
        for name in [
            "har.zip",
            "Screenshot from 2026-03-02 09-14-05.png",
            "Größe & Maß (Kopie 2).xlsx",
            "日本語のファイル名.txt",
            "تقرير.pdf",
            "می\u{200c}خواهم.docx",
            "👩\u{200d}💻.gif",
            "a.tar.gz",
            "no ending",
            "it's 100%25 #1 +1;x=[y]{z}~$.log",
            "-rf",
            "console.log",
            "common.js",
        ] {
            assert_eq!(cleaned(name), name);
        }
        assert_eq!(cleaned(&"ü".repeat(255)), "ü".repeat(255));
    }

    #[test]
    fn what_is_dangerous_in_a_name_goes() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\win.ini", "win.ini"),
            ("C:\\fakepath\\photo.jpg", "photo.jpg"),
            ("folder/", "folder"),
            ("..", "file"),
            (".", "file"),
            ("/", "file"),
            ("\u{0}", "file"),
            ("\u{200b}", "file"),
            (".env", "_env"),
            ("...hidden.txt", "_..hidden.txt"),
            ("a.txt. . ", "a.txt"),
            ("  a.txt", "a.txt"),
            ("a\u{0}.exe\u{0}.png", "a.exe.png"),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie_ x.png"),
            ("annual\u{202e}fdp.exe", "annualfdp.exe"),
            ("\u{2066}a\u{2069}\u{200f}\u{feff}.png", "a.png"),
            ("a<b>:\"|?*.png", "a_b______.png"),
            ("nul", "_nul"),
            ("Con.txt", "_Con.txt"),
            ("COM1 .log", "_COM1 .log"),
            ("lpt².pdf", "_lpt².pdf"),
            ("bytes\u{fffd}that\u{ffff}are.none", "bytes_that_are.none"),
            ("at 1.23.45\u{202f}PM.png", "at 1.23.45 PM.png"),
        ] {
            assert_eq!(cleaned(given), kept, "{given:?}");
        }
    }

    #[test]
    fn without_a_name_or_with_one_that_no_disk_takes_it_is_refused() {
        for given in [None, Some(""), Some("  ")] {
            assert!(matches!(clean(given, 255), Err(NameError::Invalid(_))));
        }
        let long = "x".repeat(256);
        assert_eq!(clean(Some(&long), 255), Err(NameError::TooLong { most: 255 }));
        // The path of a name is not part of it.
        assert_eq!(clean(Some(&format!("{long}/a.png")), 255).unwrap(), "a.png");
    }

    #[test]
    fn a_preview_is_named_after_its_picture() {
        assert_eq!(of_preview("a.b.png", "jpg"), "a.b_thumb.jpg");
        assert_eq!(of_preview("a", "png"), "a_thumb.png");
    }

    proptest! {
        #[test]
        fn whatever_is_given_the_name_is_one_safe_part_of_a_path(given in "\\PC*|.*") {
            if let Ok(name) = clean(Some(&given), 255) {
                prop_assert!(!name.is_empty() && !name.starts_with('.') && !name.ends_with('.'));
                let unfit = ['/', '\\', '\0', '\n', '\r', '"', '\u{202e}'];
                prop_assert!(!name.contains(unfit));
                // What is clean stays as it is.
                prop_assert_eq!(clean(Some(&name), 255), Ok(name));
            }
        }
    }
}
