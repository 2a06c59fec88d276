//! The page of the demo's product: its files, and what is filled into them.
//!
//! All that is filled in comes from this program, but for the host's name, which is checked.

use super::people::{PEOPLE, Person};
use crate::AppState;
use axum::http::{HeaderMap, header};

pub(super) const STYLE: &str =
    concat!(include_str!("page/larkspur.css"), include_str!("page/content.css"));
pub(super) const SCRIPT: &str = include_str!("page/larkspur.js");
pub(super) const MARK: &str = include_str!("page/larkspur.svg");
const PAGE: &str = include_str!("page/index.html");

/// The page as one person sees it.
pub(super) fn render(person: &Person, support: &str) -> String {
    let people: String = PEOPLE.iter().map(|other| entry(other, person)).collect();
    PAGE.replace("{support}", support)
        .replace("{people}", &people)
        .replace("{key}", person.key)
        .replace("{name}", person.name)
        .replace("{initials}", person.initials)
        .replace("{organization}", person.organization)
}

/// One person in the menu.
fn entry(person: &Person, current: &Person) -> String {
    let Person { key, name, initials, role, organization, plan, .. } = person;
    let pressed = *key == current.key;
    format!(
        "<button type=\"button\" data-switch=\"{key}\" aria-pressed=\"{pressed}\">\
         <span class=\"avatar\" aria-hidden=\"true\">{initials}</span>\
         <span><b>{name}</b><br><small>{role}<br>{organization}, plan {plan}</small></span>\
         </button>"
    )
}

/// What a careful product allows its page: its own files, and the support server's. There is no
/// `unsafe-inline`; this policy is the one of docs/EMBEDDING.md.
pub(super) fn policy(support: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {support} 'wasm-unsafe-eval'; \
         connect-src 'self' {support}; style-src 'self'; img-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The support server's address, as this caller reaches it.
pub(super) fn support_origin(state: &AppState, headers: &HeaderMap) -> String {
    match state.config.public_urls.first() {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{}:{}", host_name(headers), state.addresses.support.port()),
    }
}

/// The name by which the caller reached this machine, so that cookies of one port hold on the
/// other: browsers tell `localhost` and `127.0.0.1` apart. It ends up in the page, hence the check.
pub(super) fn host_name(headers: &HeaderMap) -> &str {
    const USUAL: &str = "127.0.0.1";
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or(USUAL);
    let name = match host.rsplit_once(':') {
        // The last colon of `[::1]` is within the brackets.
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    if !name.is_empty() && name.chars().all(fits) { name } else { USUAL }
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, host_name, render};
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn the_page_is_filled_completely() {
        for person in &PEOPLE {
            let page = render(person, "http://127.0.0.1:8080");
            assert!(!page.contains('{'), "{}", person.key);
            assert!(page.contains(
                "<script async src=\"http://127.0.0.1:8080/handrail.js\" data-token-url=\"/demo/token\"></script>"
            ));
        }
    }

    #[test]
    fn nothing_but_a_host_name_gets_into_the_page() {
        for (host, expected) in [
            ("localhost:8081", "localhost"),
            ("[::1]:8081", "[::1]"),
            ("[::1]", "[::1]"),
            ("demo.example", "demo.example"),
            ("\"><script>:1", "127.0.0.1"),
            ("a b", "127.0.0.1"),
            (":80", "127.0.0.1"),
        ] {
            let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
            assert_eq!(host_name(&headers), expected, "{host}");
        }
    }
}
