//! E-mail addresses as people type them into one field.

/// The addresses in a text, without repetitions: separated by commas, semicolons or white space,
/// with or without angle brackets.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(|letter: char| letter == ',' || letter == ';' || letter.is_whitespace())
    {
        let address = part.trim_matches(['<', '>', '"']);
        if !address.is_empty() && !found.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            found.push(address.to_owned());
        }
    }
    found
}

/// Whether this can be an address. Only what is certainly wrong is refused here; the server decides.
#[must_use]
pub fn is_plausible(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    !local.is_empty()
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_plausible, split};

    #[test]
    fn takes_the_separators_that_people_use() {
        assert_eq!(
            split(" ben@acme.example, <eva@acme.example>;\nBEN@acme.example  x "),
            ["ben@acme.example", "eva@acme.example", "x"]
        );
        assert!(split(" ,; ").is_empty());
    }

    #[test]
    fn refuses_only_what_is_certainly_wrong() {
        for good in ["a@b.example", "first.last+tag@sub.b.example", "ü@bücher.example"] {
            assert!(is_plausible(good), "{good}");
        }
        for bad in ["x", "@b.example", "a@", "a@b", "a@b..example", "a@@b.example", "a@.example"] {
            assert!(!is_plausible(bad), "{bad}");
        }
    }
}
