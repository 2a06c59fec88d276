//! The host product: pages that include the widget, on an origin of their own, and the endpoint
//! that hands out identity tokens. All that a real host has to write is in here.

use super::{driver::named, people::Who, server::Mint};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde_json::json;
use std::path::PathBuf;
use tokio::{net::TcpListener, process::Command, task::JoinHandle};

/// A free port on which a host is going to answer; its origin has to be known before the server
/// starts, and the server's before the host does.
pub(crate) struct Door {
    pub(crate) origin: String,
    listener: TcpListener,
}

/// A running host; it ends when this is dropped.
pub(crate) struct Host {
    pub(crate) origin: String,
    task: JoinHandle<()>,
}

/// What the host's backend knows.
#[derive(Clone)]
struct Backend {
    /// The origin that pages load the widget from.
    support: String,
    mint: Mint,
}

impl Door {
    pub(crate) async fn find() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        Self { origin: format!("http://{address}"), listener }
    }

    /// Serves the pages with `support` as the widget's origin.
    pub(crate) fn open(self, support: &str, mint: Mint) -> Host {
        let router = Router::new()
            .route("/token", get(show_token))
            // As docs/EMBEDDING.md calls it.
            .route("/support-token", get(show_token))
            .route("/built/{framework}", get(build_page))
            .route("/sign-in/{person}/{case}", get(sign_in))
            .route("/{case}/", get(show_page))
            .route("/{case}/{file}", get(show_file))
            .with_state(Backend { support: support.to_owned(), mint });
        let listener = self.listener;
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the host serves");
        });
        Host { origin: self.origin, task }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A cookie that scripts cannot read, and on to the page.
async fn sign_in(Path((person, case)): Path<(String, String)>) -> impl IntoResponse {
    let cookie = format!("person={person}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Redirect::to(&format!("/{case}/")))
}

async fn show_token(State(backend): State<Backend>, headers: HeaderMap) -> Response {
    let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let person = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("person="));
    match person.and_then(Who::of) {
        Some(who) => {
            let token = backend.mint.identity_token(who).await;
            ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "token": token }))).into_response()
        }
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn show_page(State(backend): State<Backend>, Path(case): Path<String>) -> Response {
    file(&case, "index.html", &backend.support).await
}

/// The script of a page that is made with a framework.
async fn build_page(
    State(backend): State<Backend>,
    Path(framework): Path<String>,
) -> impl IntoResponse {
    let frameworks = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/frameworks");
    let output = Command::new("node")
        .arg(frameworks.join("build.js"))
        .arg(framework.trim_end_matches(".js"))
        .env("NODE_PATH", named("HANDRAIL_FRAMEWORKS").unwrap_or_default())
        .output()
        .await
        .expect("Node.js is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{framework}: {said}");
    let script = String::from_utf8(output.stdout).expect("text");
    // The page shows what docs/EMBEDDING.md does, with an address that cannot be known there.
    let script = script.replace("https://support.example.com", &backend.support);
    ([(header::CONTENT_TYPE, "text/javascript")], script)
}

async fn show_file(
    State(backend): State<Backend>,
    Path((case, name)): Path<(String, String)>,
) -> Response {
    file(&case, &name, &backend.support).await
}

async fn file(case: &str, name: &str, support: &str) -> Response {
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let Ok(text) = std::fs::read_to_string(pages.join(case).join(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        _ => "text/html; charset=utf-8",
    };
    ([(header::CONTENT_TYPE, kind)], text.replace("{support}", support)).into_response()
}
