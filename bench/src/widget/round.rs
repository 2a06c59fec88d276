//! A round of one widget: a new browser, the first load ever and the second one, the form, what is
//! typed into it, and with Handrail the lists.

use super::{
    driver::Programs,
    host::Host,
    lists,
    measure::Measure,
    page::{Page, THROTTLE},
    record::Record,
    subject::Subject,
    traffic::{Transfer, transfers},
};
use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::{fs, path::PathBuf, time::Duration};
use tokio::time::sleep;

/// How long a page is left alone after it was loaded, so that what widgets put off is seen, too.
const AFTER_LOAD: Duration = Duration::from_secs(2);
/// The same after a form has opened.
const AFTER_OPENING: Duration = Duration::from_millis(1_500);
/// Six seconds of writing, in which the widget's clock moves at least once.
const TEXT: &str = "the export stops at row 1204 since this morning and nobody can go on";

/// What all rounds have in common.
pub(crate) struct Stand<'a> {
    pub(crate) programs: &'a Programs,
    pub(crate) host: &'a Host,
    /// For the browser's files.
    pub(crate) folder: PathBuf,
}

/// Somebody who takes pictures and profiles, or nobody. To be looked at costs time, so such a round
/// does not count.
#[derive(Default)]
pub(crate) struct Onlooker(pub(crate) Option<PathBuf>);

impl Onlooker {
    pub(crate) async fn begin(&self, page: &Page) -> Result<()> {
        if self.0.is_some() { page.begin_profile().await } else { Ok(()) }
    }

    /// Writes a profile of what happened since the beginning, and a picture of what came of it.
    pub(crate) async fn end(&self, page: &Page, subject: Subject, part: &str) -> Result<()> {
        let Some(folder) = &self.0 else { return Ok(()) };
        let name = format!("{}-{part}", subject.slug());
        let profile = page.end_profile().await?;
        fs::write(folder.join(&name).with_extension("cpuprofile"), profile.to_string())?;
        let picture = STANDARD.decode(page.picture().await?)?;
        fs::write(folder.join(&name).with_extension("png"), picture)?;
        Ok(())
    }

    /// Writes what a widget fetched.
    fn list(&self, subject: Subject, fetched: &[Transfer]) -> Result<()> {
        let Some(folder) = &self.0 else { return Ok(()) };
        let line = |it: &Transfer| format!("{:>9} {}\n", it.bytes, it.address);
        let list: String = fetched.iter().map(line).collect();
        Ok(fs::write(folder.join(format!("{}-fetched.txt", subject.slug())), list)?)
    }
}

