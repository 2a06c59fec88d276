//! Drafts that outlive the page: in the host's own storage, by person, from the first key on.
//!
//! The plain form that stands in when this code cannot run reads and writes the same entries, so
//! their shape stands in docs/ARCHITECTURE.md. Storage may be blocked or full, which costs the
//! survival of the draft and nothing else.

use super::session::machine_time;
use crate::{
    client::{Reader, object},
    state::draft::{Draft, ReplyDraft, Upload},
};
use js_sys::{Array, JSON};
use sla::Severity;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// Followed by the person.
const DRAFT: &str = "handrail:draft:";
/// Followed by the number of the request, a colon, and the person.
const REPLY: &str = "handrail:reply:";
/// Followed by the person: what they have seen, which the inbox keeps there.
pub(super) const SEEN: &str = "handrail:seen:";
/// Seconds after which a draft is of no use any more.
const LASTS: i64 = 14 * 24 * 60 * 60;

/// A draft as it was when the page went.
pub(super) struct Kept {
    pub(super) draft: Draft,
    /// What was sent under its key; whether it arrived nobody knows.
    pub(super) tried: Vec<Draft>,
    /// When that was for the last time, in unix seconds.
    pub(super) tried_at: i64,
}

pub(super) fn read(person: &str) -> Option<Kept> {
    let entry = parsed(&[DRAFT, person].concat())?;
    let draft = of_form(&entry)?;
    let tried = entry.list("tried", |tried| Some(fields_of(tried)));
    let tried = tried.into_iter().map(|tried| Draft { key: draft.key.clone(), ..tried }).collect();
    let tried_at = entry.number("tried_at").unwrap_or(0);
    Some(Kept { draft, tried, tried_at })
}

/// What was written in a form, if there was one: every form has a key.
pub(super) fn of_form(form: &Reader) -> Option<Draft> {
    let key = form.word("key").filter(|key| !key.is_empty())?;
    Some(Draft { key, ..fields_of(form) })
}

/// The draft that another tab has just erased, if that is what an event of the storage tells.
pub(super) fn erased(person: &str, event: &Reader) -> Option<Draft> {
    of_form(&erased_entry(&[DRAFT, person].concat(), event)?)
}

/// The same of a reply.
pub(super) fn erased_reply(person: &str, request: i64, event: &Reader) -> Option<ReplyDraft> {
    of_reply(request, &erased_entry(&reply_name(person, request), event)?)
}

fn erased_entry(name: &str, event: &Reader) -> Option<Reader> {
    let is_ours = event.word("key")? == name;
    let before = event.word("oldValue").filter(|_| is_ours && event.word("newValue").is_none())?;
    JSON::parse(&before).ok().map(Reader)
}

/// An empty draft is erased.
pub(super) fn keep(person: &str, draft: &Draft, tried: &[Draft], tried_at: i64) {
    let name = [DRAFT, person].concat();
    if draft.is_empty() && tried.is_empty() {
        return remove(&name);
    }
    let tried: Array = tried.iter().map(|tried| object(&fields(tried))).collect();
    let mut entry = fields(draft);
    entry.extend([
        ("key", text(&draft.key)),
        now(),
        ("tried", tried.into()),
        ("tried_at", number(tried_at)),
    ]);
    write(&name, &entry);
}

/// Erases the draft of a key. Another that was begun meanwhile, in another tab, stays.
pub(super) fn erase(person: &str, key: &str) {
    let name = [DRAFT, person].concat();
    if parsed(&name).and_then(|entry| entry.word("key")).as_deref() == Some(key) {
        remove(&name);
    }
}

pub(super) fn reply(person: &str, request: i64) -> Option<ReplyDraft> {
    of_reply(request, &parsed(&reply_name(person, request))?)
}

fn of_reply(request: i64, entry: &Reader) -> Option<ReplyDraft> {
    Some(ReplyDraft {
        request,
        key: entry.word("key").filter(|key| !key.is_empty())?,
        text: entry.word("text").unwrap_or_default(),
        files: entry.list("files", upload),
    })
}

