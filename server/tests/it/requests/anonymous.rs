//! `POST /api/v2/requests` by somebody who did not sign in.

use crate::app::App;
use serde_json::{Value, json};

fn from(email: &str) -> Value {
    json!({"request": {"subject": "Cannot sign in", "comment": {"body": "The door is locked."},
        "requester": {"name": "Una", "email": email}}})
}

async fn open() -> App {
    App::with(|config| config.anonymous.requests = true).await
}

#[tokio::test]
async fn it_is_refused_unless_the_configuration_allows_it() {
    let app = App::new().await;
    app.anonymous().post("/api/v2/requests", from("una@x.example")).await.is(401);
    let app = open().await;
    app.anonymous().post("/api/v2/requests", from("una@x.example")).await.is(201);
    // Whoever shows credentials is not anonymous, and the wrong ones are wrong here too.
    app.bearer("nonsense").post("/api/v2/requests", from("una@x.example")).await.is(401);
    app.anonymous().get("/api/v2/requests").await.is(401);
}

#[tokio::test]
async fn the_answer_does_not_tell_whether_the_address_is_known() {
    let app = open().await;
    app.ana().get("/api/v2/requests").await.is(200);
    let plain = |mut answer: Value| {
        for key in ["id", "url"] {
            answer["request"][key] = Value::Null;
        }
        answer
    };
    let known =
        app.anonymous().post("/api/v2/requests", from("ana@customer.example")).await.is(201);
    let new = app.anonymous().post("/api/v2/requests", from("una@x.example")).await.is(201);
    assert_eq!(plain(known.clone()), plain(new));
    // It is Ana's all the same, under the plan of nobody in particular and in no customer's list.
    let path = format!("/api/v2/requests/{}?include=slas", known["request"]["id"]);
    let shown = app.ana().get(&path).await.is(200)["request"].clone();
    assert!(shown["organization_id"].is_null());
    assert_eq!(shown["slas"]["policy_metrics"][0]["target_in_seconds"], 24 * 3600);
}

#[tokio::test]
async fn an_address_is_needed_staff_sign_in_and_nobody_is_copied() {
    let app = open().await;
    let mut nobody = from("");
    let refused = app.anonymous().post("/api/v2/requests", nobody.clone()).await.is(422);
    assert_eq!(refused["details"]["requester"][0]["error"], "BlankValue");
    nobody["request"]["requester"] = Value::Null;
    app.anonymous().post("/api/v2/requests", nobody).await.is(422);
    for email in ["not an address", "mia@support.example"] {
        let refused = app.anonymous().post("/api/v2/requests", from(email)).await.is(422);
        assert_eq!(refused["details"]["requester"][0]["error"], "InvalidValue", "{email}");
    }
    let mut copying = from("una@x.example");
    copying["request"]["email_ccs"] = json!([{"user_email": "victim@x.example"}]);
    let refused = app.anonymous().post("/api/v2/requests", copying).await.is(422);
    assert!(refused["details"]["email_ccs"].is_array());
}

#[tokio::test]
async fn a_repeated_call_makes_one_request() {
    let app = open().await;
    let una = app.anonymous().key("k1");
    let first = una.post("/api/v2/requests", from("una@x.example")).await.is(201);
    assert_eq!(una.post("/api/v2/requests", from("una@x.example")).await.is(201), first);
}

#[tokio::test]
async fn a_signed_in_caller_speaks_for_themselves_whatever_requester_says() {
    let app = open().await;
    let made = app.ana().post("/api/v2/requests", from("una@x.example")).await.is(201);
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    assert_eq!(made["request"]["requester_id"], ana);
}
