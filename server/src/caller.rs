//! How the caller reached us: the base address for links, the path as it was written, the query.
//!
//! Real clients follow `next_page` as it stands and only below the address that they were given, so
//! links repeat the caller's own host, if it is one that this server is known by.

use crate::{AppState, config::ConfigError, describe::Known, error::Error};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
};
use std::{convert::Infallible, fmt::Display, net::SocketAddr};

/// Addresses by which callers may know this server, e.g. `https://support.example.com`.
pub struct Bases {
    known: Vec<String>,
}

impl Bases {
    /// The configured addresses; without any, the listening one and its loopback names.
    ///
    /// # Errors
    /// When an address is not `http(s)://host[:port]`.
    pub fn new(public_urls: &[String], address: SocketAddr) -> Result<Self, ConfigError> {
        let mut known = Vec::new();
        for url in public_urls {
            let url = url.trim_end_matches('/');
            let host = host_of(url).unwrap_or("");
            if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
                let problem = format!("{url} is not http(s)://host[:port]");
                return Err(ConfigError::value("public_urls", problem));
            }
            known.push(url.to_owned());
        }
        if known.is_empty() {
            let port = address.port();
            known.push(format!("http://{address}"));
            known.extend(
                ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("http://{name}:{port}")),
            );
        }
        Ok(Self { known })
    }

    /// The address that the caller used, if it is a known one; else the first.
    #[must_use]
    pub fn of(&self, headers: &HeaderMap, uri: &Uri) -> &str {
        // A forwarded host picks from the known ones and cannot smuggle another in.
        let forwarded = headers.get("x-forwarded-host").and_then(|host| host.to_str().ok());
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let wanted = [forwarded, host, uri.authority().map(|authority| authority.as_str())];
        let found = wanted.into_iter().flatten().find_map(|wanted| {
            self.known
                .iter()
                .find(|base| host_of(base).is_some_and(|host| host.eq_ignore_ascii_case(wanted)))
        });
        found.or_else(|| self.known.first()).map_or("", String::as_str)
    }
}

fn host_of(url: &str) -> Option<&str> {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))
}

/// The path as the caller wrote it, before `.json` was taken off; set by the router's outer layer.
#[derive(Clone, Debug)]
pub struct WrittenPath(pub String);

/// How the caller reached us.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Base address, without a slash at the end.
    pub base: String,
    /// Path as written.
    pub path: String,
    pub query: Query,
}

/// Decoded pairs of the query in their order, and which of them the call is described to understand.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
    known: Option<Known>,
}

impl Query {
    /// Reads a raw query; what is not UTF-8 is replaced, as keys that nobody knows are ignored.
    #[must_use]
    pub fn read(raw: &str) -> Self {
        let pairs = form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
        Self { pairs, known: None }
    }

    /// The last value of a key, if it says anything. The route must be described to take that key
    /// (`takes` in the router's list), or it is not there: so no parameter works in secret.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let described = self.known.as_ref().is_none_or(|known| known.0.contains(&key));
        debug_assert!(described, "the route is not described to take the query key {key}");
        if !described {
            return None;
        }
        let found = self.pairs.iter().rev().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The parts of all comma lists under a key, also when it is written with brackets behind it and
    /// repeated, e.g. `role[]=agent&role[]=admin`.
    #[must_use]
    pub fn all(&self, key: &str) -> Vec<&str> {
        if self.known.as_ref().is_some_and(|known| !known.0.contains(&key)) {
            return Vec::new();
        }
        let named = self.pairs.iter().filter(|(name, _)| {
            name == key || name.strip_suffix("[]").is_some_and(|name| name == key)
        });
        let parts = named.flat_map(|(_, list)| list.split(','));
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// Whether a comma list names something, e.g. `include=users,slas`.
    #[must_use]
    pub fn lists(&self, key: &str, name: &str) -> bool {
        self.get(key).is_some_and(|list| list.split(',').any(|item| item.trim() == name))
    }

    /// The words of a comma list, at most so many.
    ///
    /// # Errors
    /// 400 for more.
    pub fn words(&self, key: &str, most: usize) -> Result<Vec<String>, Error> {
        let words = self.all(key);
        if words.len() > most {
            return Err(Error::TooManyValues { most });
        }
        Ok(words.into_iter().map(str::to_owned).collect())
    }

    /// The numbers of a comma list, at most so many; what is no number names no record.
    ///
    /// # Errors
    /// 400 for more.
    pub fn numbers(&self, key: &str, most: usize) -> Result<Vec<i64>, Error> {
        Ok(self.words(key, most)?.iter().filter_map(|word| word.parse().ok()).collect())
    }

    /// Whether something is to come beside the records of one kind: `include=users` where these are
    /// all there is, `include=tickets(users,slas)` where there are others.
    #[must_use]
    pub fn sideloads(&self, kind: &str, name: &str) -> bool {
        let include = self.get("include").unwrap_or("");
        let inside = include
            .split_once(&format!("{kind}("))
            .and_then(|(_, rest)| rest.split_once(')').map(|(names, _)| names));
        match inside {
            Some(names) => names.split(',').any(|item| item.trim() == name),
            None => !include.contains('(') && self.lists("include", name),
        }
    }

    /// The query as text, with some keys left out and others put at the end.
    #[must_use]
    pub fn with(&self, without: &[&str], and: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let kept = kept.filter(|(key, _)| !without.contains(key));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept.chain(and.iter().copied()))
            .finish()
    }
}

impl Caller {
    /// The address of a record, e.g. `…/api/v2/requests/1001.json`.
    #[must_use]
    pub fn record(&self, resource: &str, id: impl Display) -> String {
        format!("{}{}/{resource}/{id}.json", self.base, api::V2)
    }

    /// The same call with another part of the list.
    #[must_use]
    pub fn page(&self, without: &[&str], and: &[(&str, &str)]) -> String {
        format!("{}{}?{}", self.base, self.path, self.query.with(without, and))
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let path = parts.extensions.get::<WrittenPath>();
        Ok(Self {
            base: state.bases.of(&parts.headers, &parts.uri).to_owned(),
            path: path.map_or_else(|| parts.uri.path().to_owned(), |path| path.0.clone()),
            query: Query {
                known: parts.extensions.get::<Known>().cloned(),
                ..Query::read(parts.uri.query().unwrap_or(""))
            },
        })
    }
}
