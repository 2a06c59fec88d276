//! What a file is: by its first bytes, then by the ending of its name, never by what the sender says.
//!
//! The answer is for people and for icons. What a browser is told when the file is fetched is
//! narrower: see [`served`].

use super::file_name;

/// A file of which nothing is known.
pub const UNKNOWN: &str = "application/octet-stream";

/// How many of a file's first bytes are looked at.
pub const HEAD: usize = 4096;

const ZIP: &str = "application/zip";
const GZIP: &str = "application/gzip";
const OLE: &str = "application/x-ole-storage";
const XML: &str = "application/xml";
const TEXT: &str = "text/plain";

/// Pictures that every browser shows and none runs.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// First bytes that are enough to know: offset, bytes, type.
const SIGNATURES: [(usize, &[u8], &str); 30] = [
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBPVP8", "image/webp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypqt  ", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (8, b"WAVEfmt ", "audio/wav"),
    (0, b"ID3\x03", "audio/mpeg"),
    (0, b"ID3\x04", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\x1f\x8b\x08", GZIP),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"\x7fELF", "application/x-executable"),
];

/// Endings, their type, and what the bytes of such a file say by themselves.
const ENDINGS: [(&str, &str, &str); 50] = [
    ("avi", "video/x-msvideo", UNKNOWN),
    ("bmp", "image/bmp", UNKNOWN),
    ("c", "text/x-c", TEXT),
    ("cfg", TEXT, TEXT),
    ("conf", TEXT, TEXT),
    ("css", "text/css", TEXT),
    ("csv", "text/csv", TEXT),
    ("doc", "application/msword", OLE),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    ("eml", "message/rfc822", TEXT),
    ("epub", "application/epub+zip", ZIP),
    ("exe", "application/vnd.microsoft.portable-executable", UNKNOWN),
    ("har", "application/json", TEXT),
    ("htm", "text/html", TEXT),
    ("html", "text/html", TEXT),
    ("ico", "image/vnd.microsoft.icon", UNKNOWN),
    ("ics", "text/calendar", TEXT),
    ("ini", TEXT, TEXT),
    ("jar", "application/java-archive", ZIP),
    ("js", "text/javascript", TEXT),
    ("json", "application/json", TEXT),
    ("log", TEXT, TEXT),
    ("m4a", "audio/mp4", "video/mp4"),
    ("md", "text/markdown", TEXT),
    ("mkv", "video/x-matroska", "video/webm"),
    ("mp3", "audio/mpeg", UNKNOWN),
    ("msg", "application/vnd.ms-outlook", OLE),
    ("odp", "application/vnd.oasis.opendocument.presentation", ZIP),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", ZIP),
    ("odt", "application/vnd.oasis.opendocument.text", ZIP),
    ("pcap", "application/vnd.tcpdump.pcap", UNKNOWN),
    ("ppt", "application/vnd.ms-powerpoint", OLE),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ZIP),
    ("properties", TEXT, TEXT),
    ("ps1", TEXT, TEXT),
    ("py", "text/x-python", TEXT),
    ("rtf", "application/rtf", TEXT),
    ("sh", "application/x-sh", TEXT),
    ("sql", "application/sql", TEXT),
    ("svg", "image/svg+xml", TEXT),
    ("svgz", "image/svg+xml", GZIP),
    ("tar", "application/x-tar", UNKNOWN),
    ("toml", "application/toml", TEXT),
    ("tsv", "text/tab-separated-values", TEXT),
    ("xhtml", "application/xhtml+xml", TEXT),
    ("xls", "application/vnd.ms-excel", OLE),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    ("xml", XML, TEXT),
    ("yaml", "application/yaml", TEXT),
    ("yml", "application/yaml", TEXT),
];

/// The type of a file with this clean name that begins with these bytes.
#[must_use]
pub fn of(name: &str, head: &[u8]) -> &'static str {
    let inside = inside(head);
    let ending = file_name::ending(name);
    let named = ENDINGS.iter().find(|(known, _, _)| *known == ending);
    match named {
        // A name is believed as far as the bytes do not speak against it.
        Some((_, named, like)) if *like == inside => named,
        _ => inside,
    }
}

