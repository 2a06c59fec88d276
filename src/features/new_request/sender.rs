//! Sending the form: once, and only once, whatever happens on the way.

use crate::{
    client::Error,
    features::session::{Happening, Session, Shared},
    i18n::Key,
    state::{
        draft::{Change, Draft, ReplyDraft},
        sending::{Receipt, Sending},
    },
};
use leptos::task::spawn_local;

/// Sends the draft under its key. A second press while this runs does nothing; a second try after a
/// failure uses the same key, so the server makes one request of both.
pub(super) fn send(session: &Session) {
    if !session.sending.peek().can_start() {
        return;
    }
    session.sending.set(Sending::Sending);
    let draft = session.draft.peek().clone();
    session.tried.update(|tried| tried.push(draft.clone()));
    let session = session.clone();
    spawn_local(async move {
        let outcome = match try_once(&session, draft).await {
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

async fn try_once(session: &Shared, draft: Draft) -> Result<Receipt, Error> {
    let (request, sent) = match session.client.create_request(&draft.to_request(), &draft.key).await
    {
        // The server has one of the earlier tries, whose answer was lost; the draft was changed since.
        Err(Error::Repeated(Some(id))) => {
            let request = session.client.request(id).await?;
            let sent = session.tried.peek().iter().find(|tried| tried.became(&request)).cloned();
            (request, sent.unwrap_or_default())
        }
        other => (other?, draft),
    };
    let changed_since = keep_changes(session, request.id, &sent);
    Ok(Receipt::new(&request, session.policy.peek().ready(), changed_since))
}

/// Nothing typed may be lost: what the draft says by now, and what was sent does not, waits as a
/// reply. Tells whether there is anything.
fn keep_changes(session: &Shared, request: i64, sent: &Draft) -> bool {
    let changes = session.draft.peek().changes_since(sent);
    let lines: Vec<String> = changes.into_iter().map(|change| words(session, change)).collect();
    let changed = !lines.is_empty();
    if changed {
        let reply = session.reply_to(request);
        session.keep_reply(ReplyDraft { text: lines.join("\n"), ..reply });
    }
    changed
}

fn words(session: &Shared, change: Change) -> String {
    let (label, value) = match change {
        Change::Description(text) => return text,
        Change::Severity(severity) => (Key::SeverityLabel, severity.name().to_owned()),
        Change::Subject(subject) => (Key::SubjectLabel, subject),
        Change::Ccs(addresses) => (Key::CcLabel, addresses),
    };
    let label = session.text(label);
    session.i18n.fill(Key::ReplyChange, &[("label", label), ("value", &value)])
}
