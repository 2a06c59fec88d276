//! The demo: its page, its people, their tokens and their history.

use crate::app::App;
use api::{identity::Claims, time};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use handrail_server::{AppState, demo, env::Env, router, state::Addresses};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tower::ServiceExt;

struct Demo {
    app: App,
    host: Router,
    support: Router,
}

type Answer = (StatusCode, HeaderMap, String);

impl Demo {
    async fn new() -> Self {
        let app = App::with(|config| {
            config.demo = true;
            config.public_urls = Vec::new();
        })
        .await;
        // The same database behind two listeners, as `serve --demo` has them.
        let addresses = Addresses {
            support: "127.0.0.1:8080".parse().unwrap(),
            demo: Some("127.0.0.1:8081".parse().unwrap()),
        };
        let env = Env::fixed(|| time::from_unix(crate::app::START), 9);
        let state = AppState::open(app.state.config.clone(), env, addresses).await.unwrap();
        demo::seed(&state).await.unwrap();
        Self { app, host: demo::host_router(state.clone()), support: router(state) }
    }

    async fn get(&self, of: &Router, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header("host", "localhost:8081").header("cookie", cookie);
        send(of, request.body(Body::empty()).unwrap()).await
    }

    /// What somebody sees, signed in by the demo's own token.
    async fn as_person(&self, person: &str, path: &str) -> Value {
        let cookie = format!("demo_person={person}");
        let (_, _, body) = self.get(&self.host, "/demo/token", &cookie).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        self.app.bearer(body["token"].as_str().unwrap()).get(path).await.is(200)
    }
}

async fn send(to: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = to.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_page_includes_the_widget_under_a_strict_policy() {
    let demo = Demo::new().await;
    let (status, headers, page) = demo.get(&demo.host, "/demo/", "demo_person=tomas").await;
    assert_eq!(status, 200);
    assert!(page.contains(
        "<script async src=\"http://localhost:8080/handrail.js\" data-token-url=\"/demo/token\"></script>"
    ));
    assert!(page.contains("Tomás Herrera"));
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self' http://localhost:8080 'wasm-unsafe-eval'"));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    // The policy would be worth nothing on a page that needs what it forbids.
    assert!(!page.contains("style=") && !page.contains("<style") && !page.contains(" onclick"));
    for file in ["larkspur.css", "larkspur.js", "larkspur.svg"] {
        assert!(page.contains(&format!("/demo/{file}")));
        assert_eq!(demo.get(&demo.host, &format!("/demo/{file}"), "").await.0, 200);
    }
}

#[tokio::test]
async fn the_switch_decides_whose_token_is_signed() {
    let demo = Demo::new().await;
    let request = Request::post("/demo/person").header("content-type", "application/json");
    let body = Body::from(json!({"person": "aiko"}).to_string());
    let (status, headers, _) = send(&demo.host, request.body(body).unwrap()).await;
    assert_eq!(status, 204);
    let cookie = headers["set-cookie"].to_str().unwrap();
    assert_eq!(cookie, "demo_person=aiko; Path=/; SameSite=Lax; HttpOnly");

    for (of, path) in [(&demo.host, "/demo/token"), (&demo.support, "/portal-token")] {
        let (status, headers, body) = demo.get(of, path, "demo_person=aiko").await;
        assert_eq!(status, 200);
        assert_eq!(headers["cache-control"], "no-store");
        let body: Value = serde_json::from_str(&body).unwrap();
        let now = time::from_unix(crate::app::START);
        let claims: Claims =
            demo.app.state.keys.verify(body["token"].as_str().unwrap(), now).unwrap();
        assert_eq!(claims.name, "Aiko Brandt");
        assert_eq!(claims.exp, crate::app::START + 600);
        assert_eq!(claims.plan.as_deref(), Some("basic"));
    }
}

#[tokio::test]
async fn a_stranger_to_the_demo_cannot_be_switched_to() {
    let demo = Demo::new().await;
    let request = Request::post("/demo/person").header("content-type", "application/json");
    let body = Body::from(json!({"person": "root"}).to_string());
    let (status, headers, _) = send(&demo.host, request.body(body).unwrap()).await;
    assert_eq!(status, 422);
    assert!(!headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn the_support_server_leads_to_the_product_under_the_same_name() {
    let demo = Demo::new().await;
    for path in ["/demo", "/demo/"] {
        let (status, headers, _) = demo.get(&demo.support, path, "").await;
        assert_eq!(status, 307);
        assert_eq!(headers["location"], "http://localhost:8081/demo/");
    }
}

#[tokio::test]
async fn without_demo_there_is_neither_token_nor_product() {
    let app = App::new().await;
    for path in ["/portal-token", "/demo/"] {
        assert_eq!(app.anonymous().get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_history_has_every_severity_and_status_and_both_kinds_of_clock() {
    let demo = Demo::new().await;
    let (mut priorities, mut statuses, mut clocks) =
        <(BTreeSet<_>, BTreeSet<_>, BTreeSet<_>)>::default();
    let mut count = 0;
    for person in ["maya", "tomas", "aiko"] {
        let path = "/api/v2/requests?include=slas&per_page=100";
        let list = demo.as_person(person, path).await;
        for request in list["requests"].as_array().unwrap() {
            count += 1;
            priorities.insert(request["priority"].as_str().unwrap().to_owned());
            statuses.insert(request["status"].as_str().unwrap().to_owned());
            let clock = &request["slas"]["policy_metrics"][0];
            let late = match clock["fulfilled_at"].as_str() {
                Some(at) => at > clock["breach_at"].as_str().unwrap(),
                None => {
                    time::parse(clock["breach_at"].as_str().unwrap()).unwrap().timestamp()
                        < crate::app::START
                }
            };
            clocks.insert((clock["fulfilled_at"].is_string(), late));
            let updated = time::parse(request["updated_at"].as_str().unwrap()).unwrap();
            assert!(updated.timestamp() <= crate::app::START, "{}", request["subject"]);
        }
    }
    assert_eq!(count, 32);
    assert_eq!(priorities.len(), 4, "{priorities:?}");
    assert_eq!(statuses.len(), 6, "{statuses:?}");
    assert_eq!(clocks.len(), 4, "answered and not, each in time and late: {clocks:?}");
}

#[tokio::test]
async fn the_colleagues_are_copied_on_one_anothers_requests() {
    let demo = Demo::new().await;
    for person in ["maya", "tomas"] {
        let list = demo.as_person(person, "/api/v2/requests/ccd").await;
        assert!(list["requests"].as_array().unwrap().len() >= 3, "{person}");
    }
    let list = demo.as_person("aiko", "/api/v2/requests/ccd").await;
    assert_eq!(list["requests"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_second_start_adds_nothing() {
    let demo = Demo::new().await;
    demo::seed(&demo.app.state).await.unwrap();
    let list = demo.as_person("aiko", "/api/v2/requests").await;
    assert_eq!(list["count"], 9);
}
