//! Addresses that a link may lead to.

/// The address of a link as it is kept; `None` for one that is no plain address of a page or a
/// mailbox. A name before an `@` would let a page pass for another one.
pub(super) fn checked(address: &str) -> Option<String> {
    let address = address.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if address.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return None;
    }
    let (scheme, rest) = address.split_once(':')?;
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    let good = if is("https") || is("http") {
        let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
        !host.is_empty() && !host.contains('@')
    } else {
        is("mailto") && rest.contains('@')
    };
    good.then(|| address.to_owned())
}

/// Whether a link's text tells where it leads.
pub(super) fn tells(text: &str, address: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches('/').to_lowercase();
        let rest = ["https://", "http://", "mailto:"].iter().find_map(|it| text.strip_prefix(it));
        rest.map_or(text.clone(), str::to_owned)
    };
    bare(text) == bare(address)
}

#[cfg(test)]
mod tests {
    use super::{checked, tells};

    #[test]
    fn only_pages_and_mailboxes_are_linked() {
        for good in ["https://a.example/x?y#z", "HTTP://a.example", "mailto:a@b.example"] {
            assert_eq!(checked(&format!(" {good}\n")).as_deref(), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//a.example",
            "/path",
            "https:a.example",
            "https:///x",
            "https:\\\\a.example",
            "https://bank.example@evil.example/",
            "https://a.example/a b",
            "mailto:",
            "",
        ] {
            assert_eq!(checked(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_text_tells_its_address_with_or_without_scheme() {
        assert!(tells("a.example/x", "https://a.example/x/"));
        assert!(tells("A@b.example", "mailto:a@b.example"));
        assert!(!tells("a.example", "https://b.example"));
    }
}
