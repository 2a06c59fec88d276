//! The attached files, each with how far it is and the ways out of it.

use super::Attachments;
use crate::{
    client::Error,
    features::{
        failure::words,
        session::{Session, Shared},
    },
    i18n::Key,
    state::files::{Entry, Stage},
    ui::{
        button::{Press, icon_button, plain_button},
        icon::{Icon, icon},
        node::{Node, el, follow, place},
        thumbnail::thumbnail,
    },
};
use std::rc::Rc;

/// `on_removed` leads the focus on when a row goes.
pub(super) fn list(session: &Session, files: &Attachments, on_removed: Press) -> Node {
    let (known, session, files) = (files.clone(), session.clone(), files.clone());
    place(
        move || known.0.files.read().entries.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        move |ids| {
            let rows = ids.iter().map(|id| row(&session, &files, *id, Rc::clone(&on_removed)));
            let list = el("ul", "hr-files__list").attr("aria-label", session.text(Key::FilesLabel));
            (!ids.is_empty()).then(|| list.children(rows))
        },
    )
}

fn row(session: &Session, files: &Attachments, id: u32, on_removed: Press) -> Node {
    let name = of(files, id, |entry| entry.upload.name.clone()).unwrap_or_default();
    let named = |key| session.i18n.fill(key, &[("name", &name)]);
    let picture = files.sent(id).filter(|sent| sent.file.file().type_().starts_with("image/"));
    let picture = match picture {
        Some(sent) => thumbnail(sent.file.file(), icon(Icon::File)),
        None => icon(Icon::File),
    };
    let (said, told, removing) = (session.clone(), files.clone(), files.clone());
    let state = el("span", "hr-file__state")
        .live_text(move || of(&told, id, |entry| state(&said, entry)).unwrap_or_default());
    let words = el("span", "hr-file__words")
        .child(el("span", "hr-file__name").attr("dir", "auto").text(&name))
        .child(state)
        .child(bar(files, id, &name))
        .child(retry(session, files, id, named(Key::FileRetry)));
    let remove = move || {
        removing.remove(id);
        on_removed.ask();
    };
    let failed = files.clone();
    el("li", "hr-file")
        .live_attr("data-failed", move || is_failed(&failed, id).then_some(""))
        .child(el("span", "hr-file__picture").child(picture))
        .child(words)
        .child(icon_button(&named(Key::FileRemove), icon(Icon::Close), Rc::new(remove)))
}

/// How far it is, while it is on its way.
fn bar(files: &Attachments, id: u32, name: &str) -> Node {
    let (running, files, name) = (files.clone(), files.clone(), name.to_owned());
    let percent = move |files: &Attachments| {
        of(files, id, |entry| match entry.stage {
            Stage::Waiting => Some(0),
            Stage::Running(percent) => Some(percent),
            Stage::Done | Stage::Failed(_) => None,
        })
        .flatten()
    };
    place(
        move || percent(&running).is_some(),
        move |running| {
            let bar = el("progress", "hr-file__bar").attr("max", "100").attr("aria-label", &name);
            let (element, files) = (bar.element().clone(), files.clone());
            follow(Box::new(move || {
                let percent = percent(&files).unwrap_or(0);
                _ = element.set_attribute("value", &percent.to_string());
            }));
            running.then_some(bar)
        },
    )
}

fn retry(session: &Session, files: &Attachments, id: u32, label: String) -> Node {
    let (failed, session, files) = (files.clone(), session.clone(), files.clone());
    place(
        move || is_failed(&failed, id),
        move |failed| {
            let retrying = files.clone();
            let press: Press = Rc::new(move || retrying.retry(id));
            failed.then(|| {
                plain_button("hr-button hr-button--quiet hr-file__retry", press)
                    .attr("aria-label", &label)
                    .text(session.text(Key::Retry))
            })
        },
    )
}

fn is_failed(files: &Attachments, id: u32) -> bool {
    of(files, id, |entry| matches!(entry.stage, Stage::Failed(_))).unwrap_or(false)
}

/// Its size, or why it failed.
fn state(session: &Shared, entry: &Entry<Error>) -> String {
    match &entry.stage {
        Stage::Failed(error) => words(session, error),
        _ => session.i18n.size(entry.upload.size),
    }
}

/// Something about an entry; followed.
fn of<T>(files: &Attachments, id: u32, read: impl Fn(&Entry<Error>) -> T) -> Option<T> {
    files.0.files.read().get(id).map(read)
}
