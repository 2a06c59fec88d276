//! The promise of the form: true for the plan of whoever asks, and true while the form stands open.

use crate::support::{people::EVE, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_smaller_plan_is_promised_its_own_times() {
    let stage = Stage::set().await;
    let eve = stage.person(&EVE).await;
    eve.open_support().await;
    for hours in [2, 4, 16] {
        eve.sees(&format!("within {hours} h")).await;
    }
    eve.choose("S1").await;
    eve.sees("4 h on the Basic plan").await;
    eve.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_moves_on_while_the_form_stands_open() {
    let stage = Stage::set().await;
    let eve = stage.person(&EVE).await;
    eve.open_support().await;
    eve.choose("S0").await;
    let before = eve.text(".hr-promise__due").await;
    // Three hours pass at once, as far as the page can tell.
    eve.browser.script("const now = Date.now; Date.now = () => now() + 3 * 3600e3").await;
    let after = eve.reads(".hr-promise__due", "to move on", |due| due != before).await;
    let hour = |due: &str| {
        let time = due.split(' ').find(|word| word.contains(':')).unwrap_or_default().to_owned();
        time.split(':').next().and_then(|hour| hour.parse::<u32>().ok()).expect("an hour")
    };
    assert_eq!(hour(&after) % 12, (hour(&before) + 3) % 12, "{before}, then {after}");
    eve.leave().await;
}
