//! The portal: the same views on a page of their own, served by the support server itself.

use crate::support::{browser::Screen, person::Person, server::Server};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_shows_the_same_views_on_a_page() {
    let server = Server::start(&["--demo"]).await;
    let maya = Person::sit_down(Screen::Desk).await;
    maya.visit(&server.origin).await;
    maya.sees("Reply within").await;
    maya.loses("hr-corner > button").await;
    maya.send_request("S2", "Sent from the portal", "No product around it.").await;
    let id = maya.receipt().await;
    maya.go_to("My requests").await;
    maya.open_request(id).await;
    assert_eq!(maya.conversation(1).await[0].text, "No product around it.");
    maya.reply("And answered there.").await;
    maya.conversation(2).await;
    maya.go_to("CC’d on").await;
    maya.finds(".hr-row__button").await;
    maya.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_speaks_the_language_of_the_browser() {
    let server = Server::start(&["--demo"]).await;
    let maya = Person::sit_down(Screen::Desk).await;
    let german = json!({ "userAgent": "", "acceptLanguage": "de-AT" });
    maya.browser.devtools("Emulation.setUserAgentOverride", german).await;
    maya.visit(&server.origin).await;
    maya.sees("Antwort in").await;
    maya.finds(".hr-page[lang=de]").await;
    maya.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_sign_in_says_so() {
    let server = Server::start(&[]).await;
    let nobody = Person::sit_down(Screen::Desk).await;
    nobody.visit(&server.origin).await;
    nobody.go_to("My requests").await;
    nobody.sees("We could not confirm who you are.").await;
    nobody.leave_after(&["404 (Not Found)"]).await;
}
