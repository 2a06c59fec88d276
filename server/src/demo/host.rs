//! The backend of the demo's product: its page, the switch between people, and the endpoint that
//! signs identity tokens, which is all that a host has to write for Handrail.

use super::{
    page::{self, MARK, SCRIPT, STYLE, host_name, support_origin},
    people::Person,
};
use crate::{AppState, identity};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;

/// The host product, on an origin of its own.
pub fn host_router(state: AppState) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/demo/") }))
        .route("/demo", get(|| async { Redirect::temporary("/demo/") }))
        .route("/demo/", get(show_page))
        .route("/demo/larkspur.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route(
            "/demo/larkspur.js",
            get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .route("/demo/larkspur.svg", get(|| async { file("image/svg+xml", MARK) }))
        .route("/demo/token", get(show_token))
        .route("/demo/person", post(switch_person))
        .with_state(state)
}

/// What the demo adds to the support server itself: a token for the portal's page, for the person
/// of the same cookie, and the way from `/demo/` to the product.
pub fn portal_token_router(state: AppState) -> Router {
    Router::new()
        .route("/portal-token", get(show_token))
        .route("/demo", get(lead_to_product))
        .route("/demo/", get(lead_to_product))
        .with_state(state)
}

async fn show_page(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let support = support_origin(&state, &headers);
    let html = page::render(person(&headers), &support);
    let mut answer = file("text/html; charset=utf-8", html);
    if let Ok(policy) = HeaderValue::from_str(&page::policy(&support)) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// A token for whoever is signed in here. Any cookie-based endpoint of a host looks like this: no
/// CORS headers, so that other origins cannot read the answer, and nothing is cached.
async fn show_token(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let claims = person(&headers).claims(state.env.now());
    let mut answer = match identity::mint(&state, &claims) {
        Ok(token) => Json(json!({ "token": token })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the demo cannot sign a token");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Body of the switch. JSON, since a form of another origin cannot send that without asking first.
#[derive(Deserialize)]
struct Switch {
    person: String,
}

async fn switch_person(Json(switch): Json<Switch>) -> Response {
    let Some(person) = Person::of(&switch.person) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, "There is no such person.\n").into_response();
    };
    let cookie = format!("demo_person={}; Path=/; SameSite=Lax; HttpOnly", person.key);
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
}

async fn lead_to_product(State(state): State<AppState>, headers: HeaderMap) -> Response {
    match state.addresses.demo {
        Some(demo) => {
            let address = format!("http://{}:{}/demo/", host_name(&headers), demo.port());
            Redirect::temporary(&address).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn person(headers: &HeaderMap) -> &'static Person {
    Person::of_cookies(headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()))
}

/// A file of the page. It may change with each build of the server, so it is not kept.
fn file(content_type: &'static str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, body).into_response()
}
