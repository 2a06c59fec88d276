//! Pictures get their size and a smaller picture; what only looks like one harms nobody.

use crate::app::{App, Client, follow};
use flate2::{Compression, Crc, write::ZlibEncoder};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::{Value, json};
use std::io::{Cursor, Write};

/// Red on the left, blue on the right.
fn flag(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) };
    RgbImage::from_fn(width, height, colour).into()
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

async fn sent(by: &Client, name: &str, bytes: Vec<u8>) -> Value {
    let made = by.upload(&format!("filename={name}"), bytes).await.is(201);
    made["upload"]["attachment"].clone()
}

async fn small(by: &Client, file: &Value) -> (Vec<u8>, DynamicImage) {
    let answer = by.get(&follow(&file["thumbnails"][0]["content_url"])).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), file["thumbnails"][0]["content_type"].as_str());
    let picture = image::load_from_memory(&answer.bytes).unwrap();
    (answer.bytes, picture)
}

#[tokio::test]
async fn a_picture_of_each_kind_gets_its_size_and_a_smaller_one() {
    let app = App::new().await;
    for (name, format) in [
        ("a.png", ImageFormat::Png),
        ("a.jpg", ImageFormat::Jpeg),
        ("a.gif", ImageFormat::Gif),
        ("a.webp", ImageFormat::WebP),
    ] {
        let file = sent(&app.ana(), name, encoded(&flag(640, 480), format)).await;
        assert_eq!(file["content_type"], format.to_mime_type());
        assert_eq!((&file["width"], &file["height"]), (&json!(640), &json!(480)));
        let thumbnail = &file["thumbnails"][0];
        assert_eq!((&thumbnail["width"], &thumbnail["height"]), (&json!(320), &json!(240)));
        assert_eq!(thumbnail["file_name"], "a_thumb.jpg");
        assert_eq!(thumbnail["thumbnails"], json!([]));
        assert_ne!(thumbnail["id"], file["id"]);
        let (bytes, picture) = small(&app.ana(), &file).await;
        assert_eq!(picture.dimensions(), (320, 240));
        assert_eq!(thumbnail["size"], bytes.len());
    }
    let (stored, half) = app.on_disk();
    assert_eq!((stored.len(), half.len()), (8, 0));
}

#[tokio::test]
async fn a_picture_that_is_small_already_is_not_made_larger() {
    let app = App::new().await;
    let file = sent(&app.ana(), "a.png", encoded(&flag(16, 9), ImageFormat::Png)).await;
    assert_eq!(small(&app.ana(), &file).await.1.dimensions(), (16, 9));
}

#[tokio::test]
async fn what_shows_through_still_does_in_the_smaller_one() {
    let app = App::new().await;
    let clear = DynamicImage::from(RgbaImage::from_pixel(400, 400, Rgba([255, 0, 0, 0])));
    let file = sent(&app.ana(), "a.png", encoded(&clear, ImageFormat::Png)).await;
    assert_eq!(file["thumbnails"][0]["file_name"], "a_thumb.png");
    let (_, picture) = small(&app.ana(), &file).await;
    assert_eq!(picture.get_pixel(0, 0).0[3], 0);
}

/// A JPEG whose camera was turned, with a word in its Exif data that is nobody's business.
fn turned(orientation: u8) -> Vec<u8> {
    let plain = encoded(&flag(640, 480), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x0f, 0x01, 2, 0, 11, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"secret-cam\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
    bytes.extend(length);
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

#[tokio::test]
async fn a_picture_is_upright_as_it_is_shown_and_its_data_stays_behind() {
    let app = App::new().await;
    for (orientation, size, red) in [
        (1, (640, 480), (10, 100)),
        (3, (640, 480), (300, 100)),
        (6, (480, 640), (100, 10)),
        (8, (480, 640), (100, 300)),
    ] {
        let original = turned(orientation);
        let file = sent(&app.ana(), "photo.jpg", original.clone()).await;
        assert_eq!((&file["width"], &file["height"]), (&json!(size.0), &json!(size.1)));
        let (bytes, picture) = small(&app.ana(), &file).await;
        assert_eq!(picture.dimensions(), (size.0 / 2, size.1 / 2));
        let pixel = picture.get_pixel(red.0, red.1).0;
        assert!(pixel[0] > 200 && pixel[2] < 60, "{orientation}: {pixel:?}");
        let says = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|it| it == word);
        assert!(says(&original, b"secret-cam"));
        assert!(!says(&bytes, b"secret-cam") && !says(&bytes, b"Exif"));
        // The picture itself is what was sent, to the byte.
        assert_eq!(app.ana().get(&follow(&file["content_url"])).await.bytes, original);
    }
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(data);
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    bytes.extend(sum.sum().to_be_bytes());
    bytes
}

fn zeros(count: usize) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&vec![0; count]).unwrap();
    packed.finish().unwrap()
}

