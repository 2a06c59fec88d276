//! What colleagues share: own requests, all, or all with a say, by organization and by person, the
//! more generous holding.

use crate::app::{App, Client, ids};
use serde_json::{Value, json};

/// What somebody can do with Ana's request, in the words of contract.md 13.
async fn sees(client: &Client, id: i64) -> &'static str {
    let shown = client.get(&format!("/api/v2/requests/{id}")).await;
    if shown.status == 404 {
        let listed = client.get("/api/v2/requests/search?query=*").await.is(200);
        assert_eq!(ids(&listed["requests"]), [0; 0]);
        client.get("/api/v2/organizations/1/requests").await.is(403);
        return "own";
    }
    let listed = client.get("/api/v2/organizations/1/requests").await.is(200);
    assert_eq!(ids(&listed["requests"]), [id]);
    assert_eq!(listed["requests"][0]["can"], shown.is(200)["request"]["can"]);
    let can = shown.is(200)["request"]["can"].clone();
    assert_eq!((&can["solve"], &can["cc"]), (&json!(false), &json!(false)));
    let comment = json!({"request": {"comment": {"body": "Me too."}}});
    let said = client.put(&format!("/api/v2/requests/{id}"), comment).await;
    match can["comment"] == true {
        true => {
            said.is(200);
            "view and comment"
        }
        false => {
            said.is(403);
            "view"
        }
    }
}

#[tokio::test]
async fn the_more_generous_of_organization_and_person_holds_from_the_next_call_on() {
    let app = App::new().await;
    let (ana, ben, agent) = (app.ana(), app.ben(), app.agent());
    let id = ana.create("Ana's", json!({})).await;
    let user = format!("/api/v2/users/{}", ben.id().await);
    for (tickets, comments, by_organization) in
        [(false, false, 0), (false, true, 0), (true, false, 1), (true, true, 2)]
    {
        let change =
            json!({"organization": {"shared_tickets": tickets, "shared_comments": comments}});
        agent.put("/api/v2/organizations/1", change).await.is(200);
        for (restriction, comments, by_person) in
            [("requested", false, 0), ("organization", false, 1), ("organization", true, 2)]
        {
            let change =
                json!({"user": {"ticket_restriction": restriction, "shared_comments": comments}});
            let kept = agent.put(&user, change).await.is(200)["user"].clone();
            assert_eq!(kept["ticket_restriction"], restriction);
            assert_eq!(kept["shared_comments"], comments);
            let holds = ["own", "view", "view and comment"][by_organization.max(by_person)];
            assert_eq!(sees(&ben, id).await, holds, "{by_organization} {by_person}");
        }
    }
    // Nothing of this is for people of other customers.
    app.stranger().get(&format!("/api/v2/requests/{id}")).await.is(404);
    app.stranger().get("/api/v2/organizations/1/requests").await.is(404);
}

#[tokio::test]
async fn a_person_is_told_what_they_see() {
    let app = App::new().await;
    let ben = app.ben();
    let id = ben.id().await;
    let me = ben.get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(me["ticket_restriction"], "requested");
    let change = json!({"user": {"ticket_restriction": "organization"}});
    app.agent().put(&format!("/api/v2/users/{id}"), change).await.is(200);
    let me = ben.get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(me["ticket_restriction"], "organization");
    let list = ben.get(&format!("/api/v2/users/{id}/organization_memberships")).await.is(200);
    assert_eq!(list["organization_memberships"][0]["view_tickets"], true);
    let agent = app.agent().get("/api/v2/users/me").await.is(200)["user"].clone();
    assert_eq!(agent["ticket_restriction"], Value::Null);
}
