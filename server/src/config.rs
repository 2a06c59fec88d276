//! The configuration: every key of `handrail.toml`, with its default.
//!
//! docs/OPERATIONS.md and handrail.example.toml describe the same keys; a test reads the example.
//! Flags and environment variables override the file (see `cli`). Nothing is read later than start.

use crate::domain::Rules;
use ipnet::IpNet;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

mod connections;
mod events;
mod rates;
mod service;

pub use connections::Connections;
pub use events::Events;
pub use rates::{Rate, Rates};
pub use service::{OpeningHours, PlanTargets, ScheduleConfig, Service};

/// Why a configuration is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path} cannot be read: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path} is not valid: {source}")]
    Invalid { path: PathBuf, source: Box<toml::de::Error> },
    #[error("{key}: {problem}")]
    Value { key: &'static str, problem: String },
}

impl ConfigError {
    pub(crate) fn value(key: &'static str, problem: impl Into<String>) -> Self {
        Self::Value { key, problem: problem.into() }
    }
}

/// All of `handrail.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// `sqlite://path` of the database file; made when it is missing.
    pub database: String,
    /// Folder for what people attach; none puts it beside the database file.
    pub files: Option<PathBuf>,
    /// Connections that read beside the one that writes.
    pub readers: u32,
    /// Folder with the built site (portal, loader, widget); none serves the API alone.
    pub site: Option<PathBuf>,
    /// Adds the demo product, its people and their history. Never on a server with real data.
    pub demo: bool,
    /// Base addresses under which callers reach this server, e.g. `https://support.example.com`.
    /// The first stands in links for a caller who used none of them.
    pub public_urls: Vec<String>,
    /// Origins of the pages that may call the API from a browser, compared character by character.
    pub allowed_origins: Vec<String>,
    /// Addresses and networks of the proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Where mail to support goes; shown by the widget when nothing else works.
    pub support_mail: Option<String>,
    pub identity: Identity,
    pub anonymous: Anonymous,
    pub limits: Limits,
    pub rates: Rates,
    pub connections: Connections,
    pub events: Events,
    pub service: Service,
    pub log: Log,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: String::from("sqlite://handrail.db"),
            files: None,
            readers: 4,
            site: None,
            demo: false,
            public_urls: Vec::new(),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            support_mail: None,
            identity: Identity::default(),
            anonymous: Anonymous::default(),
            limits: Limits::default(),
            rates: Rates::default(),
            connections: Connections::default(),
            events: Events::default(),
            service: Service::default(),
            log: Log::default(),
        }
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is not TOML, or has a key that does not exist.
    pub fn read(path: PathBuf) -> Result<Self, ConfigError> {
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|source| ConfigError::Invalid { path, source: Box::new(source) }),
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    /// Where the bytes of files are: the configured folder, else one named after the database file.
    ///
    /// # Errors
    /// When there is no database file to name it after.
    pub fn files(&self) -> Result<PathBuf, ConfigError> {
        if let Some(folder) = &self.files {
            return Ok(folder.clone());
        }
        let path = self.database.strip_prefix("sqlite:").unwrap_or(&self.database);
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() || path == ":memory:" {
            return Err(ConfigError::value("files", "is needed for a database without a file"));
        }
        Ok(PathBuf::from(format!("{path}-files")))
    }

    /// The part that decides, in the form that `domain` wants.
    ///
    /// # Errors
    /// When plans, targets, calendar or keys contradict themselves.
    pub fn rules(&self) -> Result<Rules, ConfigError> {
        self.identity.check()?;
        self.limits.check()?;
        self.service.check()?;
        self.rates.check()?;
        self.connections.check()?;
        self.events.check()?;
        for origin in &self.allowed_origins {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            if host.is_none_or(|host| host.is_empty() || host.contains(['/', '*', ' ', '?', '@'])) {
                let problem = format!("{origin} is not an origin such as https://app.example.com");
                return Err(ConfigError::value("allowed_origins", problem));
            }
        }
        Ok(Rules {
            policy: self.service.policy()?,
            default_severity: self.service.severity()?,
            limits: self.limits,
        })
    }

    /// The proxies that are believed.
    ///
    /// # Errors
    /// When one is neither an address nor a network.
    pub fn proxies(&self) -> Result<Vec<IpNet>, ConfigError> {
        rates::networks(&self.trusted_proxies)
    }
}

