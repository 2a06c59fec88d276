//! Tags: words that agents sort tickets, people and organizations by.

use super::{Invalid, names::unseen};
use api::ticket_change::Tags;

/// Tags of one record.
const MOST: usize = 200;
/// Bytes of one tag.
const MOST_BYTES: usize = 255;

/// Tags as they are kept: words in lower case, by the alphabet, each once. A tag with a blank in it
/// is several.
///
/// # Errors
/// When there are too many or one is too long.
pub fn read(given: &Tags) -> Result<Vec<String>, Invalid> {
    let texts = match given {
        Tags::Each(tags) => tags.as_slice(),
        Tags::Text(text) => std::slice::from_ref(text),
    };
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == ',';
    let words = texts.iter().flat_map(|text| text.split(blank)).filter(|word| !word.is_empty());
    let seen = |word: &str| word.to_lowercase().replace(unseen, "");
    let mut tags: Vec<String> = words.map(seen).filter(|tag| !tag.is_empty()).collect();
    tags.sort_unstable();
    tags.dedup();
    check(tags)
}

/// The tags of a person or an organization after a change: those given, or as they were.
pub(super) fn given(
    given: Option<&Vec<String>>,
    before: &[String],
    invalid: &mut Invalid,
) -> Vec<String> {
    let Some(given) = given else { return before.to_vec() };
    invalid.check(read(&Tags::Each(given.clone()))).unwrap_or_default()
}

/// The tags after a change: `set` in place of what was there, then more, then fewer.
///
/// # Errors
/// As [`read`] has them.
pub fn change(
    before: &[String],
    set: Option<&Tags>,
    more: Option<&Tags>,
    fewer: Option<&Tags>,
) -> Result<Vec<String>, Invalid> {
    let mut tags = match set {
        Some(set) => read(set)?,
        None => before.to_vec(),
    };
    if let Some(more) = more {
        tags.extend(read(more)?);
        tags.sort_unstable();
        tags.dedup();
    }
    if let Some(fewer) = fewer {
        let fewer = read(fewer)?;
        tags.retain(|tag| !fewer.contains(tag));
    }
    check(tags)
}

fn check(tags: Vec<String>) -> Result<Vec<String>, Invalid> {
    if tags.len() > MOST {
        let text = format!("Tags: at most {MOST} can be given");
        return Err(Invalid::one("tags", "TooManyValues", text));
    }
    if tags.iter().any(|tag| tag.len() > MOST_BYTES) {
        let text = format!("Tags: one is above {MOST_BYTES} bytes");
        return Err(Invalid::one("tags", "TooLong", text));
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::{Tags, change, read};

    fn each(tags: &[&str]) -> Tags {
        Tags::Each(tags.iter().map(|tag| (*tag).to_owned()).collect())
    }

    #[test]
    fn tags_are_single_words_in_lower_case_each_once() {
        let given = each(&["Crawler", "big customer", "", " a,b ", "crawler"]);
        assert_eq!(
            read(&given),
            Ok(["a", "b", "big", "crawler", "customer"].map(str::to_owned).into())
        );
        assert_eq!(read(&Tags::Text("x  y".to_owned())), Ok(["x", "y"].map(str::to_owned).into()));
        assert!(read(&each(&["x".repeat(256).as_str()])).is_err());
        let many: Vec<String> = (0..201).map(|tag| tag.to_string()).collect();
        assert!(read(&Tags::Each(many)).is_err());
    }

    #[test]
    fn tags_are_set_added_and_taken_away() {
        let before = ["a".to_owned(), "b".to_owned()];
        let (more, fewer) = (each(&["c", "a"]), each(&["b", "z"]));
        assert_eq!(change(&before, None, Some(&more), Some(&fewer)).unwrap(), ["a", "c"]);
        assert_eq!(change(&before, Some(&each(&[])), None, None).unwrap(), [""; 0]);
        assert_eq!(change(&before, None, None, None).unwrap(), before);
    }
}
