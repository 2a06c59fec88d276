//! Every route of the server, in one list.
//!
//! Paths under `/api` also answer with `.json` at their end; the suffix is taken off before routing,
//! so the list names each path once. What is not under `/api` belongs to the site.

use crate::{
    AppState,
    caller::WrittenPath,
    demo,
    error::Error,
    middleware::{cors, panics, stamp},
    routes::{health, policy, requests, tickets, users},
    site,
};
use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Uri, uri::PathAndQuery},
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use tower::{ServiceBuilder, util::MapRequestLayer};

/// The whole server: API, health and site.
pub fn router(state: AppState) -> Router {
    let api = ServiceBuilder::new().layer(MapRequestLayer::new(plain_path)).service(api(&state));
    let mut all = Router::new()
        .route_service("/api", api.clone())
        .route_service("/api/", api.clone())
        .route_service("/api/{*path}", api)
        .route("/healthz", get(health::show_liveness))
        .route("/readyz", get(health::show_readiness))
        .with_state(state.clone());
    if state.config.demo {
        all = all.merge(demo::portal_token_router(state.clone()));
    }
    all.fallback_service(site::router(&state)).layer(from_fn_with_state(state, stamp::stamp))
}

fn api(state: &AppState) -> Router {
    Router::new()
        .route("/api/v2/users/me", get(users::show_me))
        .route("/api/v2/requests", get(requests::list_requests).post(requests::create_request))
        .route("/api/v2/requests/open", get(requests::list_open_requests))
        .route("/api/v2/requests/solved", get(requests::list_solved_requests))
        .route("/api/v2/requests/ccd", get(requests::list_ccd_requests))
        .route("/api/v2/requests/search", get(requests::search_requests))
        .route("/api/v2/users/{id}/requests", get(requests::list_user_requests))
        .route("/api/v2/organizations/{id}/requests", get(requests::list_organization_requests))
        .route("/api/v2/requests/{id}", get(requests::show_request).put(requests::update_request))
        .route("/api/v2/requests/{id}/comments", get(requests::list_comments))
        .route("/api/v2/requests/{id}/comments/{comment_id}", get(requests::show_comment))
        .route("/api/v2/tickets/{id}", get(tickets::show_ticket).put(tickets::update_ticket))
        .route("/api/v2/tickets/{id}/comments", get(tickets::list_ticket_comments))
        .route("/api/handrail/v1/policy", get(policy::show_policy))
        .fallback(|| async { Error::InvalidEndpoint })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .layer(from_fn(stamp::remember_route))
        .layer(panics::layer())
        .layer(cors::layer(&state.config.allowed_origins))
        .with_state(state.clone())
}

/// Takes `.json` off the path and remembers the path as it was written, for links.
fn plain_path(mut request: Request) -> Request {
    let written = request.uri().path().to_owned();
    if let Some(plain) = written.strip_suffix(".json") {
        let plain = match request.uri().query() {
            Some(query) => format!("{plain}?{query}"),
            None => plain.to_owned(),
        };
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = plain.parse::<PathAndQuery>().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    // The outer list's match is over; left in, it would stand before the inner one's.
    request.extensions_mut().remove::<MatchedPath>();
    request.extensions_mut().insert(WrittenPath(written));
    request
}
