//! Sending the form: once, and only once, whatever happens on the way.

use crate::{
    client::Error,
    features::session::{Happening, Session, Shared},
    state::{
        draft::{Draft, ReplyDraft},
        sending::{Receipt, Sending},
    },
};
use api::request::Request;
use leptos::task::spawn_local;

/// Sends the draft under its key. A second press while this runs does nothing; a second try after a
/// failure uses the same key, so the server makes one request of both.
pub(super) fn send(session: &Session) {
    if !session.sending.peek().can_start() {
        return;
    }
    session.sending.set(Sending::Sending);
    let session = session.clone();
    spawn_local(async move {
        let draft = session.draft.peek().clone();
        let outcome = match try_once(&session, &draft).await {
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

async fn try_once(session: &Shared, draft: &Draft) -> Result<Receipt, Error> {
    let (request, repeated) =
        match session.client.create_request(&draft.to_request(), &draft.key).await {
            // The server has it from an earlier try whose answer was lost; the text was changed since.
            Err(Error::Repeated(Some(id))) => (session.client.request(id).await?, true),
            other => (other?, false),
        };
    if repeated {
        keep_for_reply(session, draft, &request);
    }
    Ok(Receipt { repeated, ..Receipt::new(&request, session.policy.peek().ready()) })
}

/// Nothing typed may be lost: what differs from the stored text waits as a reply.
fn keep_for_reply(session: &Shared, draft: &Draft, stored: &Request) {
    if stored.description.trim() != draft.description.trim() {
        let reply = session.reply_to(stored.id);
        session.keep_reply(ReplyDraft { text: draft.description.clone(), ..reply });
    }
}
