//! How a failure is told: what happened, what is safe, what one can do now.

use crate::{
    client::Error,
    features::session::{Session, Shared},
    i18n::Key,
    ui::{
        alert::alert,
        button::{Press, quiet_button},
        focus::reveal_soon,
        node::{Node, el, place},
    },
};

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
/// that something was not sent.
#[must_use]
pub fn failure(session: &Session, lead: &str, error: &Error, retry: Press) -> Node {
    let alert = if lead.is_empty() { alert() } else { alert().child(el("strong", "").text(lead)) };
    let ways = el("div", "hr-alert__ways")
        .child(quiet_button(session.text(Key::Retry), retry))
        .child(mail_link(session));
    let alert = alert.child(el("p", "").text(&words(session, error))).child(ways);
    reveal_soon(&alert, ".hr-view");
    alert
}

/// A link that starts an e-mail to support; nothing while no address is known.
fn mail_link(session: &Session) -> Node {
    let (known, session) = (session.clone(), session.clone());
    place(
        move || known.support_mail(),
        move |mail| {
            let mail = mail.as_ref()?;
            let text = session.i18n.fill(Key::MailInstead, &[("mail", mail)]);
            Some(el("a", "hr-link").attr("href", &["mailto:", mail].concat()).text(&text))
        },
    )
}
