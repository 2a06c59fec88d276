//! Whether words and severity plainly disagree. It hints and decides nothing: support does.
//!
//! The words come from the locale file, separated by commas, in lower case: what makes somebody
//! write "down" or "typo" is a matter of language.

use sla::Severity;

/// Which way they disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The words are of an outage, the severity is not.
    SoundsWorse,
    /// The words are of a question or a blemish, the severity is of an outage.
    SoundsBetter,
}

/// Compares; `high` and `low` are the lists of words. Words of both kinds say nothing.
#[must_use]
pub fn mismatch(severity: Severity, texts: [&str; 2], high: &str, low: &str) -> Option<Mismatch> {
    let speaks_of = |words: &str| {
        let mut words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.any(|word| texts.iter().any(|text| contains(text, word)))
    };
    match (severity, speaks_of(high), speaks_of(low)) {
        (Severity::S2 | Severity::S3, true, false) => Some(Mismatch::SoundsWorse),
        (Severity::S0 | Severity::S1, false, true) => Some(Mismatch::SoundsBetter),
        _ => None,
    }
}

/// Whether a text has a word or a phrase, in upper or lower case, and not as a part of a longer word.
/// Letters beyond ASCII part words: a script without blanks between them still finds its words, and
/// the tables of Unicode would weigh more than this hint is worth.
fn contains(text: &str, word: &str) -> bool {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    bytes.windows(word.len()).enumerate().any(|(at, part)| {
        part.eq_ignore_ascii_case(word)
            && !is_letter(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_letter(bytes.get(at + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::{Mismatch, mismatch};
    use sla::Severity;

    const HIGH: &str = "down, outage, all customers, 停止";
    const LOW: &str = "typo, question, how do i";

    fn check(severity: Severity, subject: &str, description: &str, expected: Option<Mismatch>) {
        let found = mismatch(severity, [subject, description], HIGH, LOW);
        assert_eq!(found, expected, "{severity:?} {subject:?} {description:?}");
    }

    #[test]
    fn words_of_an_outage_disagree_with_a_low_severity() {
        for severity in [Severity::S2, Severity::S3] {
            check(severity, "Everything is DOWN!", "", Some(Mismatch::SoundsWorse));
            check(severity, "", "It hits all customers.", Some(Mismatch::SoundsWorse));
            check(severity, "サービスが停止しています", "", Some(Mismatch::SoundsWorse));
            check(severity, "A typo", "", None);
        }
        check(Severity::S0, "Everything is down", "", None);
    }

    #[test]
    fn words_of_a_question_disagree_with_a_high_severity() {
        for severity in [Severity::S0, Severity::S1] {
            check(severity, "How do I export?", "", Some(Mismatch::SoundsBetter));
            check(severity, "Exports fail", "Just a question", Some(Mismatch::SoundsBetter));
        }
        check(Severity::S3, "How do I export?", "", None);
    }

    #[test]
    fn parts_of_words_and_contradictions_say_nothing() {
        check(Severity::S3, "The dropdown and the download", "", None);
        check(Severity::S3, "A question about the outage", "", None);
        check(Severity::S0, "A question about the outage", "", None);
        check(Severity::S3, "", "", None);
    }
}
