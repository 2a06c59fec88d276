//! The built site: portal, loader, widget. Read into memory at start and served from there.
//!
//! A map of known names decides what exists: no path of a caller ever reaches the file system, so
//! there is nothing to traverse and no folder to list. The files are a few hundred kilobytes in all.

use crate::AppState;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use negotiation::{Coding, acceptable, is_known};
use std::{collections::HashMap, io, path::PathBuf, sync::Arc};

mod headers;
mod loader;
mod negotiation;
mod reading;

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error(
        "{0} is not a built site ({1} is missing): run `cargo xtask build`, or name no site to serve the API alone"
    )]
    NotBuilt(PathBuf, &'static str),
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
}

/// Files by their path without the slash at the beginning. Empty without a site.
#[derive(Debug, Default)]
pub struct Site(HashMap<String, File>);

/// A file with its compressed forms.
#[derive(Debug)]
struct File {
    plain: Form,
    compressed: Vec<(Coding, Form)>,
}

/// One form of a file, ready to be sent.
#[derive(Clone, Debug)]
struct Form {
    headers: HeaderMap,
    body: Bytes,
}

impl File {
    /// The form that the caller likes best. Without one that they accept it is the plain one, since
    /// a page that cannot be read is worth less than one that is longer than wished.
    fn form(&self, headers: &HeaderMap) -> &Form {
        acceptable(headers)
            .into_iter()
            .find_map(|wanted| match wanted {
                Coding::Identity => Some(&self.plain),
                wanted => {
                    let found = self.compressed.iter().find(|(coding, _)| *coding == wanted);
                    found.map(|(_, form)| form)
                }
            })
            .unwrap_or(&self.plain)
    }
}

/// Answers everything that is not the API's.
pub fn router(state: &AppState) -> Router {
    Router::new().fallback(show_file).with_state(Arc::clone(&state.site))
}

async fn show_file(
    State(site): State<Arc<Site>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = match uri.path() {
        "/" => "index.html",
        path => path.trim_start_matches('/'),
    };
    let Some(file) = site.0.get(path) else {
        return (StatusCode::NOT_FOUND, "There is nothing at this address.\n").into_response();
    };
    if !matches!(method, Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    let form = file.form(&headers);
    let mut answer = Response::new(Body::empty());
    answer.headers_mut().clone_from(&form.headers);
    if is_known(&headers, &form.headers) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING] {
            answer.headers_mut().remove(name);
        }
        return answer;
    }
    answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(form.body.len()));
    if method == Method::GET {
        *answer.body_mut() = Body::from(form.body.clone());
    }
    answer
}
