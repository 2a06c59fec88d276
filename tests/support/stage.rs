//! A server, a host product that includes its widget, and people in front of it.

use super::{
    engine::Engine,
    host::{Door, Host},
    line::Line,
    people::Who,
    person::Person,
    server::Server,
};

/// All that a story takes place on.
pub(crate) struct Stage {
    /// The engine of its people's browsers.
    engine: Engine,
    pub(crate) server: Server,
    pub(crate) host: Host,
}

impl Stage {
    /// The widget comes straight from the server, and browsers are the usual ones.
    pub(crate) async fn set() -> Self {
        Self::set_in(Engine::Chromium).await
    }

    pub(crate) async fn set_in(engine: Engine) -> Self {
        Self::set_with(engine, &[]).await
    }

    /// For somebody who does in a minute what others do in a day.
    pub(crate) async fn set_without_limits() -> Self {
        let unlimited = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/unlimited.toml");
        Self::set_with(Engine::Chromium, &["--config", unlimited]).await
    }

    async fn set_with(engine: Engine, flags: &[&str]) -> Self {
        let door = Door::find().await;
        let flags = [flags, &["--allowed-origin", &door.origin]].concat();
        let server = Server::start(&flags).await;
        let host = door.open(&server.origin, server.mint.clone());
        Self { engine, server, host }
    }

    /// The widget comes over a line that can break.
    pub(crate) async fn set_over_a_line() -> (Self, Line) {
        Self::set_over_a_line_in(Engine::Chromium).await
    }

    pub(crate) async fn set_over_a_line_in(engine: Engine) -> (Self, Line) {
        let door = Door::find().await;
        let server = Server::start(&["--allowed-origin", &door.origin]).await;
        let line = Line::lay(&server.origin).await;
        let host = door.open(&line.origin, server.mint.clone());
        (Self { engine, server, host }, line)
    }

    /// Somebody signed in, in a browser of their own, on the plain page.
    pub(crate) async fn person(&self, who: &'static Who) -> Person {
        self.person_on("plain", who).await
    }

    /// The same on another page of `tests/pages`.
    pub(crate) async fn person_on(&self, case: &str, who: &'static Who) -> Person {
        let person = Person::sit_down_at_desk(self.engine).await;
        person.visit(&self.page(case, who)).await;
        person
    }

    /// The address that signs somebody in and shows a page.
    pub(crate) fn page(&self, case: &str, who: &Who) -> String {
        format!("{}/sign-in/{}/{case}", self.host.origin, who.key)
    }
}
