//! Identity tokens: what is refused, and that refusing leaves no trace.

use crate::app::{App, SECRET, START};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// Claims that are accepted, as JSON so that tests can break them.
fn good() -> Value {
    json!({
        "scope": "user", "external_id": "host-1", "email": "ana@acme.example",
        "email_verified": true, "name": "Ana Ruiz", "exp": START + 600,
    })
}

fn sign(claims: &Value, kid: Option<&str>, algorithm: Algorithm, secret: &str) -> String {
    let mut header = Header::new(algorithm);
    header.kid = kid.map(str::to_owned);
    encode(&header, claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

fn signed(claims: &Value) -> String {
    sign(claims, Some("test"), Algorithm::HS256, SECRET)
}

fn with(key: &str, value: Value) -> String {
    let mut claims = good();
    claims[key] = value;
    signed(&claims)
}

async fn accepted(token: &str) {
    let app = App::new().await;
    app.bearer(token).get("/api/v2/requests").await.is(200);
}

/// Refused with a reason, and without a person having come into being.
async fn refused(token: &str, reason: &str) {
    let app = App::new().await;
    let answer = app.bearer(token).get("/api/v2/requests").await;
    let body = answer.is(401);
    assert_eq!(body["error"], "invalid_token");
    assert_eq!(body["error_description"], reason);
    let mut read = app.state.store.read().await.unwrap();
    let found = handrail_server::store::users::by_external_id(&mut read, "host-1").await.unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn a_good_token_is_accepted() {
    accepted(&signed(&good())).await;
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let other = "another secret of at least thirty-two characters";
    let token = sign(&good(), Some("test"), Algorithm::HS256, other);
    refused(&token, "The token's signature does not match").await;
}

#[tokio::test]
async fn an_unknown_or_missing_key_id_is_refused() {
    for kid in [Some("other"), Some(""), None] {
        let token = sign(&good(), kid, Algorithm::HS256, SECRET);
        refused(&token, "The token's key id (kid) is missing or unknown").await;
    }
}

#[tokio::test]
async fn any_other_algorithm_is_refused_even_when_rightly_signed() {
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let token = sign(&good(), Some("test"), algorithm, SECRET);
        refused(&token, "The token's algorithm is not HS256").await;
    }
}

#[tokio::test]
async fn none_is_refused_in_every_spelling() {
    let payload = URL_SAFE_NO_PAD.encode(good().to_string());
    for name in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({"alg": name, "typ": "JWT", "kid": "test"}).to_string();
        let header = URL_SAFE_NO_PAD.encode(header);
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{payload}.{signature}");
            refused(&token, "The token's algorithm is not HS256").await;
        }
    }
}

#[tokio::test]
async fn an_expired_token_is_refused_after_ten_seconds_of_leeway() {
    accepted(&with("exp", json!(START - 10))).await;
    refused(&with("exp", json!(START - 11)), "The token has expired").await;
    refused(&with("exp", json!(-1)), "The token has expired").await;
}

#[tokio::test]
async fn a_token_that_is_not_valid_yet_is_refused() {
    for claim in ["nbf", "iat"] {
        accepted(&with(claim, json!(START + 10))).await;
        refused(&with(claim, json!(START + 11)), "The token is not valid yet").await;
    }
}

#[tokio::test]
async fn a_token_lives_until_its_end_and_no_longer() {
    let app = App::new().await;
    let client = app.bearer(&signed(&good()));
    client.get("/api/v2/requests").await.is(200);
    app.advance(610);
    client.get("/api/v2/requests").await.is(200);
    app.advance(1);
    client.get("/api/v2/requests").await.is(401);
}

#[tokio::test]
async fn each_missing_claim_is_refused_by_its_name() {
    for claim in ["scope", "external_id", "email", "email_verified", "name", "exp"] {
        let mut claims = good();
        claims.as_object_mut().unwrap().remove(claim);
        let reason = format!("The token's claim {claim} is missing or not acceptable");
        refused(&signed(&claims), &reason).await;
    }
}

