//! How a failure is told: what happened, what is safe, what one can do now.

use crate::{
    client::Error,
    features::session::{Session, Shared},
    i18n::Key,
    ui::{
        alert::alert,
        button::{Press, quiet_button},
        call::Ask,
        focus::reveal_soon,
        node::{Node, el, place},
    },
};
use js_sys::encode_uri_component;

/// The words for an error.
#[must_use]
pub fn words(session: &Shared, error: &Error) -> String {
    let key = match error {
        Error::Offline => Key::ErrorOffline,
        Error::SignedOut => Key::ErrorSignedOut,
        Error::Denied => Key::ErrorDenied,
        Error::NotFound => Key::ErrorMissing,
        Error::TooMany => Key::ErrorTooMany,
        Error::Invalid(fields) => {
            // The server's own words for the field are better than ours for all fields.
            return fields
                .first()
                .map(|field| field.description.clone())
                .filter(|description| !description.is_empty())
                .unwrap_or_else(|| session.text(Key::ErrorInvalid).to_owned());
        }
        Error::Server | Error::Repeated(_) | Error::Superseded => Key::ErrorServer,
    };
    session.text(key).to_owned()
}

/// An alert with two ways on: try again, or write an e-mail. `lead` is said before the cause, e.g.
/// that something was not done.
#[must_use]
pub fn failure(session: &Session, lead: &str, error: &Error, retry: Press) -> Node {
    failure_to_send(session, lead, error, retry, Box::new(String::new))
}

/// The same of something that was written. `written` is what a mail begins with, so that nothing has to
/// be typed again; followed.
#[must_use]
pub fn failure_to_send(
    session: &Session,
    lead: &str,
    error: &Error,
    retry: Press,
    written: Box<dyn Ask<String>>,
) -> Node {
    let alert = if lead.is_empty() { alert() } else { alert().child(el("strong", "").text(lead)) };
    let ways = el("div", "hr-alert__ways")
        .child(quiet_button(session.text(Key::Retry), retry))
        .child(mail_link(session, written));
    let alert = alert.child(el("p", "").text(&words(session, error))).child(ways);
    reveal_soon(&alert, ".hr-view");
    alert
}

/// What a mail of this subject and text begins with.
#[must_use]
pub fn mail_of(subject: &str, text: &str) -> String {
    let [subject, text] = [subject, text].map(|text| String::from(encode_uri_component(text)));
    ["?subject=", &subject, "&body=", &text].concat()
}

/// A link that starts an e-mail to support; nothing while no address is known.
fn mail_link(session: &Session, written: Box<dyn Ask<String>>) -> Node {
    let (known, session) = (session.clone(), session.clone());
    place(
        move || (known.support_mail(), written.ask()),
        move |(mail, written)| {
            let mail = mail.as_ref()?;
            let text = session.i18n.fill(Key::MailInstead, &[("mail", mail)]);
            let address = ["mailto:", mail, written].concat();
            Some(el("a", "hr-link").attr("href", &address).text(&text))
        },
    )
}
