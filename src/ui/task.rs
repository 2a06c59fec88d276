//! Work that waits for something.

use leptos::{prelude::request_animation_frame, task::spawn_local};
use std::pin::Pin;

/// Begins it at once. It is boxed, so that the executor's code is there once and not for every task.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    start(Box::pin(task));
}

fn start(task: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(task);
}

/// Does it in the next frame, by when what was made stands in the page.
pub fn next_frame(run: impl FnOnce() + 'static) {
    request_frame(Box::new(run));
}

fn request_frame(run: Box<dyn FnOnce()>) {
    request_animation_frame(run);
}
