//! The words by which requests are found, gathered by the server's own function: what is found by
//! what is its to decide.

use super::{history::number, url};
use anyhow::Result;
use handrail_server::store::{RequestId, Store, ccs, requests, texts};
use std::path::Path;

/// Requests of one transaction.
const AT_ONCE: u32 = 20_000;
/// Requests that are read at once.
const READ: usize = 200;

/// Gathers the words of all requests.
pub(super) async fn gather(path: &Path, count: u32, progress: &dyn Fn(&str)) -> Result<()> {
    let store = Store::open(&url(path), 1).await?;
    for first in (0..count).step_by(AT_ONCE as usize) {
        let end = count.min(first + AT_ONCE);
        let ids: Vec<RequestId> = (first..end).map(number).collect();
        let mut tx = store.write().await?;
        for ids in ids.chunks(READ) {
            for request in requests::many(&mut tx, ids).await? {
                let copied = ccs::of(&mut tx, request.id).await?;
                texts::refresh(&mut tx, &request, &copied).await?;
            }
        }
        tx.commit().await?;
        if end.is_multiple_of(10 * AT_ONCE) {
            progress(&format!("texts: {end} of {count}"));
        }
    }
    // As the server's job leaves it.
    let mut more = true;
    while more {
        let mut tx = store.write().await?;
        more = texts::merge(&mut tx).await?;
        tx.commit().await?;
    }
    store.close().await;
    Ok(())
}
