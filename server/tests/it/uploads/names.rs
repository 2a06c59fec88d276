//! Names of files, as they come over the wire.

use crate::app::App;

#[tokio::test]
async fn a_name_is_required() {
    let app = App::new().await;
    for query in ["", "filename=", "filename=%20", "name=a.txt"] {
        let body = app.ana().upload(query, "a").await.is(422);
        assert_eq!(body["error"], "RecordInvalid");
        assert_eq!(body["details"]["filename"][0]["error"], "BlankValue", "{query}");
    }
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn hostile_names_come_out_safe_and_disk_never_sees_them() {
    let app = App::new().await;
    for (query, kept) in [
        ("..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("..%5C..%5Cboot.ini", "boot.ini"),
        ("%2e%2e", "file"),
        ("a%00.png", "a.png"),
        ("a%0D%0AX-Evil%3A+1.txt", "aX-Evil_ 1.txt"),
        ("evil%E2%80%AEgpj.exe", "evilgpj.exe"),
        ("%FF%FE.txt", "__.txt"),
        ("Gr%C3%B6%C3%9Fe.txt", "Größe.txt"),
        ("%E6%97%A5%E6%9C%AC.txt", "日本.txt"),
        ("a+b%2Bc.txt", "a b+c.txt"),
        ("%22%3E%3Cscript%3E.txt", "___script_.txt"),
        ("CON", "_CON"),
        (".htaccess", "_htaccess"),
        ("%252e%252e%252fa", "%2e%2e%2fa"),
    ] {
        let made = app.ana().upload(&format!("filename={query}"), "text").await.is(201);
        let file = &made["upload"]["attachment"];
        assert_eq!(file["file_name"], kept, "{query}");
        let answer = app.ana().get(&crate::app::follow(&file["content_url"])).await;
        assert_eq!(answer.bytes, b"text", "{query}");
        let said = answer.header("content-disposition").unwrap();
        assert!(said.starts_with("attachment; filename=\"") && said.is_ascii(), "{said}");
    }
    for path in app.on_disk().0 {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }
}

#[tokio::test]
async fn a_name_that_no_disk_would_take_is_refused_by_its_own_error() {
    let app = App::new().await;
    let query = |length: usize| format!("filename={}.txt", "%C3%BC".repeat(length - 4));
    app.ana().upload(&query(255), "a").await.is(201);
    let body = app.ana().upload(&query(256), "a").await.is(422);
    assert_eq!(body["error"], "AttachmentFilenameTooLong");
    assert!(body["description"].as_str().unwrap().contains("255 characters"));
}

#[tokio::test]
async fn the_type_is_that_of_bytes_and_ending() {
    let app = App::new().await;
    for (name, bytes, told) in [
        ("page.html", "<script>alert(1)</script>", "text/html"),
        ("picture.png", "<script>alert(1)</script>", "text/plain"),
        ("readme.md", "# Readme", "text/markdown"),
        ("har.zip", "PK\x03\x04", "application/zip"),
        ("core", "\0\0\0", "application/octet-stream"),
    ] {
        let made = app.ana().upload(&format!("filename={name}"), bytes).await.is(201);
        let file = &made["upload"]["attachment"];
        assert_eq!((&file["content_type"], &file["width"]), (&told.into(), &().into()), "{name}");
    }
}
