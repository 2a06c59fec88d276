//! Pictures of bytes at hand, drawn on a canvas. An `<img>` would ask the host's policy for leave to
//! show `blob:` addresses; a canvas asks for nothing.

use super::node::{Node, el};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, ImageBitmap, ImageBitmapRenderingContext};

/// An empty canvas that takes the room which its picture is going to take.
#[must_use]
pub fn canvas(class: &str, width: i64, height: i64) -> Node {
    el("canvas", class).attr("width", &width.to_string()).attr("height", &height.to_string())
}

/// Draws a picture on a canvas; tells whether the browser could read it.
pub async fn draw(canvas: &Node, bytes: &Blob) -> bool {
    drawn(canvas.element().unchecked_ref(), bytes).await.is_some()
}

async fn drawn(canvas: &HtmlCanvasElement, bytes: &Blob) -> Option<()> {
    let bitmap = window().create_image_bitmap_with_blob(bytes).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.ok()?.unchecked_into();
    paint(canvas, &bitmap)
}

/// Gives a canvas the size of a picture that was read, and the picture itself.
pub(super) fn paint(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap) -> Option<()> {
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let context: ImageBitmapRenderingContext =
        canvas.get_context("bitmaprenderer").ok()??.unchecked_into();
    context.transfer_from_image_bitmap(bitmap);
    Some(())
}
