//! Sending the form: once, and only once, whatever happens on the way.

use crate::{
    client::{Client, Error},
    features::session::{Happening, Session, Shared},
    i18n::Key,
    state::{
        draft::{Change, Draft, ReplyDraft, join},
        sending::{Receipt, Sending},
    },
    ui::task::spawn,
};

/// Sends the draft under its key, as soon as its files are there. A second press while this runs does
/// nothing; a second try after a failure uses the same key, so the server makes one request of both.
pub(super) fn send(session: &Session) {
    if !session.sending.peek().can_start() {
        return;
    }
    session.sending.set(Sending::Waiting);
    let sending = session.clone();
    session.files.when_settled(move || {
        if sending.files.has_failed() {
            sending.sending.set(Sending::Writing);
            sending.announcement.set(sending.text(Key::FilesFailed).to_owned());
        } else {
            send_draft(&sending);
        }
    });
}

fn send_draft(session: &Session) {
    session.sending.set(Sending::Sending);
    let draft = session.draft.peek().clone();
    let forgotten = session.forgotten_tries();
    session.note_try(&draft);
    let session = session.clone();
    spawn(async move {
        let outcome = match try_once(&session, draft, &forgotten).await {
            Err(Error::Superseded) => return,
            Err(error) => Sending::Failed(error),
            Ok(receipt) => {
                session.tell(Happening::Created(receipt.id));
                Sending::Sent(receipt)
            }
        };
        session.sending.set(outcome);
    });
}

async fn try_once(session: &Shared, draft: Draft, forgotten: &[Draft]) -> Result<Receipt, Error> {
    let client = &session.client;
    let answer = match find(client, forgotten).await? {
        Some(id) => Err(Error::Repeated(Some(id))),
        None => client.create_request(&draft.to_request(), &draft.custom_fields, &draft.key).await,
    };
    let (request, sent) = match answer {
        // The server has one of the earlier tries, whose answer was lost; the draft was changed since.
        Err(Error::Repeated(Some(id))) => {
            let request = client.request(id).await?;
            let sent = session.tried.peek().iter().find(|tried| tried.became(&request)).cloned();
            (request, sent.unwrap_or_default())
        }
        other => (other?, draft),
    };
    let changed_since = keep_changes(session, request.id, &sent);
    session.erase_draft(&session.draft.peek().key);
    Ok(Receipt::new(&request, session.policy.peek().ready(), changed_since))
}

/// The request that was made of an earlier try, by its words: its key is no help after a day.
async fn find(client: &Client, tried: &[Draft]) -> Result<Option<i64>, Error> {
    if tried.is_empty() {
        return Ok(None);
    }
    let mine = client.own_requests().await?;
    let found = mine.iter().find(|request| tried.iter().any(|tried| tried.became(request)));
    Ok(found.map(|request| request.id))
}

/// Nothing typed may be lost: what the draft says by now, and what was sent does not, waits as a
/// reply. Tells whether there is anything.
fn keep_changes(session: &Shared, request: i64, sent: &Draft) -> bool {
    let draft = session.draft.peek();
    let lines: Vec<String> =
        draft.changes_since(sent).into_iter().map(|change| words(session, change)).collect();
    let files = draft.files_since(sent);
    let changed = !lines.is_empty() || !files.is_empty();
    if changed {
        let reply = session.reply_to(request);
        session.keep_reply(ReplyDraft { text: join(&lines, "\n"), files, ..reply });
    }
    changed
}

fn words(session: &Shared, change: Change) -> String {
    let (label, value) = match change {
        Change::Description(text) | Change::Context(text) => return text,
        Change::Severity(severity) => (Key::SeverityLabel, severity.name().to_owned()),
        Change::Subject(subject) => (Key::SubjectLabel, subject),
        Change::Ccs(addresses) => (Key::CcLabel, addresses),
    };
    let label = session.text(label);
    session.i18n.fill(Key::ReplyChange, &[("label", label), ("value", &value)])
}
