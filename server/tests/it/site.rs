//! The built site, as the server hands it out.

use crate::app::{Answer, App};
use axum::body::Body;
use flate2::read::GzDecoder;
use handrail_server::site::{Site, SiteError};
use std::{fs, io::Read, path::Path};

const LOADER: &str = "(()=>{const mail=\"__MAIL__\"})();";
const GLUE: &str = "handrail-TRFfa_pX.js";

/// A folder in the shape that `cargo xtask build` leaves.
fn build(folder: &Path) {
    for (name, content) in [
        ("index.html", "<!DOCTYPE html><title>Support</title>"),
        ("handrail.js", LOADER),
        (GLUE, "export default 1"),
        ("handrail-TRFfa_pX.js.br", "brotli of the glue"),
        ("handrail-TRFfa_pX.js.gz", "gzip of the glue"),
        ("handrail--d9rdk9p_bg.wasm", "wasm"),
        ("later-en-4HxLLRO2.json", "{}"),
    ] {
        fs::write(folder.join(name), content).unwrap();
    }
}

async fn app() -> App {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    App::with(|config| {
        config.site = Some(folder.path().to_owned());
        config.support_mail = Some("help \"desk\" <support@example.com>".to_owned());
    })
    .await
}

async fn call(app: &App, method: &str, path: &str, headers: &[(&'static str, &str)]) -> Answer {
    let client = app.anonymous();
    let mut request = client.request(method, path, Body::empty());
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    client.send(request).await
}

async fn get(app: &App, path: &str) -> Answer {
    call(app, "GET", path, &[]).await
}

#[tokio::test]
async fn every_file_has_its_type_and_may_be_used_by_any_host() {
    let app = app().await;
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/handrail.js", "text/javascript; charset=utf-8"),
        ("/handrail-TRFfa_pX.js", "text/javascript; charset=utf-8"),
        ("/handrail--d9rdk9p_bg.wasm", "application/wasm"),
        ("/later-en-4HxLLRO2.json", "application/json"),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(content_type), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
    }
}

#[tokio::test]
async fn names_with_a_hash_are_kept_for_ever_and_others_are_asked_for_again() {
    let app = app().await;
    let lifetime = async |path| get(&app, path).await.header("cache-control").unwrap().to_owned();
    for path in ["/handrail-TRFfa_pX.js", "/later-en-4HxLLRO2.json"] {
        assert_eq!(lifetime(path).await, "public, max-age=31536000, immutable");
    }
    assert_eq!(lifetime("/handrail.js").await, "public, max-age=300");
    assert_eq!(lifetime("/").await, "no-cache");
}

#[tokio::test]
async fn what_the_caller_has_already_is_not_sent_again() {
    let app = app().await;
    for path in ["/", "/handrail.js"] {
        let first = call(&app, "GET", path, &[("accept-encoding", "br")]).await;
        let tag = first.header("etag").unwrap();
        let again = [("accept-encoding", "br"), ("if-none-match", tag)];
        let second = call(&app, "GET", path, &again).await;
        assert_eq!(second.status, 304, "{path}");
        assert!(second.bytes.is_empty());
        assert_eq!(second.header("etag"), Some(tag));
        assert_eq!(second.header("cache-control"), first.header("cache-control"));

        let weak = format!("\"other\", W/{tag}");
        let weak = [("accept-encoding", "br"), ("if-none-match", weak.as_str())];
        assert_eq!(call(&app, "GET", path, &weak).await.status, 304);
        let other = [("if-none-match", "\"other\"")];
        assert_eq!(call(&app, "GET", path, &other).await.status, 200);
    }
}

#[tokio::test]
async fn the_compressed_neighbour_is_sent_to_whoever_accepts_it() {
    let app = app().await;
    for (accepted, coding, body) in [
        ("gzip, deflate, br", Some("br"), "brotli of the glue"),
        ("br;q=0.2, gzip;q=0.9", Some("gzip"), "gzip of the glue"),
        ("br;q=0", None, "export default 1"),
        ("identity;q=0, *;q=0", None, "export default 1"),
    ] {
        let path = format!("/{GLUE}");
        let answer = call(&app, "GET", &path, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(String::from_utf8(answer.bytes).unwrap(), body, "{accepted}");
    }
    // Nothing is beside the Wasm here, so it goes out as it is.
    let accepted = [("accept-encoding", "br")];
    let answer = call(&app, "GET", "/handrail--d9rdk9p_bg.wasm", &accepted).await;
    assert_eq!(answer.header("content-encoding"), None);
    assert_eq!(answer.bytes, b"wasm");
}

#[tokio::test]
async fn the_loader_carries_the_support_address_in_every_form() {
    let app = app().await;
    let expected = r#"(()=>{const mail="help \"desk\" <support@example.com>"})();"#;
    assert_eq!(get(&app, "/handrail.js").await.bytes, expected.as_bytes());

    let gzip = call(&app, "GET", "/handrail.js", &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    GzDecoder::new(&*gzip.bytes).read_to_string(&mut text).unwrap();
    assert_eq!(text, expected);

    let small = call(&app, "GET", "/handrail.js", &[("accept-encoding", "br")]).await;
    assert_eq!(small.header("content-encoding"), Some("br"));
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &*small.bytes, &mut text).unwrap();
    assert_eq!(text, expected.as_bytes());
}

#[tokio::test]
async fn the_portal_page_runs_nothing_but_our_own_files() {
    let app = app().await;
    let answer = get(&app, "/").await;
    assert_eq!(
        answer.header("content-security-policy"),
        Some(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        )
    );
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(get(&app, "/handrail.js").await.header("content-security-policy"), None);
}

#[tokio::test]
async fn head_tells_all_but_the_body() {
    let app = app().await;
    let accepted = [("accept-encoding", "br")];
    let path = format!("/{GLUE}");
    let (head, get) =
        (call(&app, "HEAD", &path, &accepted).await, call(&app, "GET", &path, &accepted).await);
    assert!(head.bytes.is_empty());
    for name in ["content-length", "content-type", "content-encoding", "etag", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
        assert!(head.header(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn only_known_names_are_answered() {
    let app = app().await;
    for path in [
        "/..%2fCargo.toml",
        "/../test.db",
        "/locales",
        "/locales/",
        "/%69ndex.html",
        "/handrail-TRFfa_pX.js.br",
        "/handrail.js/",
        "/nothing",
    ] {
        assert_eq!(get(&app, path).await.status, 404, "{path}");
    }
    let answer = call(&app, "POST", "/index.html", &[]).await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
}

#[tokio::test]
async fn without_a_site_the_api_stands_alone() {
    let app = App::new().await;
    assert_eq!(get(&app, "/").await.status, 404);
    assert_eq!(get(&app, "/api/handrail/v1/policy").await.status, 200);
}

#[test]
fn a_folder_that_was_not_built_stops_the_start_and_names_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    for missing in [folder.path().join("nowhere"), folder.path().to_owned()] {
        let error = Site::load(Some(&missing), None).unwrap_err();
        assert!(matches!(&error, SiteError::NotBuilt(path, "index.html") if *path == missing));
        assert!(error.to_string().contains("cargo xtask build"), "{error}");
    }
}
