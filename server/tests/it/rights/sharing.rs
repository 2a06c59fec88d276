//! contract.md 13, the organization right: what the organization shares with all its members, or
//! what the person is allowed, whichever is more.

use super::fixture::Fixture;
use handrail_server::store::{
    OrganizationId, organizations,
    users::{self, Sharing},
};
use serde_json::json;

/// What Max may do with a colleague's request: by row what Acme shares, by column what he is allowed.
const MAY: &str = "
shares    | own     | view    | comment
own       | nothing | sees    | writes
view      | sees    | sees    | writes
comment   | writes  | writes  | writes
";

const LEVELS: [(&str, Sharing); 3] =
    [("own", Sharing::Own), ("view", Sharing::View), ("comment", Sharing::Comment)];

async fn set(fixture: &Fixture, organization: Sharing, person: Sharing) {
    let mut tx = fixture.app.state.store.write().await.unwrap();
    let id = OrganizationId(fixture.ids.acme);
    let mut acme = organizations::by_id(&mut tx, id).await.unwrap().unwrap();
    acme.shared_tickets = organization >= Sharing::View;
    // Without the first, the second means nothing.
    acme.shared_comments = organization != Sharing::View;
    organizations::update(&mut tx, &acme).await.unwrap();
    let mut max = users::by_email(&mut tx, "max@customer.example").await.unwrap().unwrap();
    max.sharing = person;
    users::update(&mut tx, &max).await.unwrap();
    tx.commit().await.unwrap();
}

/// One word for what he gets from each way to a request, all of which must agree.
async fn found(fixture: &Fixture) -> &'static str {
    let max = fixture.client("member");
    let ids = &fixture.ids;
    let path = format!("/api/v2/requests/{}", ids.request);
    let shown = max.get(&path).await;
    let listed = max.get(&format!("/api/v2/organizations/{}/requests", ids.acme)).await;
    let searched = max.get("/api/v2/requests/search?query=quince").await.is(200);
    let comment = json!({"request": {"comment": {"body": "Me too"}}});
    let written = max.put(&path, comment).await.status.as_u16();
    let copy = json!({"request": {"additional_collaborators": ["max@customer.example"]}});
    let copied = max.put(&path, copy).await.status.as_u16();
    let can = |right: &str| shown.json()["request"]["can"][right] == json!(true);
    let got = (shown.status.as_u16(), listed.status.as_u16(), written, copied);
    match got {
        (404, 403, 404, 404) => {
            assert_eq!(searched["count"], 0);
            "nothing"
        }
        (200, 200, 403, 403) => {
            assert!(searched["count"] == 2 && !can("comment") && !can("solve") && !can("cc"));
            "sees"
        }
        (200, 200, 200, 403) => {
            assert!(searched["count"] == 2 && can("comment") && !can("solve") && !can("cc"));
            "writes"
        }
        _ => panic!("the ways to a request do not agree: {got:?}"),
    }
}

#[tokio::test]
async fn the_more_generous_of_two_settings_holds() {
    let fixture = Fixture::make().await;
    let mut lines = MAY.trim().lines().map(|line| line.split('|').map(str::trim));
    let columns: Vec<&str> = lines.next().unwrap().skip(1).collect();
    let mut looked = 0;
    for mut line in lines {
        let shares = line.next().unwrap();
        for (allowed, may) in columns.iter().zip(line) {
            let level = |name: &str| LEVELS.iter().find(|(other, _)| *other == name).unwrap().1;
            set(&fixture, level(shares), level(allowed)).await;
            assert_eq!(found(&fixture).await, may, "Acme shares {shares}, Max may {allowed}");
            looked += 1;
        }
    }
    assert_eq!(looked, 9);
}