#[tokio::test]
async fn claims_that_say_the_wrong_thing_are_refused_by_their_name() {
    for (claim, value) in [
        ("scope", json!("admin")),
        ("scope", json!(["user"])),
        ("external_id", json!("")),
        ("external_id", json!({})),
        ("external_id", json!("x".repeat(256))),
        ("email", json!("ana")),
        ("email", json!(7)),
        ("email_verified", json!(false)),
        ("email_verified", json!("true")),
        ("name", json!(" ")),
        ("exp", json!("soon")),
        ("nbf", json!("now")),
        ("organization", json!("Acme")),
        ("organization", json!({"name": "Acme"})),
        ("plan", json!([])),
    ] {
        let reason = format!("The token's claim {claim} is missing or not acceptable");
        refused(&with(claim, value), &reason).await;
    }
}

#[tokio::test]
async fn an_audience_must_be_ours_when_there_is_one() {
    for audience in [json!("handrail"), json!(["other", "handrail"])] {
        accepted(&with("aud", audience)).await;
    }
    for audience in [json!("other"), json!([]), json!(["other"]), json!(7)] {
        refused(&with("aud", audience), "The token was made for another audience").await;
    }
}

#[tokio::test]
async fn a_tampered_token_is_refused() {
    let token = signed(&good());
    let parts: Vec<&str> = token.split('.').collect();
    let mut other = good();
    other["email"] = json!("ben@acme.example");
    let payload = URL_SAFE_NO_PAD.encode(other.to_string());
    let forged = format!("{}.{payload}.{}", parts[0], parts[2]);
    refused(&forged, "The token's signature does not match").await;
    let cut = format!("{}.{}.", parts[0], parts[1]);
    refused(&cut, "The token's signature does not match").await;
}

#[tokio::test]
async fn what_is_no_token_at_all_is_refused() {
    let long = "x".repeat(9000);
    for token in ["x", "..", "a.b.c", "e30.e30.e30", &long] {
        refused(token, "The token is not a JSON Web Token").await;
    }
}

#[tokio::test]
async fn a_second_key_is_accepted_beside_the_first() {
    let second = "the next secret, also of thirty-two characters or more";
    let app = App::with(|config| {
        config.identity.keys.push(handrail_server::config::IdentityKey {
            kid: "next".to_owned(),
            secret: second.to_owned(),
        });
    })
    .await;
    for token in [signed(&good()), sign(&good(), Some("next"), Algorithm::HS256, second)] {
        app.bearer(&token).get("/api/v2/requests").await.is(200);
    }
    let crossed = sign(&good(), Some("next"), Algorithm::HS256, SECRET);
    app.bearer(&crossed).get("/api/v2/requests").await.is(401);
}

#[tokio::test]
async fn a_server_without_configured_keys_keeps_one_in_its_database() {
    let app = App::with(|config| config.identity.keys.clear()).await;
    let token = handrail_server::identity::mint(&app.state, &app.claims("ana", "Ana")).unwrap();
    let app = app.restart().await;
    app.bearer(&token).get("/api/v2/requests").await.is(200);
    app.bearer(&signed(&good())).get("/api/v2/requests").await.is(401);
}

#[tokio::test]
async fn a_bearer_never_has_an_agents_rights_not_even_an_agents_own() {
    let app = App::new().await;
    let mut claims = app.claims("mia", "Mia");
    claims.email = "mia@support.example".to_owned();
    let answer = app.by(&claims).get("/api/v2/tickets/1001").await;
    assert_eq!(answer.is(403)["error"]["title"], "Forbidden");
    let id = app.ana().create("One", json!({})).await;
    app.by(&claims).get(&format!("/api/v2/requests/{id}")).await.is(404);
}

#[tokio::test]
async fn an_agents_token_holds_for_that_agent_only_and_is_not_kept_in_clear() {
    let app = App::new().await;
    app.agent().get("/api/v2/tickets/1").await.is(404);
    app.basic("MIA@support.example", app.agent_token()).get("/api/v2/tickets/1").await.is(404);
    for (email, token) in [
        ("mia@support.example", "wrong"),
        ("other@support.example", app.agent_token()),
        ("mia@support.example", ""),
    ] {
        let answer = app.basic(email, token).get("/api/v2/tickets/1").await;
        assert_eq!(answer.is(401)["error"], "Couldn't authenticate you");
    }
    let token = app.agent_token().to_owned();
    app.state.store.close().await;
    for entry in std::fs::read_dir(app.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()));
    }
}