/// What somebody may do who does not say who they are.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Anonymous {
    /// Raise a request under an address of their own word.
    pub requests: bool,
}

/// Who may say who somebody is.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// What `aud` of a token must hold when the token has one.
    pub audience: String,
    /// Secrets shared with hosts; several allow changing one without a gap. None: the server makes
    /// one and keeps it in the database.
    pub keys: Vec<IdentityKey>,
}

impl Default for Identity {
    fn default() -> Self {
        Self { audience: String::from("handrail"), keys: Vec::new() }
    }
}

/// One shared secret.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityKey {
    /// Its name, the `kid` of a token's header.
    pub kid: String,
    /// At least 32 characters.
    pub secret: String,
}

// Written by hand so that a logged configuration does not give the secret away.
impl std::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Identity {
    fn check(&self) -> Result<(), ConfigError> {
        for (at, key) in self.keys.iter().enumerate() {
            if key.kid.is_empty() || self.keys.iter().skip(at + 1).any(|k| k.kid == key.kid) {
                return Err(ConfigError::value("identity.keys", "each needs a kid of its own"));
            }
            if key.secret.len() < 32 {
                let problem = format!("the secret of {} is below 32 characters", key.kid);
                return Err(ConfigError::value("identity.keys", problem));
            }
        }
        Ok(())
    }
}

/// What the server refuses beyond. Tells the widget the first three, and those of a file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Characters of a subject.
    pub subject_characters: u32,
    /// Bytes of a comment.
    pub comment_bytes: u32,
    /// People copied on one request.
    pub email_ccs: u32,
    /// Bytes of a JSON body.
    pub body_bytes: usize,
    /// Comments on one request.
    pub comments: u32,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Characters of a file's name.
    pub file_name_characters: u32,
    /// Files on one comment, and files under one token.
    pub comment_files: u32,
    /// Files of one person that no comment has taken yet.
    pub waiting_files: u32,
    /// Bytes of those files.
    pub waiting_bytes: u64,
    /// Hours that a file waits for a comment to take it.
    pub waiting_hours: u32,
    /// Bytes of memory that reading a picture for its preview may take; 0 makes none.
    pub preview_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            subject_characters: 150,
            comment_bytes: 64 * 1024,
            email_ccs: 48,
            body_bytes: 1024 * 1024,
            comments: 5000,
            file_bytes: 50 * 1024 * 1024,
            file_name_characters: 255,
            comment_files: 50,
            waiting_files: 500,
            waiting_bytes: 1024 * 1024 * 1024,
            waiting_hours: 72,
            preview_bytes: 160 * 1024 * 1024,
        }
    }
}

impl Limits {
    fn check(&self) -> Result<(), ConfigError> {
        if self.subject_characters == 0 || self.comment_bytes == 0 || self.comments == 0 {
            return Err(ConfigError::value("limits", "zero leaves nothing to send"));
        }
        if self.waiting_bytes < self.file_bytes {
            let problem = "waiting_bytes is below file_bytes, so that no such file could be sent";
            return Err(ConfigError::value("limits", problem));
        }
        if self.waiting_hours == 0 || self.waiting_hours > 24 * 365 {
            return Err(ConfigError::value("limits", "waiting_hours is not between 1 and a year"));
        }
        Ok(())
    }
}

/// What is written to stderr.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// Lines for people or one JSON object a line.
    pub format: LogFormat,
    /// A filter in tracing's syntax, e.g. `info`.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: String::from("info") }
    }
}

/// See [`Log::format`].
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}