/// An empty reply is erased.
pub(super) fn keep_reply(person: &str, reply: &ReplyDraft) {
    let name = reply_name(person, reply.request);
    if reply.is_empty() {
        return remove(&name);
    }
    let entry = [
        ("key", text(&reply.key)),
        ("text", text(&reply.text)),
        ("files", uploads(&reply.files)),
        now(),
    ];
    write(&name, &entry);
}

/// Erases all drafts of a person and what they have seen; of everybody where nobody is named.
pub(super) fn erase_all(person: Option<&str>) {
    sweep(&|name| {
        let rest = name.strip_prefix(DRAFT).or_else(|| name.strip_prefix(SEEN));
        let reply = || Some(name.strip_prefix(REPLY)?.split_once(':').map_or("", |it| it.1));
        rest.or_else(reply).is_some_and(|of| person.is_none_or(|person| person == of))
    });
}

/// Erases, of whomever, what nobody came back for.
pub(super) fn drop_stale() {
    let oldest = machine_time() - LASTS;
    sweep(&|name| {
        let is_draft = name.starts_with(DRAFT) || name.starts_with(REPLY);
        is_draft && parsed(name).and_then(|entry| entry.number("at")).is_none_or(|at| at < oldest)
    });
}

/// Removes the entries that are named so.
fn sweep(unwanted: &dyn Fn(&str) -> bool) {
    let Some(storage) = storage() else { return };
    // From the end: an entry that goes moves those behind it.
    for place in (0..storage.length().unwrap_or(0)).rev() {
        let Ok(Some(name)) = storage.key(place) else { continue };
        if unwanted(&name) {
            _ = storage.remove_item(&name);
        }
    }
}

fn reply_name(person: &str, request: i64) -> String {
    [REPLY, &request.to_string(), ":", person].concat()
}

fn fields(draft: &Draft) -> Vec<(&'static str, JsValue)> {
    vec![
        ("severity", draft.severity.map_or(JsValue::NULL, |severity| text(severity.name()))),
        ("subject", text(&draft.subject)),
        ("description", text(&draft.description)),
        ("cc", text(&draft.ccs)),
        ("files", uploads(&draft.files)),
        ("context", text(&draft.context)),
        ("custom_fields", text(&draft.custom_fields)),
        ("follows", draft.follows.map_or(JsValue::NULL, number)),
    ]
}

fn fields_of(from: &Reader) -> Draft {
    let text = |name| from.word(name).unwrap_or_default();
    Draft {
        key: String::new(),
        severity: from.word("severity").as_deref().and_then(Severity::from_name),
        subject: text("subject"),
        description: text("description"),
        ccs: text("cc"),
        files: from.list("files", upload),
        context: text("context"),
        custom_fields: text("custom_fields"),
        follows: from.number("follows"),
    }
}

fn uploads(files: &[Upload]) -> JsValue {
    let files = files.iter().map(|file| {
        object(&[
            ("token", text(&file.token)),
            ("name", text(&file.name)),
            ("size", number(file.size)),
            ("at", number(file.at)),
        ])
    });
    files.collect::<Array>().into()
}

fn upload(from: &Reader) -> Option<Upload> {
    Some(Upload {
        token: from.word("token")?,
        name: from.word("name")?,
        size: from.number("size")?,
        at: from.number("at")?,
    })
}

fn text(text: &str) -> JsValue {
    text.into()
}

fn number(number: i64) -> JsValue {
    JsValue::from_f64(number as f64)
}

fn now() -> (&'static str, JsValue) {
    ("at", number(machine_time()))
}

fn parsed(name: &str) -> Option<Reader> {
    JSON::parse(&storage()?.get_item(name).ok()??).ok().map(Reader)
}

fn write(name: &str, entry: &[(&str, JsValue)]) {
    if let (Some(storage), Ok(entry)) = (storage(), JSON::stringify(&object(entry))) {
        _ = storage.set_item(name, &String::from(entry));
    }
}

fn remove(name: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(name);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
