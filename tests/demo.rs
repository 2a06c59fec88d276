//! The demo: a host product with people and a history, on a desk and on a phone.

use crate::support::{browser::Screen, person::Person, server::Server};
use serde_json::json;

async fn the_demo_on(screen: Screen) -> (Server, Person) {
    let server = Server::start(&["--demo"]).await;
    let person = Person::sit_down(screen).await;
    person.visit(server.demo.as_deref().expect("the demo has an address")).await;
    person.open_support().await;
    (server, person)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_in_the_demo_has_a_history_of_their_own() {
    let (_server, person) = the_demo_on(Screen::Desk).await;
    person.go_to("My requests").await;
    person.finds(".hr-row__button").await;
    let of_maya = person.texts(".hr-row__subject").await;

    person.close_support().await;
    person.click_host("details.person > summary").await;
    person.click_host("[data-switch=tomas]").await;
    let body = "return document.body.dataset.person";
    person.answer("Tomás to be there", body, &[], |key: &String| key == "tomas").await;
    person.open_support().await;
    person.go_to("My requests").await;
    person.finds(".hr-row__button").await;
    let of_tomas = person.texts(".hr-row__subject").await;
    assert!(of_tomas.iter().all(|subject| !of_maya.contains(subject)), "{of_tomas:?}");

    let number = person.text(".hr-row__number").await;
    person.open_request(number.trim_start_matches('#').parse().expect("a number")).await;
    assert_eq!(person.text(".hr-thread__title").await, of_tomas[0]);
    person.finds(".hr-talk__item").await;
    person.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_product_opens_support_with_what_it_knows() {
    let (_server, person) = the_demo_on(Screen::Desk).await;
    person.close_support().await;
    person.click_host("#ask").await;
    person.finds(".hr-panel[open] input[value=S2]:checked").await;
    assert!(person.value("hr-subject").await.starts_with("FCT_ORDERS"));
    person.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_the_panel_covers_the_screen_and_nothing_scrolls_sideways() {
    let (_server, person) = the_demo_on(Screen::Phone).await;
    person.sees("Reply within").await;
    covers_the_screen(&person).await;
    person.go_to("My requests").await;
    person.finds(".hr-row__button").await;
    covers_the_screen(&person).await;
    let number = person.text(".hr-row__number").await;
    person.open_request(number.trim_start_matches('#').parse().expect("a number")).await;
    person.finds(".hr-talk__item").await;
    covers_the_screen(&person).await;
    person.close_support().await;
    person.leave().await;
}

async fn covers_the_screen(person: &Person) {
    let body = "const box = all('.hr-panel')[0].getBoundingClientRect();
        const wide = [document.scrollingElement, ...all('.hr-panel, .hr-panel *')]
            .filter((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0)
            .filter((part) => !['visible', 'clip'].includes(getComputedStyle(part).overflowX))
            .map((part) => part.className || part.localName);
        return [box.x, box.y, box.width, box.height, innerWidth, innerHeight, wide]";
    let wanted = "a panel over the whole screen";
    person
        .answer(wanted, body, &[], |seen: &serde_json::Value| {
            *seen == json!([0, 0, 390, 844, 390, 844, []])
        })
        .await;
}
