//! What is said about a file: its type, how long it may be kept, who may use it.

use super::negotiation::Coding;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// A script, a style and a Wasm of ours, calls to our own API, and nothing else; in nobody's frame.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The headers of one form of a file. `tag` names its content.
pub(super) fn of(name: &str, coding: Coding, tag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut say = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    say(header::CONTENT_TYPE, content_type(name));
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::VARY, "accept-encoding");
    say(header::CACHE_CONTROL, lifetime(name));
    // Hosts on any origin include these files; there is nothing personal in them.
    say(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    say(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    if name.ends_with(".html") {
        say(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
        say(header::REFERRER_POLICY, "no-referrer");
    }
    if coding != Coding::Identity {
        say(header::CONTENT_ENCODING, coding.name());
    }
    // A tag stands for the bytes that are sent, so each form has its own.
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}-{}\"", coding.name())) {
        headers.insert(header::ETAG, tag);
    }
    headers
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name with a hash never changes its content. The loader may lag behind a release by five
/// minutes. A page is asked for each time, and mostly answered with "not modified".
fn lifetime(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else if name == super::loader::NAME {
        "public, max-age=300"
    } else {
        "no-cache"
    }
}

/// Whether the build put a hash into this name: eight characters of Base64, as it is written in file
/// names, after the last part's hyphen. See xtask's `assets/published.rs`.
fn is_hashed(name: &str) -> bool {
    let ours = ["boot-", "handrail-", "later-"];
    if !ours.iter().any(|beginning| name.starts_with(beginning)) {
        return false;
    }
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    let stem = if ending == "wasm" { stem.strip_suffix("_bg").unwrap_or(stem) } else { stem };
    let parts = stem.len().checked_sub(8).and_then(|at| stem.split_at_checked(at));
    parts.is_some_and(|(rest, hash)| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        rest.ends_with('-') && hash.bytes().all(fits)
    })
}

#[cfg(test)]
mod tests {
    use super::lifetime;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for name in [
            "boot-pt-BR-TRFfa_pX.js",
            "later-TRFfa_pX.wasm",
            "handrail-TRFfa_pX.js",
            "handrail--d9rdk9p_bg.wasm",
            "later-en-4HxLLRO2.json",
            "later-pt-BR-4HxLLRO2.json",
        ] {
            assert!(lifetime(name).ends_with("immutable"), "{name}");
        }
        for name in ["index.html", "help-overview.html", "handrail-old.js", "later-en.json"] {
            assert_eq!(lifetime(name), "no-cache", "{name}");
        }
        assert_eq!(lifetime("handrail.js"), "public, max-age=300");
    }
}
