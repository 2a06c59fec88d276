//! What every handler can reach: configuration, rules, database, keys, clock.
//!
//! One cheap handle, cloned into each request. It holds no per-request state.

use crate::{
    caller::Bases,
    config::{Config, ConfigError},
    domain::{Rules, arriving::Arriving, preview::Previews},
    env::Env,
    identity::IdentityKeys,
    live::Hub,
    rates::Limiter,
    site::{Site, SiteError},
    store::{Store, StoreError, files::Files},
};
use ipnet::IpNet;
use std::{net::SocketAddr, ops::Deref, sync::Arc};
use tokio::sync::{Notify, watch};

/// Shared state of the server.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// Fields of [`AppState`].
pub struct Inner {
    pub config: Config,
    pub rules: Rules,
    pub store: Store,
    /// The bytes of what people attach.
    pub files: Files,
    pub previews: Previews,
    /// Bytes that are on their way.
    pub arriving: Arriving,
    pub env: Env,
    pub keys: IdentityKeys,
    /// Addresses under which callers may know this server.
    pub bases: Bases,
    /// Proxies that are believed about whom they speak for.
    pub proxies: Vec<IpNet>,
    pub rates: Limiter,
    /// Where the listeners are.
    pub addresses: Addresses,
    pub site: Arc<Site>,
    /// Those who listen to events.
    pub hub: Hub,
    /// True once the server is told to stop.
    pub stopping: watch::Sender<bool>,
    /// Wakes whoever works on many tickets at once.
    pub bulk: Notify,
}

/// Addresses in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// API and site.
    pub support: SocketAddr,
    /// The demo's host product, on an origin of its own.
    pub demo: Option<SocketAddr>,
}

/// Why the server could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Site(#[from] SiteError),
}

impl AppState {
    /// Opens the database, runs its migrations and reads the identity keys. `addresses` are where
    /// the server listens, as far as that is known by now.
    ///
    /// # Errors
    /// When the configuration makes no sense, or the database or the site cannot be used.
    pub async fn open(config: Config, env: Env, addresses: Addresses) -> Result<Self, StateError> {
        let rules = config.rules()?;
        let proxies = config.proxies()?;
        let rates = Limiter::new(&config.rates);
        let site = Site::load(config.site.as_deref(), config.support_mail.as_deref())?;
        let bases = Bases::new(&config.public_urls, addresses.support)?;
        let files = Files::new(&config.files()?);
        let previews = Previews::new(config.limits.preview_bytes);
        let store = Store::open(&config.database, config.readers).await?;
        let keys = IdentityKeys::load(&config.identity, &store, &env).await?;
        Ok(Self(Arc::new(Inner {
            config,
            rules,
            store,
            files,
            previews,
            arriving: Arriving::default(),
            env,
            keys,
            bases,
            proxies,
            rates,
            addresses,
            site: Arc::new(site),
            hub: Hub::default(),
            stopping: watch::Sender::new(false),
            bulk: Notify::new(),
        })))
    }
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
