//! Which part of a file is asked for (RFC 9110, 13 and 14). One range at most: several would cost a
//! multipart answer that no client of ours asks for, and may be answered with the whole.

use axum::http::{HeaderMap, HeaderName, header};

/// What to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Bytes from the first up to and with the last.
    Range { first: u64, last: u64 },
    /// Nothing: no byte of the file is in the range.
    Unsatisfiable,
    /// Nothing: the caller has it already.
    Known,
}

/// Reads the conditions of a call for a file of `size` bytes under an entity tag, quotes included.
pub(super) fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Part {
    if text(headers, &header::IF_NONE_MATCH).is_some_and(|tags| lists(tags, tag)) {
        return Part::Known;
    }
    let Some(range) = text(headers, &header::RANGE) else { return Part::Whole };
    // A date is no tag of ours, and an older tag is of other bytes: then the whole is sent anew.
    if text(headers, &header::IF_RANGE).is_some_and(|known| known.trim() != tag) {
        return Part::Whole;
    }
    range.trim().strip_prefix("bytes=").and_then(|spec| read(spec, size)).unwrap_or(Part::Whole)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn lists(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// One range. None for what is no range, or several: the header is ignored then.
fn read(spec: &str, size: u64) -> Option<Part> {
    let (first, last) = spec.trim().split_once('-')?;
    let part = match (number(first)?, number(last)?) {
        (None, None) => return None,
        // The last so many bytes.
        (None, Some(0)) => Part::Unsatisfiable,
        (None, Some(_)) if size == 0 => Part::Unsatisfiable,
        (None, Some(count)) => {
            Part::Range { first: size.saturating_sub(count), last: size.saturating_sub(1) }
        }
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), _) if first >= size => Part::Unsatisfiable,
        (Some(first), last) => {
            let end = size.saturating_sub(1);
            Part::Range { first, last: last.map_or(end, |last| last.min(end)) }
        }
    };
    Some(part)
}

/// A number or nothing; none for anything else. One that is too large stands for the largest.
#[expect(clippy::option_option, reason = "nothing, nothing written, or a number")]
fn number(text: &str) -> Option<Option<u64>> {
    match text {
        "" => Some(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, wanted};
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    fn asked(pairs: &[(&'static str, &'static str)], size: u64) -> Part {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        wanted(&pairs.collect::<HeaderMap>(), "\"tag\"", size)
    }

    #[test]
    fn a_single_range_is_read_and_all_else_means_the_whole() {
        let range = |first, last| Part::Range { first, last };
        for (spec, expected) in [
            ("bytes=0-0", range(0, 0)),
            ("bytes=0-9", range(0, 9)),
            ("bytes=3-5", range(3, 5)),
            ("bytes=3-", range(3, 9)),
            ("bytes=-3", range(7, 9)),
            ("bytes=-99", range(0, 9)),
            ("bytes=9-99999999999999999999999", range(9, 9)),
            ("bytes=10-", Part::Unsatisfiable),
            ("bytes=99999999999999999999999-", Part::Unsatisfiable),
            ("bytes=-0", Part::Unsatisfiable),
            ("bytes=5-3", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=1--2", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("0-1", Part::Whole),
        ] {
            assert_eq!(asked(&[("range", spec)], 10), expected, "{spec}");
        }
        for spec in ["bytes=0-", "bytes=-1", "bytes=0-0"] {
            assert_eq!(asked(&[("range", spec)], 0), Part::Unsatisfiable, "{spec}");
        }
    }

    #[test]
    fn conditions_are_looked_at_before_the_range() {
        let range = ("range", "bytes=0-0");
        let part = Part::Range { first: 0, last: 0 };
        for (condition, expected) in [
            (("if-range", "\"tag\""), part),
            (("if-range", "\"other\""), Part::Whole),
            (("if-range", "W/\"tag\""), Part::Whole),
            (("if-range", "Mon, 02 Mar 2026 08:14:05 GMT"), Part::Whole),
            (("if-none-match", "\"other\""), part),
            (("if-none-match", "\"other\", W/\"tag\""), Part::Known),
            (("if-none-match", "*"), Part::Known),
        ] {
            assert_eq!(asked(&[range, condition], 10), expected, "{condition:?}");
        }
    }
}
