//! E-mail addresses: what is taken for one. Whether it can be reached, only mail can tell.

/// Longest address that SMTP can carry.
const MAX_BYTES: usize = 254;

/// The address in the form in which it is kept and compared, or `None` if it is none.
#[must_use]
pub fn normalize(text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    let label_fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
    (address.len() <= MAX_BYTES && local_fits && domain_fits).then_some(address)
}

/// A name for somebody of whom only the address is known.
#[must_use]
pub fn name_of(address: &str) -> String {
    address.split('@').next().unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn addresses_are_trimmed_and_lowered() {
        assert_eq!(normalize(" Ana@Acme.example ").as_deref(), Some("ana@acme.example"));
        assert_eq!(normalize("o'neil+x@a-b.co.uk").as_deref(), Some("o'neil+x@a-b.co.uk"));
        assert_eq!(normalize("jürgen@müller.example").as_deref(), Some("jürgen@müller.example"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(250));
        for text in [
            "",
            "ana",
            "@acme.example",
            "ana@",
            "ana@acme",
            "a b@acme.example",
            "ana@-x.example",
            "ana@acme..example",
            "ana@acme.example\nbcc: x@y.example",
            ".a@b.example",
            "a..b@c.de",
            "a@b@c.example",
            "ana@acme.example,ben@acme.example",
            "<ana@acme.example>",
            &long,
        ] {
            assert_eq!(normalize(text), None, "{text}");
        }
    }
}
