//! Who may have the bytes of a file: the rights of its comment, and nothing else.

use crate::app::App;
use handrail_server::store::organizations;
use serde_json::json;

/// Status for Ana (who sent and asked), Ben (copied), a stranger, an agent by both ways, and nobody.
async fn table(app: &App, address: &str) -> [u16; 6] {
    let mut claims = app.claims("mia", "Mia");
    claims.email = "mia@support.example".to_owned();
    let mia = app.by(&claims);
    let people = [app.ana(), app.ben(), app.stranger(), app.agent(), mia, app.anonymous()];
    let mut row = [0; 6];
    for (status, person) in row.iter_mut().zip(people) {
        let answer = person.get(address).await;
        *status = answer.status.as_u16();
        match *status {
            200 => assert_eq!(answer.bytes, b"words"),
            404 => assert_eq!(answer.json()["error"], "RecordNotFound"),
            _ => assert_eq!(answer.json()["error"], "Couldn't authenticate you"),
        }
    }
    row
}

#[tokio::test]
async fn a_file_is_had_by_those_who_may_see_its_comment() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "words").await;
    // While it waits: only who sent it, also no agent.
    assert_eq!(table(&app, &address).await, [200, 404, 404, 404, 404, 401]);
    let copies = json!([{"user_email": "ben@customer.example"}]);
    let more = json!({"comment": {"body": "b", "uploads": [token]}, "email_ccs": copies});
    let id = app.ana().create("One", more).await;
    assert_eq!(table(&app, &address).await, [200, 200, 404, 200, 404, 401]);
    assert_eq!(table(&app, "/attachments/token/missing/").await, [404, 404, 404, 404, 404, 401]);
    let remove = json!({"request": {"email_ccs":
        [{"user_email": "ben@customer.example", "action": "delete"}]}});
    app.ana().put(&format!("/api/v2/requests/{id}"), remove).await.is(200);
    assert_eq!(table(&app, &address).await, [200, 404, 404, 200, 404, 401]);
}

#[tokio::test]
async fn a_colleague_has_a_file_as_far_as_the_organization_shares() {
    let app = App::new().await;
    let (token, address) = app.ana().sent("a.txt", "words").await;
    app.ana().create("One", json!({"comment": {"body": "b", "uploads": [token]}})).await;
    for (shares, ben) in [(false, 404), (true, 200), (false, 404)] {
        let mut tx = app.state.store.write().await.unwrap();
        let mut acme = organizations::by_external_id(&mut tx, "acme").await.unwrap().unwrap();
        acme.shared_tickets = shares;
        organizations::update(&mut tx, &acme).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(table(&app, &address).await, [200, ben, 404, 200, 404, 401]);
    }
}

#[tokio::test]
async fn a_file_of_a_private_note_is_for_agents_only() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let (token, address) = app.agent().sent("a.txt", "words").await;
    let note = json!({"body": "Hm", "public": false, "uploads": [token]});
    let path = format!("/api/v2/tickets/{id}");
    app.agent().put(&path, json!({"ticket": {"comment": note}})).await.is(200);
    assert_eq!(table(&app, &address).await, [404, 404, 404, 200, 404, 401]);
    let shown = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    assert!(!shown.to_string().contains("a.txt"));
    let shown = app.agent().get(&format!("{path}/comments")).await.is(200);
    assert_eq!(shown["comments"][1]["attachments"][0]["file_name"], "a.txt");
}

#[tokio::test]
async fn the_sender_of_a_comment_made_in_anothers_name_is_an_agent_like_others() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let ana = app.ana().get("/api/v2/users/me").await.is(200)["user"]["id"].clone();
    let (token, address) = app.agent().sent("a.txt", "words").await;
    let comment = json!({"body": "From her mail", "author_id": ana, "uploads": token});
    let path = format!("/api/v2/tickets/{id}");
    app.agent().put(&path, json!({"ticket": {"comment": comment}})).await.is(200);
    assert_eq!(table(&app, &address).await, [200, 404, 404, 200, 404, 401]);
}

#[tokio::test]
async fn a_preview_has_the_rights_of_its_picture() {
    let app = App::new().await;
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::new(4, 4);
    image::DynamicImage::from(picture).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let made = app.ana().upload("filename=a.png", png.into_inner()).await.is(201);
    let upload = &made["upload"];
    let preview = crate::app::follow(&upload["attachment"]["thumbnails"][0]["content_url"]);
    assert_eq!(app.ana().get(&preview).await.status, 200);
    assert_eq!(app.agent().get(&preview).await.status, 404);
    let more = json!({"comment": {"body": "b", "uploads": [upload["token"]]}});
    let id = app.ana().create("One", more).await;
    assert_eq!(app.ana().get(&preview).await.status, 200);
    assert_eq!(app.agent().get(&preview).await.status, 200);
    assert_eq!(app.stranger().get(&preview).await.status, 404);
    let list = app.ana().get(&format!("/api/v2/requests/{id}/comments")).await.is(200);
    let files = list["comments"][0]["attachments"].as_array().unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0]["thumbnails"], upload["attachment"]["thumbnails"]);
}
