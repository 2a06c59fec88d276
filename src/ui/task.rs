//! Work that waits for something.

use leptos::task::spawn_local;
use std::pin::Pin;

/// Begins it at once. It is boxed, so that the executor's code is there once and not for every task.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    start(Box::pin(task));
}

fn start(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}