/// What the bytes alone say.
fn inside(head: &[u8]) -> &'static str {
    let begins = |(offset, bytes, _): &&(usize, &[u8], &str)| {
        head.get(*offset..).is_some_and(|tail| tail.starts_with(bytes))
    };
    match SIGNATURES.iter().find(begins) {
        Some((_, _, known)) => known,
        None if is_text(head) => TEXT,
        None => UNKNOWN,
    }
}

/// Whether bytes look like text of today: UTF-8 but for a character that was cut off at the end, or
/// UTF-16 with its mark, and without the control characters that no text has.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && head.len() >= HEAD,
    };
    let printable = |byte: &u8| !matches!(byte, 0..=6 | 14..=26 | 28..=31);
    whole && head.iter().all(printable)
}

/// Whether a browser may show it in place.
#[must_use]
pub fn is_picture(content_type: &str) -> bool {
    PICTURES.contains(&content_type)
}

/// The type that a browser is told: one that it cannot run or read as a page, else that of unknown
/// bytes. A page that fetches a file makes a local address of it, which belongs to the page: a
/// document opened there would run with the rights of the host's product.
#[must_use]
pub fn served(content_type: &str) -> &str {
    let harmless = is_picture(content_type)
        || content_type.starts_with("video/")
        || content_type.starts_with("audio/")
        || matches!(content_type, TEXT | "text/csv" | ZIP | GZIP | "application/json")
        || content_type == "application/pdf";
    if harmless { content_type } else { UNKNOWN }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, UNKNOWN, of, served};

    #[test]
    fn bytes_are_believed_before_the_name_and_the_name_where_bytes_agree() {
        for (name, head, expected) in [
            ("a.png", &b"\x89PNG\r\n\x1a\n...."[..], "image/png"),
            ("a.txt", b"\x89PNG\r\n\x1a\n....", "image/png"),
            ("a.png", b"<script>alert(1)</script>", "text/plain"),
            ("a.png", b"\0\0\0\0", UNKNOWN),
            ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
            ("A.DOCX", b"PK\x03\x04", super::ENDINGS[8].1),
            ("a.docx", b"not a document", "text/plain"),
            ("har.zip", b"PK\x03\x04", "application/zip"),
            ("network.har", b"{\"log\":{}}", "application/json"),
            ("readme.md", b"# Title", "text/markdown"),
            ("page.html", b"<!doctype html>", "text/html"),
            ("drawing.svg", b"<svg onload=alert(1)>", "image/svg+xml"),
            ("server.log", "2026 Größe\n".as_bytes(), "text/plain"),
            ("server.log", b"bin\0ary", UNKNOWN),
            ("core", b"\x7fELF\x02", "application/x-executable"),
            ("no-ending", b"words", "text/plain"),
            ("empty", b"", "text/plain"),
            ("call.m4a", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
            ("song.mp3", b"\xff\xfb\x90", "audio/mpeg"),
            ("setup.exe", b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
        ] {
            assert_eq!(of(name, head), expected, "{name}");
        }
    }

    #[test]
    fn text_that_is_cut_inside_a_character_is_still_text() {
        let mut head = "x".repeat(HEAD - 1).into_bytes();
        head.push(0xc3);
        assert_eq!(of("a.log", &head), "text/plain");
        assert_eq!(of("a.log", b"cut\xc3"), UNKNOWN);
        assert_eq!(of("a.txt", b"\xff\xfeh\0i\0"), "text/plain");
    }

    #[test]
    fn nothing_that_a_browser_runs_is_told_to_it() {
        for (_, known, _) in super::ENDINGS {
            let told = served(known);
            assert!(
                !["html", "svg", "xml", "script"].iter().any(|it| told.contains(it)),
                "{known}"
            );
        }
        assert_eq!(served("image/png"), "image/png");
        assert_eq!(served("image/svg+xml"), UNKNOWN);
    }
}
