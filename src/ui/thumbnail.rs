//! A small picture of an image, drawn into a canvas: a strict policy of the host's page forbids
//! images from `blob:` addresses, and a canvas has no address that somebody would have to revoke.

use super::{
    node::{Node, el},
    picture::paint,
    task::spawn,
};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions};

/// Twice the height at which it is shown, for screens of fine grain.
const HEIGHT: u32 = 88;

/// Shows `instead` until the image is read, and for good if it cannot be.
#[must_use]
pub fn thumbnail(image: &Blob, instead: Node) -> Node {
    let frame = el("span", "hr-thumbnail").attr("aria-hidden", "true").child(instead);
    let (element, image) = (frame.element().clone(), image.clone());
    spawn(async move {
        if let Some(canvas) = drawn(&image).await {
            element.replace_children_with_node_1(&canvas);
        }
    });
    frame
}

async fn drawn(image: &Blob) -> Option<HtmlCanvasElement> {
    let options = ImageBitmapOptions::new();
    options.set_resize_height(HEIGHT);
    let bitmap = window().create_image_bitmap_with_blob_and_image_bitmap_options(image, &options);
    let bitmap: ImageBitmap = JsFuture::from(bitmap.ok()?).await.ok()?.unchecked_into();
    let canvas: HtmlCanvasElement = el("canvas", "").element().clone().unchecked_into();
    paint(&canvas, &bitmap)?;
    Some(canvas)
}
