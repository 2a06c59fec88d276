//! The views, and how each is reached. By place and never by words: the words are those of another language each time.

use super::studio::Studio;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Launcher,
    Form,
    FormErrors,
    FormFilled,
    FormFailed,
    Mine,
    Ccd,
    Thread,
    Portal,
    Fallback,
    Receipt,
}

const SUBMIT: &str = "form [type=submit]";
/// One of the demo's with a conversation.
const REQUEST: i64 = 1005;
const SECOND: &str = ".hr-nav__item:nth-of-type(2)";
const THIRD: &str = ".hr-nav__item:nth-of-type(3)";

impl View {
    pub(super) const ALL: [Self; 11] = [
        Self::Launcher,
        Self::Form,
        Self::FormErrors,
        Self::FormFilled,
        Self::FormFailed,
        Self::Mine,
        Self::Ccd,
        Self::Thread,
        Self::Portal,
        Self::Fallback,
        Self::Receipt,
    ];

    /// From a page that has just been loaded.
    pub(super) async fn reach(self, studio: &Studio) {
        match self {
            Self::Launcher | Self::Fallback => {}
            Self::Portal => return studio.sees(".hr-severity__promise:not(:empty)").await,
            _ => studio.open_support().await,
        }
        match self {
            Self::Launcher | Self::Form | Self::Portal => {}
            Self::FormErrors => {
                studio.click(SUBMIT).await;
                studio.sees("[aria-invalid]").await;
                studio.scroll_to(0).await;
            }
            Self::FormFilled => {
                fill_in(studio).await;
                studio.scroll_to(i64::from(i32::MAX)).await;
            }
            Self::FormFailed => {
                fill_in(studio).await;
                studio.be_offline(true).await;
                studio.click(SUBMIT).await;
                studio.sees(".hr-alert").await;
                studio.be_offline(false).await;
            }
            Self::Mine => list(studio, SECOND).await,
            Self::Ccd => list(studio, THIRD).await,
            Self::Thread => {
                studio.open_request(REQUEST).await;
                studio.sees(".hr-talk__item:nth-of-type(2)").await;
                studio.scroll_to(0).await;
            }
            Self::Fallback => {
                studio.block("*_bg.wasm").await;
                studio.click("hr-corner > button").await;
                studio.sees("[role=alert], form").await;
            }
            Self::Receipt => {
                fill_in(studio).await;
                studio.click(SUBMIT).await;
                studio.sees(".hr-receipt__title").await;
            }
        }
    }
}

async fn list(studio: &Studio, tab: &str) {
    studio.click(tab).await;
    studio.sees(".hr-row").await;
}

async fn fill_in(studio: &Studio) {
    studio.click("input[value=S1]").await;
    studio.write("hr-subject", "dbt run results have stopped arriving").await;
    let text = "Since the upgrade this morning no run results reach the catalog.\n\nThe last one is from 06:12 UTC.";
    studio.write("hr-description", text).await;
}
