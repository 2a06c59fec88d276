//! The command line. Every flag is also an environment variable and a key of the file; the flag
//! wins over the variable, the variable over the file.

use crate::config::{Config, ConfigError, LogFormat};
use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// The support server of Handrail.
#[derive(Debug, Parser)]
#[command(name = "handrail-server", version, about)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the API and the site until it is told to stop.
    Serve(ServeFlags),
    /// Prints an identity token, as a host's backend would sign it.
    Token(TokenFlags),
    /// Makes somebody an agent and prints a new API token, which is shown this once; or lists or
    /// revokes their tokens.
    AgentToken(AgentTokenFlags),
}

/// Flags that say where things are; each command has them.
#[derive(Debug, Args)]
pub struct PlaceFlags {
    /// The configuration file; without it handrail.toml is read if it is there.
    #[arg(long, env = "HANDRAIL_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The database, sqlite://PATH.
    #[arg(long, env = "HANDRAIL_DATABASE", value_name = "URL")]
    pub database: Option<String>,
}

/// Flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeFlags {
    #[command(flatten)]
    pub place: PlaceFlags,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "HANDRAIL_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Folder for what people attach; beside the database without it.
    #[arg(long, env = "HANDRAIL_FILES", value_name = "DIR")]
    pub files: Option<PathBuf>,
    /// Folder with the built site.
    #[arg(long, env = "HANDRAIL_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Adds the demo product with its people and their history.
    #[arg(long, env = "HANDRAIL_DEMO")]
    pub demo: bool,
    /// Connections that read.
    #[arg(long, env = "HANDRAIL_READERS", value_name = "NUMBER")]
    pub readers: Option<u32>,
    /// Base addresses under which callers reach this server.
    #[arg(
        long = "public-url",
        env = "HANDRAIL_PUBLIC_URLS",
        value_name = "URL",
        value_delimiter = ','
    )]
    pub public_urls: Vec<String>,
    /// Origins of pages that may call the API.
    #[arg(
        long = "allowed-origin",
        env = "HANDRAIL_ALLOWED_ORIGINS",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    pub allowed_origins: Vec<String>,
    /// Where mail to support goes.
    #[arg(long, env = "HANDRAIL_SUPPORT_MAIL", value_name = "ADDRESS")]
    pub support_mail: Option<String>,
    /// Log lines for people or as JSON.
    #[arg(long, env = "HANDRAIL_LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
    /// What is logged.
    #[arg(long, env = "HANDRAIL_LOG_FILTER", value_name = "FILTER")]
    pub log_filter: Option<String>,
}

/// Flags of `token`.
#[derive(Debug, Args)]
pub struct TokenFlags {
    #[command(flatten)]
    pub place: PlaceFlags,
    /// The person's address.
    #[arg(long)]
    pub email: String,
    /// The person's name; the part before the @ without it.
    #[arg(long)]
    pub name: Option<String>,
    /// The host's id of the person; the address without it.
    #[arg(long)]
    pub external_id: Option<String>,
    /// The person's organization, which is both its id and its name.
    #[arg(long)]
    pub organization: Option<String>,
    /// The plan that the organization, or the person without one, has.
    #[arg(long)]
    pub plan: Option<String>,
    /// Seconds that the token lives.
    #[arg(long, default_value_t = 600)]
    pub ttl: u32,
}

/// Flags of `agent-token`.
#[derive(Debug, Args)]
pub struct AgentTokenFlags {
    #[command(flatten)]
    pub place: PlaceFlags,
    /// The agent's address.
    #[arg(long)]
    pub email: String,
    /// The agent's name, as customers see it.
    #[arg(long, conflicts_with_all = ["list", "revoke"])]
    pub name: Option<String>,
    /// Makes an admin, who may make agents and admins over the API.
    #[arg(long, conflicts_with_all = ["list", "revoke"])]
    pub admin: bool,
    /// What the token is for.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["list", "revoke"])]
    pub description: Option<String>,
    /// Prints the agent's tokens that hold, without their secrets.
    #[arg(long, conflicts_with = "revoke")]
    pub list: bool,
    /// Ends the token with this number.
    #[arg(long, value_name = "ID")]
    pub revoke: Option<i64>,
}

impl PlaceFlags {
    /// The configuration of the file, with these flags over it.
    ///
    /// # Errors
    /// When the file cannot be read or makes no sense.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let usual = PathBuf::from("handrail.toml");
        let mut config = match &self.config {
            Some(path) => Config::read(path.clone())?,
            None if usual.exists() => Config::read(usual)?,
            None => Config::default(),
        };
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        Ok(config)
    }
}

impl ServeFlags {
    /// The configuration of the file, with these flags over it.
    ///
    /// # Errors
    /// When the file cannot be read or makes no sense.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let mut config = self.place.config()?;
        config.demo |= self.demo;
        config.listen = self.listen.unwrap_or(config.listen);
        config.readers = self.readers.unwrap_or(config.readers);
        config.files = self.files.clone().or(config.files);
        config.site = self.site.clone().or(config.site);
        config.support_mail = self
            .support_mail
            .clone()
            .or(config.support_mail)
            .or_else(|| config.demo.then(|| crate::demo::SUPPORT_MAIL.to_owned()));
        config.log.format = self.log_format.unwrap_or(config.log.format);
        if let Some(filter) = &self.log_filter {
            config.log.filter.clone_from(filter);
        }
        if !self.public_urls.is_empty() {
            config.public_urls.clone_from(&self.public_urls);
        }
        if !self.allowed_origins.is_empty() {
            config.allowed_origins.clone_from(&self.allowed_origins);
        }
        Ok(config)
    }
}
