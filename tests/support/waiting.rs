//! Waiting for something that cannot announce itself: WebDriver only answers questions. So a
//! question is asked again until its answer fits or patience ends; no test waits for mere time.

use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Long enough for two browsers and a debug server on two slow cores.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(40);

/// Asks until the answer is good. A bad answer says what is there instead, for the failure's text.
pub(crate) async fn until<T>(wanted: &str, mut ask: impl AsyncFnMut() -> Result<T, String>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        match ask().await {
            Ok(answer) => return answer,
            Err(found) if Instant::now() > end => panic!("waited for {wanted}; there is {found}"),
            Err(_) => sleep(BETWEEN_QUESTIONS).await,
        }
    }
}
