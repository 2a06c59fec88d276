//! Lists and conversations are no part of the first Wasm: they come when the form stands.

use crate::support::{people::ANA, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_later_part_comes_by_itself_once_the_form_stands() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.finds("#hr-subject").await;
    let fetched = "return performance.getEntriesByType('resource')
        .filter(({ name }) => /\\/later-[\\w-]+\\.wasm$/.test(name)).length";
    ana.answer("the later part", fetched, &[], |count: &u64| *count == 1).await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests.").await;
    assert_eq!(ana.browser.script(fetched).await, 1, "it is fetched once");
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_faster_than_the_later_part_sees_that_it_is_on_its_way() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    line.hold_answers_to("/later-");
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.finds(".hr-skeleton").await;
    ana.go_to("New request").await;
    ana.write_subject("The form needs none of it").await;
    ana.go_to("My requests").await;
    line.mend();
    ana.sees("You have no requests.").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_part_that_cannot_be_had_is_an_error_with_a_way_on() {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = stage.person(&ANA).await;
    line.lose_answers_to("/later-");
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.sees("We cannot reach support right now.").await;
    ana.go_to("New request").await;
    ana.send_request("S3", "The form needs none of it", "It is there.").await;
    ana.receipt().await;
    ana.go_to("My requests").await;
    ana.sees("Try again").await;
    line.mend();
    ana.press("Try again").await;
    ana.sees("The form needs none of it").await;
    ana.leave_after(&["net::ERR_", "Handrail: "]).await;
}
