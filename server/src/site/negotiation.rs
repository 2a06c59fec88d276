//! What the caller accepts, and what they have already.

use axum::http::{HeaderMap, header};

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    /// Best first.
    pub(super) const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// What is at the end of the name of a file that is compressed so.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }
}

/// The codings that a call accepts, the most wanted first; ours decides between equals. RFC 9110,
/// 12.5.3: what is not named has the weight of `*`, and plain is accepted unless it is refused.
pub(super) fn acceptable(headers: &HeaderMap) -> Vec<Coding> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
    let lines = lines.filter_map(|line| line.to_str().ok());
    let wishes: Vec<(&str, u16)> =
        lines.flat_map(|line| line.split(',')).filter_map(wish).collect();
    let weight = |name: &str| {
        let found = wishes.iter().find(|(wanted, _)| wanted.eq_ignore_ascii_case(name));
        found.map(|(_, weight)| *weight)
    };
    let weight = |coding: Coding| {
        weight(coding.name()).or_else(|| weight("*")).unwrap_or(match coding {
            // The least wish there is: anything that was asked for goes first.
            Coding::Identity => 1,
            _ => 0,
        })
    };
    let mut wanted: Vec<_> = Coding::ALL.into_iter().filter(|coding| weight(*coding) > 0).collect();
    wanted.sort_by_key(|coding| std::cmp::Reverse(weight(*coding)));
    wanted
}

/// One entry, e.g. `br;q=0.8`, with its weight in thousandths.
fn wish(entry: &str) -> Option<(&str, u16)> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let weight = match weight {
        None => 1000,
        Some(text) => thousandths(text)?,
    };
    Some((name, weight))
}

/// Reads `0.8` as 800; at most three digits count.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: u16 = format!("{part:0<3.3}").parse().ok()?;
    Some((whole.parse::<u16>().ok()?.min(1) * 1000 + part).min(1000))
}

/// Whether the caller has this very form (If-None-Match).
pub(super) fn is_known(asked: &HeaderMap, form: &HeaderMap) -> bool {
    let Some(tag) = form.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else { return false };
    let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::{Coding, Coding::*, acceptable};
    use axum::http::{HeaderMap, HeaderValue, header};

    fn check(line: &'static str, expected: &[Coding]) {
        let headers =
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(line))]);
        assert_eq!(acceptable(&headers), expected, "{line}");
    }

    #[test]
    fn the_best_that_is_accepted_goes_first() {
        assert_eq!(acceptable(&HeaderMap::new()), [Identity]);
        check("gzip, deflate, br, zstd", &[Brotli, Gzip, Identity]);
        check("gzip", &[Gzip, Identity]);
        check("deflate", &[Identity]);
        check("*", &[Brotli, Gzip, Identity]);
    }

    #[test]
    fn weights_are_honoured() {
        check("br;q=0.5, gzip;q=0.8", &[Gzip, Brotli, Identity]);
        check("br;q=0, gzip", &[Gzip, Identity]);
        check("identity, br;q=0.001", &[Identity, Brotli]);
        check("BR ; Q=1.0, *;q=0", &[Brotli]);
        check("identity;q=0", &[]);
        check("br;q=much, gzip;q=0.2", &[Gzip, Identity]);
    }
}
