//! Views that wait: what they show while nothing is there, when nothing comes, and when there is
//! nothing to come.

use crate::support::{agent::Record, people::ANA, server::SUPPORT_MAIL, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn empty_lists_say_what_will_be_in_them() {
    let stage = Stage::set().await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.sees("You have no requests. What you send from here appears here, with its clock.").await;
    ana.go_to("CC’d on").await;
    ana.sees("No requests that you are copied on.").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_had_offers_to_try_again_and_to_write() {
    let mut stage = Stage::set().await;
    let id = Record::of(&ANA, &stage.server).await.create("Still here", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    stage.server.kill().await;
    ana.go_to("My requests").await;
    ana.sees("We cannot reach support right now.").await;
    ana.finds(&format!(".hr-alert a[href='mailto:{SUPPORT_MAIL}']")).await;
    ana.press("Try again").await;
    ana.sees("We cannot reach support right now.").await;
    stage.server.restart().await;
    ana.press("Try again").await;
    ana.open_request(id).await;
    let lost = ["net::ERR_CONNECTION_REFUSED", "net::ERR_INCOMPLETE_CHUNKED_ENCODING"];
    ana.leave_after(&lost).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_is_waited_for_with_a_skeleton() {
    let (stage, line) = Stage::set_over_a_line().await;
    let id = Record::of(&ANA, &stage.server).await.create("Slow to come", &[]).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    for (call, slow) in [("GET /api/v2/requests?", true), ("GET /api/v2/requests/", false)] {
        line.hold_answers_to(call);
        if slow {
            ana.go_to("My requests").await;
        } else {
            ana.press_row(id).await;
        }
        ana.reads(".hr-skeleton[role=status]", "to say so", |text| text == "Loading…").await;
        line.mend();
        ana.loses(".hr-skeleton").await;
    }
    ana.conversation(1).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_rules_says_so_and_sends_all_the_same() {
    let (stage, line) = Stage::set_over_a_line().await;
    line.lose_answers_to("GET /api/handrail/v1/policy");
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.sees("The reply times could not be loaded.").await;
    let form = ana.text(".hr-severity").await;
    assert!(!form.contains("Reply within"), "{form}");
    ana.send_request("S1", "Sent without rules", "The promise comes with the receipt.").await;
    ana.receipt().await;
    ana.finds(".hr-receipt__promise").await;
    ana.leave_after(&["net::ERR_"]).await;
}
