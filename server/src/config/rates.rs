//! How often somebody may call, and what is known about the machines between us and them.

use super::ConfigError;
use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// So many calls in so many seconds. A caller may make them all at once and is given them back one
/// by one, evenly over the time.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Zero sets no limit.
    pub calls: u32,
    pub seconds: u32,
}

impl Rate {
    const fn new(calls: u32, seconds: u32) -> Self {
        Self { calls, seconds }
    }
}

/// Limits, each far above what a person, the widget or a script does in a working day: they are
/// there for loops that ran wild and for attacks.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Calls of one person with an identity token.
    pub person: Rate,
    /// Calls of one agent with an API token.
    pub agent: Rate,
    /// Requests made by one person with an identity token.
    pub request_create: Rate,
    /// Changes by one person with an identity token to one request.
    pub request_update: Rate,
    /// Calls without credentials from one address.
    pub address: Rate,
    /// Calls with wrong credentials from one address.
    pub wrong_credentials: Rate,
    /// Requests made without credentials from one address.
    pub anonymous_create: Rate,
    /// Files sent without credentials from one address.
    pub anonymous_upload: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            person: Rate::new(1200, 60),
            agent: Rate::new(6000, 60),
            request_create: Rate::new(300, 3600),
            request_update: Rate::new(100, 600),
            address: Rate::new(600, 60),
            wrong_credentials: Rate::new(120, 60),
            anonymous_create: Rate::new(20, 3600),
            anonymous_upload: Rate::new(60, 3600),
        }
    }
}

impl Rates {
    /// No limits at all.
    #[must_use]
    pub const fn off() -> Self {
        const OFF: Rate = Rate::new(0, 60);
        Self {
            person: OFF,
            agent: OFF,
            request_create: OFF,
            request_update: OFF,
            address: OFF,
            wrong_credentials: OFF,
            anonymous_create: OFF,
            anonymous_upload: OFF,
        }
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for rate in [
            self.person,
            self.agent,
            self.request_create,
            self.request_update,
            self.address,
            self.wrong_credentials,
            self.anonymous_create,
            self.anonymous_upload,
        ] {
            if rate.calls > 1_000_000 || !(1..=86_400).contains(&rate.seconds) {
                let problem = "at most 1000000 calls, in 1 to 86400 seconds";
                return Err(ConfigError::value("rates", problem));
            }
        }
        Ok(())
    }
}

/// Reads addresses and networks, e.g. `127.0.0.1` and `10.0.0.0/8`.
pub(super) fn networks(texts: &[String]) -> Result<Vec<IpNet>, ConfigError> {
    let read = |text: &String| {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address.or_else(|_| text.parse::<IpNet>()).map_err(|_| {
            let problem = format!("{text} is not an address or a network such as 10.0.0.0/8");
            ConfigError::value("trusted_proxies", problem)
        })
    };
    texts.iter().map(read).collect()
}