/// A PNG of a few kilobytes that says it is this large.
fn png(width: u32, height: u32, more: &[Vec<u8>]) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    bytes.extend(more.concat());
    bytes.extend(chunk(b"IDAT", &zeros(1_000_000)));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

#[tokio::test]
async fn bombs_and_broken_pictures_are_kept_as_files_without_a_preview() {
    let app = App::with(|config| config.limits.preview_bytes = 4_000_000).await;
    let mut colours = b"name\0\0".to_vec();
    colours.extend(zeros(64 * 1024 * 1024));
    let mut words = b"words\0\0".to_vec();
    words.extend(zeros(64 * 1024 * 1024));
    let whole = encoded(&flag(640, 480), ImageFormat::Png);
    let photo = encoded(&flag(640, 480), ImageFormat::Jpeg);
    let mut gif = b"GIF89a\xff\xff\xff\xff\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0\x02".to_vec();
    gif.extend([0x02, 0x4c, 0x01, 0x00, 0x3b]);
    for (what, name, bytes) in [
        ("sixty thousand wide and high", "a.png", png(60_000, 60_000, &[])),
        ("the largest number", "a.png", png(u32::MAX, u32::MAX, &[])),
        ("one row above the limit", "a.png", png(1000, 1001, &[])),
        ("a line of pixels", "a.png", png(900_000, 1, &[])),
        ("no pixels", "a.png", png(0, 0, &[])),
        ("colours that unpack to 64 MiB", "a.png", png(900, 900, &[chunk(b"iCCP", &colours)])),
        ("fewer pixels than it says", "a.png", png(900, 900, &[])),
        ("words that unpack to 64 MiB", "a.png", png(900, 900, &[chunk(b"zTXt", &words)])),
        ("a canvas of 65535", "a.gif", gif),
        ("half a PNG", "a.png", whole[..whole.len() / 2].to_vec()),
        ("a PNG's first bytes", "a.png", whole[..8].to_vec()),
        ("a JPEG's first bytes", "a.jpg", photo[..100].to_vec()),
        ("noise in a JPEG's coat", "a.jpg", [&b"\xff\xd8\xff\xe0"[..], &[0xa5; 5000]].concat()),
        (
            "noise in a WebP's coat",
            "a.webp",
            [&b"RIFF\xff\xff\xff\xffWEBPVP8L"[..], &[0xa5; 5000]].concat(),
        ),
    ] {
        let file = sent(&app.ana(), name, bytes.clone()).await;
        assert_eq!(file["thumbnails"], json!([]), "{what}");
        assert_eq!((&file["width"], &file["height"]), (&json!(null), &json!(null)), "{what}");
        assert_eq!(app.ana().get(&follow(&file["content_url"])).await.bytes, bytes, "{what}");
    }
    // And the next picture has one as ever.
    let file = sent(&app.ana(), "a.png", whole).await;
    assert_eq!(file["thumbnails"][0]["width"], 320);
}

#[tokio::test]
async fn previews_can_be_switched_off() {
    let app = App::with(|config| config.limits.preview_bytes = 0).await;
    let file = sent(&app.ana(), "a.png", encoded(&flag(16, 9), ImageFormat::Png)).await;
    assert_eq!((&file["thumbnails"], &file["width"]), (&json!([]), &json!(null)));
    assert_eq!(app.on_disk().0.len(), 1);
}
