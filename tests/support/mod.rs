//! What the tests are told with: the server, the host product, browsers with people before them, an
//! agent, a line that can break. Words of the product live here, behaviours in the tests.

pub(crate) mod agent;
pub(crate) mod axe;
pub(crate) mod browser;
mod display;
pub(crate) mod driver;
pub(crate) mod engine;
pub(crate) mod host;
pub(crate) mod line;
pub(crate) mod many;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod script;
pub(crate) mod server;
pub(crate) mod sight;
pub(crate) mod stage;
pub(crate) mod waiting;
