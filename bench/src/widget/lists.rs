//! What somebody with ten thousand requests does: scrolls, narrows, searches, opens one.

use super::{
    measure::Measure,
    page::{Page, Place, THROTTLE},
    record::Record,
    round::Onlooker,
    seen::{Frames, Seen},
    subject::Subject,
};
use anyhow::{Result, ensure};
use std::time::Duration;
use tokio::time::sleep;

/// Requests of the person.
pub(crate) const REQUESTS: u32 = 10_000;

const SCRIPT: &str = include_str!("lists.js");
/// As fast as wheels are turned by people in search of something, in points a second.
const SPEED: u32 = 4_000;
/// How far the wheel is turned while pages arrive: past the second and the third.
const ARRIVING: f64 = 20_000.0;
/// How far at each of a few places of the full list.
const FURTHER: f64 = 8_000.0;
/// In which it must be possible for everything to come to rest.
const REST: Duration = Duration::from_millis(600);

/// Lets the page know where what stands.
pub(crate) async fn learn(page: &Page) -> Result<()> {
    page.act(SCRIPT).await
}

/// From the form that is open to a conversation.
pub(crate) async fn walk(page: &Page, record: &mut Record, look: &Onlooker) -> Result<()> {
    let mut add = |measure, value| record.add(Subject::Handrail, measure, value);
    look.begin(page).await?;
    page.take().await?;
    add(Measure::ListFirst, click(page, "lists.way()", "first").await?);
    let mut seen = page.take().await?;
    let middle: Place = page.ask("return bench.middle(lists.view())").await?;
    let arriving = scroll(page, middle, ARRIVING).await?;
    add(Measure::ArrivingDropped, arriving.dropped_share());
    add(Measure::ArrivingLongest, arriving.longest);
    seen = seen.and(page.take().await?);
    look.end(page, Subject::Handrail, "scroll").await?;

    // A person's half hour, in which nothing is measured.
    page.throttle(1).await?;
    let rows: u32 = page.ask("return lists.fill()").await?;
    ensure!(rows == REQUESTS, "{rows} rows are in the list, and {REQUESTS} should be");
    page.throttle(THROTTLE).await?;
    page.take().await?;

    look.begin(page).await?;
    let mut full = Frames::default();
    for share in ["0", "0.5", "0.9"] {
        page.act(&format!("lists.jump({share})")).await?;
        sleep(REST).await;
        full = full.and(scroll(page, middle, FURTHER).await?);
    }
    add(Measure::FullDropped, full.dropped_share());
    add(Measure::FullLongest, full.longest);
    seen = seen.and(page.take().await?);
    look.end(page, Subject::Handrail, "scroll-all").await?;

    look.begin(page).await?;
    seen = seen.and(narrow(page, &mut add).await?);
    look.end(page, Subject::Handrail, "narrow").await?;

    add(Measure::ListInteraction, seen.worst_interaction());
    add(Measure::ListLongest, seen.longest());
    add(Measure::HeapList, page.heap().await?);
    record.note(Subject::Handrail, "lists", &seen);
    Ok(())
}

/// Filter, search, and the way into a conversation.
async fn narrow(page: &Page, add: &mut impl FnMut(Measure, f64)) -> Result<Seen> {
    page.act("lists.jump(0); lists.choices().focus()").await?;
    sleep(REST).await;
    for _ in 0..3 {
        page.act("lists.expect('others')").await?;
        page.press("ArrowDown").await?;
        add(Measure::Filter, page.ask("return lists.came").await?);
        sleep(REST).await;
    }
    let word: String = page.ask("return lists.word()").await?;
    page.act("lists.search().focus(); lists.expect('others')").await?;
    page.write(&word).await?;
    add(Measure::Search, page.ask("return lists.came").await?);
    sleep(REST).await;
    let found: usize = page.ask("return lists.rows().length").await?;
    ensure!(found > 0, "nothing was found by {word:?}");
    let seen = page.take().await?;
    add(Measure::Thread, click(page, "lists.row()", "thread").await?);
    sleep(REST).await;
    Ok(seen.and(page.take().await?))
}

async fn click(page: &Page, element: &str, kind: &str) -> Result<f64> {
    page.act(&format!("lists.expect('{kind}')")).await?;
    page.click_on(element).await?;
    let took = page.ask("return lists.came").await?;
    sleep(REST).await;
    Ok(took)
}

async fn scroll(page: &Page, place: Place, down: f64) -> Result<Frames> {
    page.act("bench.watchFrames()").await?;
    page.scroll(place, down, SPEED).await?;
    let beginnings: Vec<f64> = page.ask("return bench.takeFrames()").await?;
    Ok(Frames::of(&beginnings))
}
