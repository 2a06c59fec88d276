//! What docs/EMBEDDING.md tells host engineers to write in Rust, word for word, and that it is accepted.

use crate::app::{App, SECRET, START};

mod snippet {
    use super::User;

    // Begin of the snippet.
    use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, errors::Error};
    use serde_json::json;

    pub(super) fn support_token(
        user: &User,
        kid: &str,
        secret: &str,
        now: i64,
    ) -> Result<String, Error> {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid.to_owned());
        let claims = json!({
            "scope": "user",
            "external_id": user.id,
            "email": user.email,
            "email_verified": true,
            "name": user.name,
            "organization": { "external_id": user.company.id, "name": user.company.name },
            "plan": user.company.plan,
            "exp": now + 600,
        });
        encode(&header, &claims, &EncodingKey::from_secret(secret.as_bytes()))
    }
    // End of the snippet.
}

struct User {
    id: &'static str,
    email: &'static str,
    name: &'static str,
    company: Company,
}

struct Company {
    id: &'static str,
    name: &'static str,
    plan: &'static str,
}

#[tokio::test]
async fn the_token_of_the_embedding_guide_signs_a_user_in() {
    let app = App::new().await;
    let company = Company { id: "acme", name: "Acme", plan: "advanced" };
    let user = User { id: "u-1", email: "ada@acme.example", name: "Ada", company };
    let token = snippet::support_token(&user, "test", SECRET, START).unwrap();
    let me = app.bearer(&token).get("/api/v2/users/me").await.is(200);
    assert_eq!(me["user"]["name"], "Ada");
    assert_eq!(me["user"]["external_id"], "u-1");
}

#[test]
fn the_guide_has_the_code_that_is_tested_here() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let here = include_str!("host_token.rs");
    let snippet = here.split("// Begin of the snippet.").nth(1).unwrap();
    let snippet = snippet.split("// End of the snippet.").next().unwrap();
    let snippet = words(&snippet.replace("pub(super) ", ""));
    let guide = words(include_str!("../../../docs/EMBEDDING.md"));
    assert!(guide.contains(&snippet), "{snippet}");
}
