//! E-mail addresses as people type them into one field.

/// What parts addresses, on the keyboards of all our languages.
const COMMAS: [char; 5] = [',', ';', '،', '、', '，'];

/// The addresses in a text, without repetitions: separated by commas, semicolons or white space,
/// with or without angle brackets.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(|letter: char| COMMAS.contains(&letter) || letter.is_whitespace()) {
        let address = part.trim_matches(['<', '>', '"']);
        if !address.is_empty() && !found.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            found.push(address.to_owned());
        }
    }
    found
}

/// What a field holds, parted: the addresses that are complete, and what is being typed behind the
/// last comma, which may be a name that is looked for.
#[must_use]
pub fn parts(text: &str) -> (Vec<String>, &str) {
    match text.rsplit_once(COMMAS) {
        Some((complete, typed)) => (split(complete), typed.trim_start()),
        None => (Vec::new(), text),
    }
}

/// The text of such a field.
#[must_use]
pub fn joined(complete: &[String], typed: &str) -> String {
    let mut text = String::new();
    for address in complete {
        text.extend([address, ", "]);
    }
    text.push_str(typed);
    text
}

/// What was typed, where it is whole addresses with white space between them: those who paste
/// several use no commas.
#[must_use]
pub fn several(typed: &str) -> Option<Vec<String>> {
    let found = split(typed);
    (found.len() > 1 && found.iter().all(|address| is_plausible(address))).then_some(found)
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
    use super::{is_plausible, joined, parts, several, split};

    #[test]
    fn takes_the_separators_that_people_use() {
        assert_eq!(
            split(" ben@acme.example, <eva@acme.example>;\nBEN@acme.example  x "),
            ["ben@acme.example", "eva@acme.example", "x"]
        );
        assert!(split(" ,; ").is_empty());
        assert_eq!(
            split("a@b.example، c@b.example、d@b.example"),
            ["a@b.example", "c@b.example", "d@b.example"]
        );
    }

    #[test]
    fn what_stands_behind_the_last_comma_is_being_typed() {
        assert_eq!(parts("ben"), (vec![], "ben"));
        assert_eq!(parts("a@b.example、花"), (split("a@b.example"), "花"));
        let (complete, typed) = parts("ben@acme.example; eva@acme.example, Ada Lo");
        assert_eq!(
            (&complete[..], typed),
            (&split("ben@acme.example eva@acme.example")[..], "Ada Lo")
        );
        let text = joined(&complete, typed);
        assert_eq!(text, "ben@acme.example, eva@acme.example, Ada Lo");
        assert_eq!(parts(&text), (complete, typed));
        assert_eq!(parts(&joined(&["x".to_owned()], "")), (vec!["x".to_owned()], ""));
    }

    #[test]
    fn several_addresses_need_no_commas_and_names_are_none() {
        assert_eq!(several("a@b.example c@d.example").map(|found| found.len()), Some(2));
        assert_eq!(several("Ada Lovelace"), None);
        assert_eq!(several("a@b.example"), None);
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
