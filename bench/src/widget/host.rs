//! The host product: the same plain page for every widget, what Sentry's consists of, the identity
//! token for ours, and a place that takes what Sentry sends. Nothing leaves the machine.

use super::subject::Subject;
use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{Path as Parts, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;
use std::{
    collections::HashMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{net::TcpListener, task::JoinHandle};

const PAGE: &str = include_str!("page.html");
const PROBE: &str = include_str!("probe.js");

/// A free port for a host; its origin has to be known before the support server starts.
pub(crate) struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

/// A running host; it ends with this value.
pub(crate) struct Host {
    origin: String,
    task: JoinHandle<()>,
}

/// What its backend knows.
struct Backend {
    /// The origin of the support server.
    support: String,
    token: String,
    /// Files of the bundles by their path, compressed.
    files: HashMap<String, Vec<u8>>,
}

impl Door {
    pub(crate) async fn find() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Opens with what stands in the folder of bundles.
    pub(crate) fn open(self, support: SocketAddr, token: String, bundles: &Path) -> Result<Host> {
        let support = format!("http://{support}");
        let backend = Backend { support, token, files: read_bundles(bundles)? };
        let router = Router::new()
            .route("/token", get(show_token))
            .route("/on/{subject}", get(show_page))
            .route("/api/{*what}", post(async || Json(json!({}))))
            .fallback(show_file)
            .with_state(Arc::new(backend));
        let (origin, listener) = (self.origin(), self.listener);
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("   the host stopped: {error}");
            }
        });
        Ok(Host { origin, task })
    }
}

impl Host {
    /// The address of the page with this widget.
    pub(crate) fn page(&self, subject: Subject) -> String {
        format!("{}/on/{}", self.origin, subject.slug())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn show_token(State(backend): State<Arc<Backend>>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "token": backend.token })))
}

async fn show_page(State(backend): State<Arc<Backend>>, Parts(slug): Parts<String>) -> Response {
    let Some(subject) = Subject::ALL.into_iter().find(|subject| subject.slug() == slug) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = page(&subject.tag(&backend.support).to_string());
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, page).into_response()
}

fn page(tag: &str) -> String {
    PAGE.replace("{tag}", tag).replace("{probe}", PROBE)
}

/// A file of a bundle, as a host serves what has a hash in its name: compressed, and kept for ever.
async fn show_file(State(backend): State<Arc<Backend>>, uri: Uri) -> Response {
    let Some(compressed) = backend.files.get(uri.path().trim_start_matches('/')) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CONTENT_ENCODING, "br"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, compressed.clone()).into_response()
}

fn read_bundles(folder: &Path) -> Result<HashMap<String, Vec<u8>>> {
    let mut files = HashMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("no {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(name, read(&compressed(&path))?);
            }
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn compressed(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_differs_in_its_tag_alone() {
        let pages = Subject::ALL.map(|subject| {
            let tag = subject.tag("http://127.0.0.1:1").to_string();
            let (page, call) = (page(&tag), format!("bench.include({tag})"));
            assert_eq!(page.matches(&call).count(), 1, "{page}");
            page.replace(&call, "")
        });
        assert!(pages.windows(2).all(|two| two[0] == two[1]));
        assert!(!pages[0].contains("{probe}") && pages[0].contains("window.bench"));
    }

    #[test]
    fn bundles_are_read_as_they_are_sent() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("1.0")).unwrap();
        for (name, text) in
            [("a.js", "a"), ("a.js.br", "A"), ("1.0/b.js", "b"), ("1.0/b.js.br", "B")]
        {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let files = read_bundles(dir.path()).unwrap();
        assert_eq!(files.len(), 2);
        assert_eq!(files["1.0/b.js"], b"B");
    }
}
