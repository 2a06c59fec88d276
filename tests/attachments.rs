//! Files: picked, dropped and pasted; on their way, cancelled, lost and tried again; and there when
//! the request is.

use crate::support::{
    engine::{Engine, in_every_engine},
    people::{ANA, Who},
    person::Person,
    stage::Stage,
    waiting::until,
};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;

in_every_engine! {
    sending_waits_for_files_that_are_on_their_way_and_says_so,
    one_that_is_on_its_way_shows_how_far_it_is_and_can_be_cancelled,
    what_has_gone_up_survives_a_reload_with_its_draft,
}

const SUBJECT: &str = "See the picture";
const NO_SERVER: &str = "net::ERR_";
/// Of one red point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/// Makes what is dropped or pasted: `carried(name, type, bytes)`, and `png`.
const CARRIER: &str = "
    const carried = (...files) => {
        const carrier = new DataTransfer();
        for (const [name, type, bytes] of files) carrier.items.add(new File([bytes], name, { type }));
        return carrier;
    };
    const png = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const drop = (dataTransfer) => {
        for (const kind of ['dragover', 'drop'])
            all('.hr-form')[0].dispatchEvent(new DragEvent(kind,
                { dataTransfer, bubbles: true, cancelable: true, composed: true }));
    };
    const paste = (clipboardData) => root.getElementById('hr-description').dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
";

impl Person {
    async fn picks(&self, folder: &Path, name: &str, bytes: &[u8]) {
        let file = folder.join(name);
        std::fs::write(&file, bytes).expect("a file");
        let path = file.display().to_string();
        let body = "return all('.hr-files input')[0] ?? null";
        self.browser
            .on_element("the picker", body, &[], async |input| input.send_keys(&path).await)
            .await;
        self.has_row(name).await;
    }

    async fn does(&self, body: &str, arguments: &[Value]) {
        self.finds(".hr-files").await;
        let done = self.browser.ask(&[CARRIER, body].concat(), arguments).await;
        done.unwrap_or_else(|error| panic!("{body}: {error}"));
    }

    async fn has_row(&self, name: &str) {
        self.names("to be attached", |names| names.iter().any(|other| other == name)).await;
    }

    async fn has_rows(&self, expected: &[&str]) {
        self.names(&format!("to be {expected:?}"), |names| names == expected).await;
    }

    async fn names(&self, wanted: &str, fits: impl Fn(&Vec<String>) -> bool) {
        let body = "return all('.hr-file__name').map(read)";
        self.answer(&format!("files {wanted}"), body, &[], fits).await;
    }

    /// Waits until nothing is on its way.
    async fn has_all_up(&self) {
        self.loses(".hr-file__bar").await;
    }

    /// The names of the files on a request, as its requester's own call tells.
    async fn attached(&self, server: &str, id: i64) -> Vec<String> {
        let body = "const { token } = await (await fetch('/token')).json();
            const answer = await fetch(`${arguments[0]}/api/v2/requests/${arguments[1]}/comments`,
                { headers: { authorization: `Bearer ${token}` } });
            return (await answer.json()).comments
                .flatMap(({ attachments }) => attachments.map(({ file_name }) => file_name))";
        let body = format!("return (async (...arguments_) => {{ {body} }})(...arguments)")
            .replace("arguments[", "arguments_[");
        let names = self.browser.ask(&body, &[json!(server), json!(id)]).await;
        serde_json::from_value(names.expect("the server answers")).expect("names")
    }
}

/// The names of the files on the server that no comment has taken.
fn waiting(stage: &Stage) -> Vec<String> {
    let database = Connection::open(stage.server.database()).expect("the database opens");
    let names = "SELECT file_name FROM attachments
        WHERE upload_id IS NOT NULL AND preview_of IS NULL ORDER BY file_name";
    let mut names = database.prepare(names).expect("there are files");
    let names = names.query_map([], |row| row.get(0)).expect("they have names");
    names.collect::<Result<_, _>>().expect("texts")
}

