//! Brotli and gzip, as hard as they can: it is done once a build, and read by every user.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::stamp::files;

/// The server fills the support address into this one, and compresses it afterwards.
const CHANGED_BY_THE_SERVER: &str = "handrail.js";

pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Puts `.br` and `.gz` beside every file that is sent as it is.
pub(super) fn folder(site: &Path) -> Result<()> {
    let queue: Vec<PathBuf> =
        files(site)?.into_iter().filter(|file| is_sent_as_is(site, file)).collect();
    let queue = Mutex::new(queue);
    let next = || queue.lock().ok().and_then(|mut it| it.pop());
    let work = || -> Result<()> {
        while let Some(file) = next() {
            compress(&file).with_context(|| format!("cannot compress {}", file.display()))?;
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .try_for_each(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn is_sent_as_is(site: &Path, file: &Path) -> bool {
    // Of the last, nobody downloads any.
    let stays = |ending: &&str| file.extension().is_some_and(|it| it == *ending);
    !["br", "gz", "symbols"].iter().any(stays) && file != site.join(CHANGED_BY_THE_SERVER)
}

fn compress(file: &Path) -> Result<()> {
    let bytes = fs::read(file)?;
    fs::write(with_ending(file, ".br"), brotli(&bytes)?)?;
    fs::write(with_ending(file, ".gz"), gzip(&bytes)?)?;
    Ok(())
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let text = "Support ".repeat(100);
        let mut back = String::new();
        let small = gzip(text.as_bytes()).unwrap();
        flate2::read::GzDecoder::new(&*small).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);

        let small = brotli(text.as_bytes()).unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*small, &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        assert!(small.len() < 40, "{}", small.len());
    }

    #[test]
    fn the_loader_is_left_to_the_server() {
        let site = Path::new("/site");
        assert!(!is_sent_as_is(site, Path::new("/site/handrail.js")));
        assert!(is_sent_as_is(site, Path::new("/site/handrail-12.js")));
        assert!(!is_sent_as_is(site, Path::new("/site/handrail-12.js.br")));
    }
}
