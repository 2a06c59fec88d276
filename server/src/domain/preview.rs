//! Small pictures of pictures, made once, when a picture comes in.
//!
//! What is read here was made by strangers. So: four kinds of files by their first bytes, one picture
//! at a time in the whole server, a limit on pixels before any is read, a limit on memory while they
//! are, and a decoder that gives up or panics costs the preview and nothing else. A preview is
//! written anew from pixels: place, camera and all else that the picture carried stay behind.

use super::file_type;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};
use std::{
    fs::File,
    io::{BufReader, Cursor},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::Semaphore,
    task::spawn_blocking,
    time::{Instant, timeout},
};

/// Longer side of a preview in pixels: 160 on screens of double density.
const SIDE: u32 = 320;
/// Longest side of a picture that is read: a panorama passes, a line of pixels does not.
const LONGEST: u32 = 32_768;
/// Bytes of memory for each pixel that may be: a progressive JPEG keeps 6 beside the 3 that come out.
const BYTES_A_PIXEL: u64 = 9;
/// Of 1 to 100.
const QUALITY: u8 = 80;
/// How long an upload waits for its turn before it goes without a preview.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a picture gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Pixels of the picture itself, upright.
    pub dimensions: (u32, u32),
    /// The small one, encoded.
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    /// Ending of its name.
    pub ending: &'static str,
    /// Pixels of the small one.
    pub small: (u32, u32),
}

/// Makes previews, one at a time.
#[derive(Clone, Debug)]
pub struct Previews {
    turn: Arc<Semaphore>,
    most_pixels: u32,
}

impl Previews {
    /// `most_pixels` is the largest picture that is read; 0 makes no previews.
    #[must_use]
    pub fn new(most_pixels: u32) -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), most_pixels }
    }

    /// The preview of a picture; none for what cannot be read within the limits, or not in time.
    pub async fn make(&self, file: File, content_type: &str) -> Option<Preview> {
        let most = self.most_pixels;
        if most == 0 || !file_type::is_picture(content_type) {
            return None;
        }
        let format = ImageFormat::from_mime_type(content_type)?;
        let turn = timeout(PATIENCE, Arc::clone(&self.turn).acquire_owned()).await.ok()?.ok()?;
        let started = Instant::now();
        // The turn ends with the work, also when nobody waits for its result any more.
        let work = spawn_blocking(move || {
            let preview = read(file, format, most);
            drop(turn);
            preview
        });
        let preview = work.await.unwrap_or_else(|_| Err("the decoder panicked".into()));
        let milliseconds = started.elapsed().as_millis();
        match preview {
            Ok(preview) => {
                tracing::debug!(milliseconds, "a preview was made");
                Some(preview)
            }
            Err(reason) => {
                tracing::info!(milliseconds, %reason, "a picture has no preview");
                None
            }
        }
    }
}

type Reason = Box<dyn std::error::Error + Send + Sync>;

fn read(file: File, format: ImageFormat, most_pixels: u32) -> Result<Preview, Reason> {
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(u64::from(most_pixels) * BYTES_A_PIXEL);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > u64::from(most_pixels) {
        return Err("it has too many pixels".into());
    }
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation()?;
    let picture = DynamicImage::from_decoder(decoder)?;
    // Made small first: turning it is cheap then.
    let fits = picture.width() <= SIDE && picture.height() <= SIDE;
    let mut small = if fits { picture } else { picture.thumbnail(SIDE, SIDE) };
    small.apply_orientation(orientation);
    encode(small, if lies(orientation) { (height, width) } else { (width, height) })
}

/// Whether its pixels are kept lying on their side.
const fn lies(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// JPEG, or PNG where something shows through.
fn encode(picture: DynamicImage, dimensions: (u32, u32)) -> Result<Preview, Reason> {
    let small = (picture.width(), picture.height());
    let mut bytes = Cursor::new(Vec::new());
    let clear = picture.has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    let (content_type, ending) = if clear {
        picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut bytes))?;
        ("image/png", "png")
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        picture.to_rgb8().write_with_encoder(encoder)?;
        ("image/jpeg", "jpg")
    };
    Ok(Preview { dimensions, bytes: bytes.into_inner(), content_type, ending, small })
}
