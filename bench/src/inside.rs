//! The server inside this process: to mint tokens, to follow pages to their depth, and to be
//! listened to. What is measured is the program on its own, never this.

use crate::{
    bare::{Operation, Recorder, Statement},
    data::{self, Data},
    load::{Connection, HOST, Queue},
};
use anyhow::{Context, Result, ensure};
use api::identity::{Claims, OrganizationClaim};
use base64::{Engine, engine::general_purpose::STANDARD};
use handrail_server::{AppState, config::Config, env::Env, identity, router, state::Addresses};
use serde_json::Value;
use std::path::Path;
use tokio::{net::TcpListener, task::JoinHandle};

/// Tokens of the load live this long, in seconds: longer than any run.
const TOKEN_LIFE: i64 = 86_400;

/// The server, and a connection to it.
pub(crate) struct Inside<'a> {
    state: AppState,
    connection: Connection,
    task: JoinHandle<()>,
    recorder: Recorder,
    data: &'a Data,
    /// What the server asked SQLite when it opened the database.
    pub(crate) opening: Vec<Statement>,
}

impl<'a> Inside<'a> {
    /// Opens the database of `config`, which is a copy of `data`'s.
    pub(crate) async fn start(config: &Path, database: &Path, data: &'a Data) -> Result<Self> {
        let recorder = Recorder::start()?;
        let mut config = Config::read(config.to_owned())?;
        config.database = data::url(database);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addresses = Addresses { support: listener.local_addr()?, demo: None };
        let state = AppState::open(config, Env::system(), addresses).await?;
        let app = router(state.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, app).await {
                eprintln!("   the server inside stopped: {error}");
            }
        });
        let connection = Connection::open(addresses.support).await?;
        let opening = recorder.take()?;
        Ok(Self { state, connection, task, recorder, data, opening })
    }

    /// The header of a person.
    pub(crate) fn person(&self, at: u32) -> Result<String> {
        let world = &self.data.world;
        let person = world.people.get(at as usize).context("nobody")?;
        let home = world.organizations.get(person.organization as usize).context("nowhere")?;
        let claims = Claims {
            scope: String::from("user"),
            external_id: data::external_id(at),
            email: person.email.clone(),
            email_verified: true,
            name: person.name.clone(),
            exp: self.state.env.now().timestamp() + TOKEN_LIFE,
            organization: Some(OrganizationClaim {
                external_id: data::organization_external_id(person.organization),
                name: home.name.clone(),
            }),
            plan: Some(home.plan.to_owned()),
            ..Claims::default()
        };
        Ok(format!("Bearer {}", identity::mint(&self.state, &claims)?))
    }

    /// The header of an agent.
    pub(crate) fn agent(at: u32) -> String {
        let credentials = format!("{}/token:{}", data::agent_email(at), data::agent_token(at));
        format!("Basic {}", STANDARD.encode(credentials))
    }

    /// The path of the page so many pages behind the one at `path`, by following its links.
    pub(crate) async fn page_behind(
        &mut self,
        path: &str,
        authorization: &str,
        pages: usize,
    ) -> Result<String> {
        let mut path = path.to_owned();
        for _ in 0..pages {
            let mut request = Vec::new();
            crate::load::Call::get(&path, authorization).write(0, &mut request);
            let answer = self.connection.call(&request).await?;
            let body: Value = serde_json::from_slice(answer.body)?;
            if body.pointer("/error") == Some(&Value::from("InvalidEndpoint")) {
                break;
            }
            let next = body.pointer("/links/next").and_then(Value::as_str);
            let next = next.with_context(|| format!("{path} has no page behind it: {body}"))?;
            next.strip_prefix(&base()).context("a link that leads away")?.clone_into(&mut path);
        }
        Ok(path)
    }

    /// Sends the next calls of a queue and returns what each asked SQLite; nothing when the server
    /// does not know the route.
    pub(crate) async fn listen(&mut self, queue: &Queue, calls: usize) -> Result<Vec<Operation>> {
        let mut operations = Vec::with_capacity(calls);
        // What was asked while the calls were put together is no part of the first one.
        self.recorder.take()?;
        let mut request = Vec::new();
        for _ in 0..calls {
            queue.write_next(&mut request);
            let answer = self.connection.call(&request).await?;
            let text = String::from_utf8_lossy(answer.body).into_owned();
            if answer.status == 404 && text.contains("InvalidEndpoint") {
                return Ok(Vec::new());
            }
            ensure!(
                (200..300).contains(&answer.status),
                "{}\nwas answered {}: {text}",
                String::from_utf8_lossy(&request),
                answer.status
            );
            operations.push(Operation::new(self.recorder.take()?));
        }
        Ok(operations)
    }

    /// Closes the database.
    pub(crate) async fn stop(self) {
        self.task.abort();
        self.state.store.close().await;
    }
}

/// The address under which callers know the server.
pub(crate) fn base() -> String {
    format!("https://{HOST}")
}