async fn before_the_form(stage: &Stage, who: &'static Who) -> Person {
    let person = stage.person(who).await;
    person.open_support().await;
    person.sees("Up to 50 × 50 MB.").await;
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_picked_dropped_and_pasted_hang_on_the_request() {
    let stage = Stage::set().await;
    let folder = tempfile::tempdir().expect("a folder");
    let ana = before_the_form(&stage, &ANA).await;
    let listen = "window.heard = [];
        for (const kind of ['dragover', 'drop', 'paste'])
            document.addEventListener(kind, () => window.heard.push(kind))";
    ana.browser.script(listen).await;
    ana.picks(folder.path(), "log.txt", b"12345").await;
    ana.does("drop(carried(['dröp.png', 'image/png', png(arguments[0])]))", &[json!(PNG)]).await;
    ana.has_rows(&["log.txt", "dröp.png"]).await;
    ana.does("paste(carried(['image.png', 'image/png', png(arguments[0])]))", &[json!(PNG)]).await;
    ana.has_rows(&["log.txt", "dröp.png", "image.png"]).await;
    assert_eq!(ana.browser.script("return window.heard").await, json!([]));
    let count = "return all('.hr-thumbnail canvas').length";
    ana.answer("two pictures", count, &[], |count: &u64| *count == 2).await;
    ana.has_all_up().await;
    assert_eq!(ana.texts(".hr-file__state").await, ["1 kB"; 3]);

    ana.press("Remove dröp.png").await;
    ana.has_rows(&["log.txt", "image.png"]).await;
    until("the others alone to wait on the server", async || {
        let names = waiting(&stage);
        if names == ["image.png", "log.txt"] { Ok(()) } else { Err(format!("{names:?}")) }
    })
    .await;
    ana.send_request("S3", SUBJECT, "Both are attached.").await;
    let id = ana.receipt().await;
    assert_eq!(ana.attached(&stage.server.origin, id).await, ["log.txt", "image.png"]);
    ana.press("Send another request").await;
    ana.finds(".hr-files").await;
    ana.loses(".hr-file").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_pasted_or_dropped_is_left_to_the_field() {
    let stage = Stage::set().await;
    let ana = before_the_form(&stage, &ANA).await;
    let body = "const table = carried(['cells.png', 'image/png', png(arguments[0])]);
        table.setData('text/plain', 'A1');
        const words = carried();
        words.setData('text/plain', 'dragged');
        window.left = [paste(table), paste(words)];
        all('.hr-form')[0].dispatchEvent(new DragEvent('dragover',
            { dataTransfer: words, bubbles: true, cancelable: true }));";
    ana.does(body, &[json!(PNG)]).await;
    assert_eq!(ana.browser.script("return window.left").await, json!([true, true]));
    assert_eq!(ana.texts(".hr-file").await, [""; 0]);
    ana.loses("[data-dropping]").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_limits_forbid_is_refused_with_words_and_the_rest_is_taken() {
    let stage = Stage::set().await;
    let ana = before_the_form(&stage, &ANA).await;
    let large = "drop(carried(['a.bin', '', new Uint8Array(52428801)], ['b.bin', '', 'b']))";
    ana.does(large, &[]).await;
    ana.sees("a.bin is larger than 50 MB.").await;
    ana.has_rows(&["b.bin"]).await;
    ana.does("drop(carried(...Array.from({ length: 50 }, (_, at) => [`${at}`, '', 'x'])))", &[])
        .await;
    ana.sees("At most 50 files can be attached.").await;
    ana.names("to be fifty", |names| names.len() == 50).await;
    ana.has_all_up().await;
    ana.press("Remove b.bin").await;
    ana.loses("#hr-files-error:not(:empty)").await;
    ana.leave().await;
}

async fn sending_waits_for_files_that_are_on_their_way_and_says_so(engine: Engine) {
    let (stage, line) = Stage::set_over_a_line_in(engine).await;
    let folder = tempfile::tempdir().expect("a folder");
    let ana = before_the_form(&stage, &ANA).await;
    line.hold_answers_to("POST /api/v2/uploads");
    ana.picks(folder.path(), "slow.txt", b"slow").await;
    ana.send_request("S2", SUBJECT, "It is attached.").await;
    ana.sees("Waiting for your files…").await;
    // The panel may be closed meanwhile.
    ana.close_support().await;
    line.mend();
    ana.open_support().await;
    let id = ana.receipt().await;
    assert_eq!(ana.attached(&stage.server.origin, id).await, ["slow.txt"]);
    ana.leave().await;
}

async fn one_that_is_on_its_way_shows_how_far_it_is_and_can_be_cancelled(engine: Engine) {
    let (stage, line) = Stage::set_over_a_line_in(engine).await;
    let folder = tempfile::tempdir().expect("a folder");
    let ana = before_the_form(&stage, &ANA).await;
    line.stall_calls_to("POST /api/v2/uploads");
    ana.picks(folder.path(), "large.bin", &vec![7; 40 * 1024 * 1024]).await;
    let percent = "return Number(all('.hr-file__bar')[0]?.getAttribute('value'))";
    ana.answer("some of it up", percent, &[], |percent: &f64| (1.0..100.0).contains(percent)).await;
    ana.press("Remove large.bin").await;
    ana.loses(".hr-file").await;
    let focus = "return read(root.activeElement)";
    ana.answer("the focus on the button", focus, &[], |name: &String| name == "Attach files").await;
    line.mend();
    ana.send_request("S2", SUBJECT, "Nothing is attached.").await;
    let id = ana.receipt().await;
    assert_eq!(ana.attached(&stage.server.origin, id).await, [""; 0]);
    ana.leave_after(&[NO_SERVER]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_lost_with_the_server_loses_no_other_and_can_be_tried_again() {
    let mut stage = Stage::set().await;
    let folder = tempfile::tempdir().expect("a folder");
    let ana = before_the_form(&stage, &ANA).await;
    ana.picks(folder.path(), "first.txt", b"first").await;
    ana.has_all_up().await;
    stage.server.kill().await;
    ana.picks(folder.path(), "second.txt", b"second").await;
    ana.reads(".hr-file[data-failed]", "to say so", |row| {
        row.contains("second.txt") && row.contains("We cannot reach support right now.")
    })
    .await;
    ana.fill_in("S2", SUBJECT, "Both are attached.").await;
    ana.press("Send request").await;
    let focus = "return root.activeElement?.ariaLabel ?? ''";
    ana.answer("the focus on it", focus, &[], |name: &String| name == "Try second.txt again").await;

    stage.server.restart().await;
    ana.press("Try second.txt again").await;
    ana.loses(".hr-file[data-failed]").await;
    ana.press("Send request").await;
    let id = ana.receipt().await;
    assert_eq!(ana.attached(&stage.server.origin, id).await, ["first.txt", "second.txt"]);
    ana.leave_after(&[NO_SERVER]).await;
}

async fn what_has_gone_up_survives_a_reload_with_its_draft(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let folder = tempfile::tempdir().expect("a folder");
    let ana = before_the_form(&stage, &ANA).await;
    ana.picks(folder.path(), "kept.txt", b"kept").await;
    ana.has_all_up().await;
    let kept = "return JSON.parse(localStorage['handrail:draft:ana@acme.example'])
        .files.map(({ name, size }) => [name, size])";
    let expected = json!([["kept.txt", 4]]);
    ana.answer("it to be kept", kept, &[], |kept: &Value| *kept == expected).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.has_rows(&["kept.txt"]).await;
    ana.send_request("S3", SUBJECT, "It is attached.").await;
    let id = ana.receipt().await;
    assert_eq!(ana.attached(&stage.server.origin, id).await, ["kept.txt"]);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_shown_under_a_strict_policy_too() {
    let stage = Stage::set().await;
    let ana = stage.person_on("strict", &ANA).await;
    ana.open_support().await;
    ana.does("drop(carried(['a.png', 'image/png', png(arguments[0])]))", &[json!(PNG)]).await;
    ana.finds(".hr-thumbnail canvas").await;
    ana.has_all_up().await;
    ana.does("drop(carried(['broken.png', 'image/png', 'no picture']))", &[]).await;
    let icon = "return all('.hr-thumbnail svg').length";
    ana.answer("an icon", icon, &[], |count: &u64| *count == 1).await;
    ana.has_all_up().await;
    ana.leave().await;
}
