//! The calls of the table that are about people, organizations and agents' tokens.

use super::{fixture::Fixture, table::Row};
use serde_json::{Value, json};

/// The numbers of what these calls are about.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ids {
    /// Ana's membership in Acme.
    membership: i64,
    /// What Vera follows.
    subscription: i64,
    /// Mia's API token.
    token: i64,
    /// Somebody who never came through a host.
    placeholder: i64,
    /// An organization to which nobody belongs.
    unused: i64,
}

/// Makes the records.
pub(crate) async fn make(fixture: &Fixture, ana: i64, acme: i64) -> Ids {
    let (mia, vera) = (fixture.client("agent"), fixture.client("viewer"));
    let of_ana = mia.get(&format!("/api/v2/users/{ana}/organization_memberships")).await.is(200);
    let wish = json!({"organization_subscription": {"organization_id": acme}});
    let followed = vera.post("/api/v2/organization_subscriptions", wish).await.is(201);
    let tokens = mia.get("/api/handrail/v1/agent_tokens").await.is(200);
    let user = json!({"user": {"name": "Pat", "email": "pat@elsewhere.example"}});
    let placeholder = mia.post("/api/v2/users", user).await.is(201);
    let unused = json!({"organization": {"name": "Unused"}});
    let unused = mia.post("/api/v2/organizations", unused).await.is(201);
    let id = |record: &Value| record["id"].as_i64().unwrap();
    Ids {
        membership: id(&of_ana["organization_memberships"][0]),
        subscription: id(&followed["organization_subscription"]),
        token: id(&tokens["agent_tokens"][0]),
        placeholder: id(&placeholder["user"]),
        unused: id(&unused["organization"]),
    }
}

/// What stands for the braces of a path, the first and the second; `None` for other paths.
pub(super) fn numbers(fixture: &Fixture, row: &Row) -> Option<(i64, i64)> {
    let (ids, people) = (&fixture.ids, &fixture.ids.people);
    Some(match (row.path, row.variant) {
        ("/api/v2/users/{id}/merge", _) => (people.placeholder, 0),
        ("/api/v2/users/{id}/identities/{identity_id}", _) => (ids.ana, ids.ana),
        (path, _) if path.starts_with("/api/v2/users/{id}") => (ids.ana, people.membership),
        ("/api/v2/end_users/{id}", _) => (ids.ana, 0),
        (path, "unused") if path.starts_with("/api/v2/organizations/{id}") => (people.unused, 0),
        (path, _) if path.starts_with("/api/v2/organizations/{id}") => (ids.acme, 0),
        ("/api/v2/organization_memberships/{id}", _) => (people.membership, 0),
        ("/api/v2/organization_subscriptions/{id}", _) => (people.subscription, 0),
        ("/api/v2/ticket_fields/{id}" | "/api/v2/ticket_forms/{id}", _) => (1, 0),
        ("/api/handrail/v1/agent_tokens/{id}", _) => (people.token, 0),
        _ => return None,
    })
}

/// The query of such a call.
pub(super) fn query(fixture: &Fixture, row: &Row) -> Option<String> {
    let ids = &fixture.ids;
    Some(match (row.path, row.variant) {
        ("/api/v2/users/search" | "/api/handrail/v1/people", _) => "query=ana".to_owned(),
        ("/api/v2/users/autocomplete", _) => "name=ana".to_owned(),
        ("/api/v2/users/show_many", "by the host's id") => "external_ids=host-ana".to_owned(),
        ("/api/v2/users/show_many", _) => format!("ids={}", ids.ana),
        ("/api/v2/organizations/show_many", _) => format!("ids={}", ids.acme),
        ("/api/v2/organizations/search", _) => "external_id=acme".to_owned(),
        ("/api/v2/organizations/autocomplete", _) => "name=acm".to_owned(),
        ("/api/handrail/v1/agent_tokens", "of another") => format!("user_id={}", ids.ana),
        _ => return None,
    })
}

/// The body of such a call.
pub(super) fn body(fixture: &Fixture, row: &Row) -> Option<Value> {
    let (ids, people) = (&fixture.ids, &fixture.ids.people);
    let user = |user: Value| Some(json!({ "user": user }));
    match (row.path, row.variant) {
        ("/api/v2/users", "with Ana's address") => {
            user(json!({"name": "Not Ana", "email": "ana@customer.example"}))
        }
        ("/api/v2/users", "an agent") => {
            user(json!({"name": "New", "email": "new@support.example", "role": "agent"}))
        }
        ("/api/v2/users", _) => user(json!({"name": "New", "email": "new@elsewhere.example"})),
        ("/api/v2/users/create_or_update", _) => {
            user(json!({"name": "Ana R.", "email": "ana@customer.example"}))
        }
        ("/api/v2/users/{id}", "into an agent") => user(json!({"role": "agent"})),
        ("/api/v2/users/{id}", _) => user(json!({"notes": "n", "suspended": true})),
        ("/api/v2/users/{id}/merge", _) => user(json!({"id": ids.ana})),
        ("/api/v2/organizations" | "/api/v2/organizations/create_or_update", _) => {
            Some(json!({"organization": {"name": "New"}}))
        }
        ("/api/v2/organizations/{id}", _) => {
            Some(json!({"organization": {"shared_tickets": true, "shared_comments": true}}))
        }
        ("/api/v2/organization_memberships", _) => Some(json!({"organization_membership":
            {"user_id": ids.ana, "organization_id": people.unused}})),
        ("/api/v2/organization_subscriptions", _) => {
            Some(json!({"organization_subscription": {"organization_id": ids.acme}}))
        }
        ("/api/handrail/v1/agent_tokens", _) => Some(json!({"agent_token": {}})),
        (path, _) if path.ends_with("/make_default") => {
            Some(json!({"organization_membership": {}}))
        }
        _ => None,
    }
}
