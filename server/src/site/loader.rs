//! The loader is the one file that the server changes: it fills in the support address, which is
//! configuration, and then has to compress the result itself.

use super::negotiation::Coding;
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// The loader's name in the site.
pub(super) const NAME: &str = "handrail.js";

/// What the build leaves where the address belongs.
const PLACEHOLDER: &str = "\"__MAIL__\"";

/// Fills in the address. Without one the placeholder stays, which tells the loader to show no link.
pub(super) fn with_address(loader: &[u8], address: Option<&str>) -> Vec<u8> {
    match (std::str::from_utf8(loader), address) {
        (Ok(text), Some(address)) => {
            // A JSON string is a JavaScript string, whatever is in it.
            let address = serde_json::Value::from(address).to_string();
            text.replace(PLACEHOLDER, &address).into_bytes()
        }
        _ => loader.to_vec(),
    }
}

/// The loader in a compressed form; `None` for the plain one, or if that fails, which writing to
/// memory does not.
pub(super) fn compress(loader: &[u8], coding: Coding) -> Option<Vec<u8>> {
    match coding {
        Coding::Brotli => brotli(loader).ok(),
        Coding::Gzip => gzip(loader).ok(),
        Coding::Identity => None,
    }
}

fn brotli(mut bytes: &[u8]) -> io::Result<Vec<u8>> {
    let parameters =
        ::brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    ::brotli::BrotliCompress(&mut bytes, &mut small, &parameters)?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::with_address;

    #[test]
    fn an_address_cannot_break_out_of_its_string() {
        let filled = with_address(b"const m=\"__MAIL__\";", Some("a\"+alert(1)+\"\\@example.com"));
        assert_eq!(filled, br#"const m="a\"+alert(1)+\"\\@example.com";"#);
    }

    #[test]
    fn without_an_address_nothing_changes() {
        assert_eq!(with_address(b"const m=\"__MAIL__\";", None), b"const m=\"__MAIL__\";");
    }
}
