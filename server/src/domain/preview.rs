//! Small pictures of pictures, made once, when a picture comes in.
//!
//! What is read here was made by strangers. So: four kinds of files by their first bytes, one picture
//! at a time in the whole server, a limit on the memory that its head asks for before a pixel is read,
//! and a decoder that gives up or panics costs the preview and nothing else. A preview is written anew
//! from pixels: place, camera and all else that the picture carried stay behind.

use super::file_type;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek},
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
    most_bytes: u64,
}

impl Previews {
    /// `most_bytes` is the memory that reading a picture may take; 0 makes no previews.
    #[must_use]
    pub fn new(most_bytes: u64) -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), most_bytes }
    }

    /// The preview of a picture; none for what cannot be read within the limits, or not in time.
    pub async fn make(&self, file: File, content_type: &str) -> Option<Preview> {
        let most = self.most_bytes;
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

fn read(file: File, format: ImageFormat, most: u64) -> Result<Preview, Reason> {
    let mut file = BufReader::new(file);
    let times = memory(&mut file, format);
    file.rewind()?;
    let mut reader = ImageReader::with_format(file, format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(most);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes().saturating_mul(times) > most {
        return Err("it takes too much memory".into());
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

/// How many times the memory of its pixels a decoder takes while it reads a picture.
fn memory(file: &mut impl BufRead, format: ImageFormat) -> u64 {
    match format {
        ImageFormat::Png => 1,
        // Pixels and what becomes them, six bytes beside three.
        ImageFormat::Jpeg if is_progressive(file).unwrap_or(true) => 3,
        ImageFormat::Jpeg => 1,
        _ => 2,
    }
}

/// Whether a JPEG comes in several passes, all of which are held until the last; also when its head
/// is not as it should be, and so may be read otherwise by others.
fn is_progressive(file: &mut impl BufRead) -> io::Result<bool> {
    let mut start = [0; 2];
    file.read_exact(&mut start)?;
    loop {
        let mut segment = [0; 4];
        file.read_exact(&mut segment)?;
        let [mark, kind, high, low] = segment;
        match (mark, kind) {
            // The frame of a picture in one pass, and the beginning of its pixels.
            (0xff, 0xc0 | 0xc1 | 0xc4 | 0xdb | 0xdd | 0xe0..=0xef | 0xfe) => {}
            (0xff, 0xda) => return Ok(false),
            _ => return Ok(true),
        }
        let length = u64::from(u16::from_be_bytes([high, low])).saturating_sub(2);
        io::copy(&mut file.take(length), &mut io::sink())?;
    }
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

#[cfg(test)]
mod tests {
    use super::memory;
    use image::{DynamicImage, ImageFormat};
    use std::io::Cursor;

    #[test]
    fn a_jpeg_in_several_passes_or_with_an_odd_head_is_reckoned_to_take_more() {
        let mut plain = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 8).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
        let plain = plain.into_inner();
        let frame = plain.windows(2).position(|mark| mark == [0xff, 0xc0]).unwrap();
        let with = |at: usize, byte: u8| {
            let mut bytes = plain.clone();
            bytes[at] = byte;
            memory(&mut Cursor::new(bytes), ImageFormat::Jpeg)
        };
        assert_eq!(with(frame + 1, 0xc0), 1);
        for kind in [0xc2, 0xc3, 0xca, 0x00, 0xff] {
            assert_eq!(with(frame + 1, kind), 3, "{kind:x}");
        }
        assert_eq!(with(frame, 0x00), 3);
        assert_eq!(memory(&mut Cursor::new(b"\xff\xd8"), ImageFormat::Jpeg), 3);
    }
}
