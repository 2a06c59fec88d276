//! The server under test, and typed clients that call it.

pub(crate) use crate::answer::{Answer, follow, ids};
use crate::conformance::{Answered, Call};
use api::identity::{Claims, OrganizationClaim};
use axum::{
    Router,
    body::{Body, HttpBody},
    extract::ConnectInfo,
    http::Request,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use handrail_server::{
    AppState,
    config::{Config, IdentityKey},
    env::Env,
    identity, router,
    serve::issue_agent_token,
    state::Addresses,
    store::users::{self, Role},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tempfile::TempDir;
use tower::ServiceExt;

/// 2026-03-02T08:14:05Z, a Monday.
pub(crate) const START: i64 = 1_772_439_245;
pub(crate) const SECRET: &str = "a secret that only tests know, 32 characters at least";
pub(crate) const BASE: &str = "https://support.example.com";

/// A server with a database file, a clock that stands, and known randomness.
pub(crate) struct App {
    pub(crate) state: AppState,
    router: Router,
    now: Arc<AtomicI64>,
    config: Config,
    mia: String,
    dir: TempDir,
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    authorization: Option<String>,
    key: Option<String>,
    peer: Option<SocketAddr>,
}

impl App {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config {
            database: format!("sqlite://{}", dir.path().join("test.db").display()),
            public_urls: vec![BASE.to_owned(), "http://127.0.0.1:8080".to_owned()],
            allowed_origins: vec!["https://app.example.com".to_owned()],
            ..Config::default()
        };
        config
            .identity
            .keys
            .push(IdentityKey { kid: "test".to_owned(), secret: SECRET.to_owned() });
        change(&mut config);
        let now = Arc::new(AtomicI64::new(START));
        let state = open(&config, &now, 7).await;
        let mia = issue_agent_token(&state, "mia@support.example", Some("Mia")).await.unwrap();
        Self { router: router(state.clone()), state, now, config, mia, dir }
    }

    /// The same file, opened by a new server.
    pub(crate) async fn restart(self) -> Self {
        self.state.store.close().await;
        let state = open(&self.config, &self.now, 7).await;
        Self { router: router(state.clone()), state, ..self }
    }

    /// A file with all that the database has now.
    pub(crate) async fn copied(&self) -> PathBuf {
        let file = self.dir.path().join("copy.db");
        let path = self.config.database.trim_start_matches("sqlite://");
        let alone = rusqlite::Connection::open(path).unwrap();
        alone.execute("VACUUM INTO $1", [file.to_str()]).unwrap();
        file
    }

    /// Another server, at the same time of the clock, that begins with a copy of this one's database.
    pub(crate) async fn fork(&self, copied: &Path, change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("test.db");
        fs::copy(copied, &file).unwrap();
        let files = self.config.files().unwrap();
        let mut config = self.config.clone();
        config.database = format!("sqlite://{}", file.display());
        if files.exists() {
            copy_folder(&files, &config.files().unwrap());
        }
        change(&mut config);
        let now = Arc::new(AtomicI64::new(self.now.load(Ordering::SeqCst)));
        // What is random here must not repeat what was random there.
        let state = open(&config, &now, 8).await;
        Self { router: router(state.clone()), state, now, config, mia: self.mia.clone(), dir }
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Ana of Acme, which has the advanced plan.
    pub(crate) fn ana(&self) -> Client {
        self.signed_in("ana", "Ana Ruiz", Some("Acme"), "advanced")
    }

    /// Ben, a colleague of Ana's.
    pub(crate) fn ben(&self) -> Client {
        self.signed_in("ben", "Ben Okoro", Some("Acme"), "advanced")
    }

    /// Somebody of another customer.
    pub(crate) fn stranger(&self) -> Client {
        self.signed_in("stranger", "Sam Stranger", Some("Globex"), "basic")
    }

    /// Mia of support.
    pub(crate) fn agent(&self) -> Client {
        self.basic("mia@support.example", &self.mia)
    }

    /// Ada, who runs support.
    pub(crate) async fn admin(&self) -> Client {
        let email = "ada@support.example";
        let token = issue_agent_token(&self.state, email, Some("Ada")).await.unwrap();
        let mut tx = self.state.store.write().await.unwrap();
        let mut ada = users::by_email(&mut tx, email).await.unwrap().unwrap();
        ada.role = Role::Admin;
        users::update(&mut tx, &ada).await.unwrap();
        tx.commit().await.unwrap();
        self.basic(email, &token)
    }

    pub(crate) fn anonymous(&self) -> Client {
        self.client(None)
    }

    pub(crate) fn basic(&self, email: &str, token: &str) -> Client {
        let credentials = STANDARD.encode(format!("{email}/token:{token}"));
        self.client(Some(format!("Basic {credentials}")))
    }

    pub(crate) fn bearer(&self, token: &str) -> Client {
        self.client(Some(format!("Bearer {token}")))
    }

    /// A client by claims.
    pub(crate) fn by(&self, claims: &Claims) -> Client {
        self.bearer(&identity::mint(&self.state, claims).unwrap())
    }

    pub(crate) fn agent_token(&self) -> &str {
        &self.mia
    }

    fn signed_in(&self, id: &str, name: &str, customer: Option<&str>, plan: &str) -> Client {
        let mut claims = self.claims(id, name);
        claims.organization = customer.map(|name| OrganizationClaim {
            external_id: name.to_lowercase(),
            name: name.to_owned(),
        });
        claims.plan = Some(plan.to_owned());
        self.by(&claims)
    }

    /// Good claims of somebody without organization and plan.
    pub(crate) fn claims(&self, id: &str, name: &str) -> Claims {
        Claims {
            scope: "user".to_owned(),
            external_id: format!("host-{id}"),
            email: format!("{id}@customer.example"),
            email_verified: true,
            name: name.to_owned(),
            exp: START + 10 * 365 * 86_400,
            ..Claims::default()
        }
    }

    fn client(&self, authorization: Option<String>) -> Client {
        Client { router: self.router.clone(), authorization, key: None, peer: None }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Files in the folder of files: those in their places, and those half-written.
    pub(crate) fn on_disk(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let root = self.dir.path().join("test.db-files");
        let entries = |path: &Path| match path.read_dir() {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>(),
            Err(_) => Vec::new(),
        };
        let (incoming, shelves): (Vec<_>, Vec<_>) = entries(&root)
            .into_iter()
            .filter(|path| path.is_dir())
            .partition(|path| path.ends_with("incoming"));
        let of = |folders: Vec<PathBuf>| folders.iter().flat_map(|path| entries(path)).collect();
        (of(shelves), of(incoming))
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

async fn open(config: &Config, now: &Arc<AtomicI64>, seed: u64) -> AppState {
    let clock = now.clone();
    let env = Env::fixed(move || api::time::from_unix(clock.load(Ordering::SeqCst)), seed);
    let addresses = Addresses { support: config.listen, demo: None };
    AppState::open(config.clone(), env, addresses).await.unwrap()
}

impl Client {
    /// The same person, with an idempotency key on every call.
    pub(crate) fn key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// The value of the header by which they are known.
    pub(crate) fn authorization(&self) -> String {
        self.authorization.clone().unwrap()
    }

    /// The same person, at the other end of a connection from an address.
    pub(crate) fn from(&self, address: &str) -> Self {
        let peer = SocketAddr::new(address.parse().unwrap(), 4711);
        Self { peer: Some(peer), ..self.clone() }
    }

    /// A GET with more headers.
    pub(crate) async fn get_with(&self, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        let mut request = self.request("GET", path, Body::empty());
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        self.send(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, Body::empty())).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("POST", path, Body::from(body.to_string()))).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("PUT", path, Body::from(body.to_string()))).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path, Body::empty())).await
    }

    /// Sends a file with a type that says nothing true, as real clients do.
    pub(crate) async fn upload(&self, query: &str, bytes: impl Into<Body>) -> Answer {
        let path = format!("/api/v2/uploads?{query}");
        self.send(self.request("POST", &path, bytes.into())).await
    }

    /// Sends a file and returns its token and its address.
    pub(crate) async fn sent(&self, name: &str, bytes: impl Into<Body>) -> (String, String) {
        let made = self.upload(&format!("filename={name}"), bytes).await.is(201);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let upload = &made["upload"];
        (text(&upload["token"]), follow(&upload["attachment"]["content_url"]))
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: Body) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "support.example.com")
            .header("content-type", "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(peer) = self.peer {
            request = request.extension(ConnectInfo(peer));
        }
        request.body(body).unwrap()
    }

    /// Sends a call, and holds call and answer to the description of the API.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = request.into_parts();
        // A body that is no JSON value, or has no known length, goes as it is and unread.
        let (body, sent) = match body.size_hint().exact() {
            Some(_) => {
                let bytes = body.collect().await.unwrap().to_bytes();
                (Body::from(bytes.clone()), serde_json::from_slice(&bytes).ok())
            }
            None => (body, None),
        };
        let call = Call { method: parts.method.clone(), uri: parts.uri.clone(), body: sent };
        let request = Request::from_parts(parts, body);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        call.check(&Answered { status: parts.status, headers: &parts.headers, body: &bytes });
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// Their own number.
    pub(crate) async fn id(&self) -> i64 {
        self.get("/api/v2/users/me").await.is(200)["user"]["id"].as_i64().unwrap()
    }

    /// Sends a call whose answer need not end.
    pub(crate) async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Makes a request and returns its number.
    pub(crate) async fn create(&self, subject: &str, more: Value) -> i64 {
        let mut request = json!({"subject": subject, "comment": {"body": "It does not move."}});
        let fields = request.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let made = self.post("/api/v2/requests", json!({"request": request})).await;
        made.is(201)["request"]["id"].as_i64().unwrap()
    }
}
