//! Somebody else's request does not exist for a stranger, however they come by its number.

use crate::support::{
    agent::Record,
    people::{ANA, EVE},
    stage::Stage,
};

const NOT_FOUND: &str = "This request does not exist, or you have no access to it.";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_others_looks_like_one_that_does_not_exist() {
    let stage = Stage::set().await;
    let ana = Record::of(&ANA, &stage.server).await;
    let id = ana.create("Secret plans", &[]).await;

    let eve = stage.person(&EVE).await;
    for number in [id, id + 1000] {
        eve.browser.script(&format!("return Handrail.open({{ request: {number} }})")).await;
        eve.reads(".hr-row__number", "the number", |text| text == format!("#{number}")).await;
        eve.sees(NOT_FOUND).await;
        let shown = eve.text(".hr-panel").await;
        assert!(!shown.contains("Secret"), "{shown}");
    }
    eve.go_to("My requests").await;
    eve.sees("You have no requests.").await;
    eve.go_to("CC’d on").await;
    eve.sees("No requests that you are copied on.").await;
    eve.leave_after(&["404 (Not Found)"]).await;
}