impl Stand<'_> {
    /// Counts the bytes of a widget. They are the same each time, and telling of them takes time.
    pub(crate) async fn weigh(
        &self,
        subject: Subject,
        record: &mut Record,
        look: &Onlooker,
    ) -> Result<()> {
        let page = Page::open(self.programs, &self.folder, true).await?;
        let address = self.host.page(subject);
        page.go(&address).await?;
        sleep(AFTER_LOAD).await;
        let mut fetched = transfers(&page.traffic().await?);
        record.add(subject, Measure::BytesToLauncher, bytes(&fetched, &address));
        open_form(&page, subject).await?;
        sleep(AFTER_OPENING).await;
        fetched.extend(transfers(&page.traffic().await?));
        record.add(subject, Measure::BytesToForm, bytes(&fetched, &address));
        look.list(subject, &fetched)?;
        page.close().await
    }

    /// Everything else.
    pub(crate) async fn round(
        &self,
        subject: Subject,
        record: &mut Record,
        look: &Onlooker,
    ) -> Result<String> {
        let page = Page::open(self.programs, &self.folder, false).await?;
        // A new browser's first page waits for the browser; that is not the widget's.
        page.go(&self.host.page(Subject::PageAlone)).await?;
        page.throttle(THROTTLE).await?;
        self.load(&page, subject, record, look).await?;
        if subject.is_widget() {
            self.first_form(&page, subject, record, look).await?;
            self.second_form(&page, subject, record, look).await?;
        }
        self.go(&page, subject).await?;
        record.add(subject, Measure::HeapLauncher, page.heap().await?);
        let version = page.version().to_owned();
        page.close().await?;
        Ok(version)
    }

    /// Loads the page by way of another one, so that nothing is left of it in memory.
    async fn go(&self, page: &Page, subject: Subject) -> Result<f64> {
        page.go("about:blank").await?;
        page.go(&self.host.page(subject)).await?;
        let launcher = match subject {
            Subject::PageAlone => 0.0,
            _ => page.ask("return bench.launcher.then(({ took }) => took)").await?,
        };
        sleep(AFTER_LOAD).await;
        Ok(launcher)
    }

    async fn load(
        &self,
        page: &Page,
        subject: Subject,
        record: &mut Record,
        look: &Onlooker,
    ) -> Result<()> {
        look.begin(page).await?;
        let launcher = self.go(page, subject).await?;
        let seen = page.take().await?;
        let seen = seen.since(page.ask("return bench.included()").await?);
        look.end(page, subject, "load").await?;
        if subject.is_widget() {
            record.add(subject, Measure::Launcher, launcher);
        }
        record.add(subject, Measure::LoadLong, seen.long());
        record.add(subject, Measure::LoadLongest, seen.longest());
        Ok(())
    }

    async fn first_form(
        &self,
        page: &Page,
        subject: Subject,
        record: &mut Record,
        look: &Onlooker,
    ) -> Result<()> {
        look.begin(page).await?;
        let took = open_form(page, subject).await?;
        sleep(AFTER_OPENING).await;
        let seen = page.take().await?;
        look.end(page, subject, "open").await?;
        check_form(page).await?;
        record.add(subject, Measure::FormCold, took);
        note_promise(page, subject, Measure::PromiseCold, record).await?;
        record.add(subject, Measure::OpenLong, seen.long());
        record.add(subject, Measure::OpenLongest, seen.longest());
        record.add(subject, Measure::OpenInteraction, seen.worst_interaction());
        record.note(subject, "opening", &seen);
        record.add(subject, Measure::HeapForm, page.heap().await?);
        Ok(())
    }

    async fn second_form(
        &self,
        page: &Page,
        subject: Subject,
        record: &mut Record,
        look: &Onlooker,
    ) -> Result<()> {
        self.go(page, subject).await?;
        look.begin(page).await?;
        record.add(subject, Measure::FormWarm, open_form(page, subject).await?);
        note_promise(page, subject, Measure::PromiseWarm, record).await?;
        sleep(AFTER_OPENING).await;
        look.end(page, subject, "open-again").await?;
        check_form(page).await?;
        if subject == Subject::Handrail {
            lists::learn(page).await?;
            start_the_clock(page).await?;
        }

        page.take().await?;
        look.begin(page).await?;
        page.write(TEXT).await?;
        sleep(AFTER_OPENING).await;
        let seen = page.take().await?;
        look.end(page, subject, "typing").await?;
        let typed: usize = page.ask("return bench.field.value.length").await?;
        ensure!(typed == TEXT.len(), "{typed} of {} signs are in the field", TEXT.len());
        let delays = seen.key_delays();
        record.add(subject, Measure::KeyDelay, delays.median());
        record.add(subject, Measure::KeyDelayWorst, delays.worst());
        record.add(subject, Measure::KeyInteraction, seen.worst_interaction());
        record.note(subject, "typing", &seen);
        if subject == Subject::Handrail {
            lists::walk(page, record, look).await?;
        }
        Ok(())
    }
}

/// Clicks the launcher; how long it takes until the form can be used.
async fn open_form(page: &Page, subject: Subject) -> Result<f64> {
    page.act(&format!("bench.awaitForm({})", json!(subject.promise()))).await?;
    page.click_on("(await bench.launcher).found").await?;
    page.ask("return bench.form").await.context("the form did not open")
}

/// When the form that opened last had its promise in it.
async fn note_promise(
    page: &Page,
    subject: Subject,
    row: Measure,
    record: &mut Record,
) -> Result<()> {
    if subject.promise().is_some() {
        record.add(subject, row, page.ask("return bench.promise").await?);
    }
    Ok(())
}

async fn check_form(page: &Page) -> Result<()> {
    let usable: bool = page.ask("return bench.isStillUsable()").await?;
    ensure!(usable, "the form was drawn once more after it could be used");
    Ok(())
}

/// Chooses a severity, which shows until when an answer is promised, and goes back to the text.
async fn start_the_clock(page: &Page) -> Result<()> {
    page.click_on("lists.severity()").await?;
    sleep(AFTER_OPENING).await;
    let promised: usize = page.ask("return lists.promise()").await?;
    ensure!(promised == 1, "no clock runs");
    page.act("bench.field.focus()").await
}

/// What a widget cost: all but the page, and the answers to what it sent.
fn bytes(fetched: &[Transfer], page: &str) -> f64 {
    let counts = |it: &&Transfer| it.address != page && !it.address.contains("/envelope/");
    fetched.iter().filter(counts).map(|transfer| transfer.bytes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_itself_is_not_the_widgets() {
        let transfer = |address: &str, bytes| Transfer { address: address.to_owned(), bytes };
        let fetched = [
            transfer("http://a/on/x", 900.0),
            transfer("http://a/x.js", 40.0),
            transfer("http://a/api/1/envelope/?v=7", 100.0),
            transfer("http://b/later.wasm", 2.0),
        ];
        assert_eq!(bytes(&fetched, "http://a/on/x"), 42.0);
    }

    #[test]
    fn there_is_a_key_for_every_sign_of_the_text() {
        let typable = |sign: u8| sign == b' ' || sign.is_ascii_lowercase() || sign.is_ascii_digit();
        assert!(TEXT.bytes().all(typable));
    }
}
