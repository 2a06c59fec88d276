//! The files of a comment: pictures shown small and, on demand, large; each to be saved under its name.
//! They come with the caller's token, which no link can send, so they are fetched and handed on.

use crate::{
    client::Error,
    features::session::Session,
    i18n::Key,
    ui::task::spawn,
    ui::{
        button::{icon_button, plain_button},
        icon::{Icon, icon},
        lightbox::{close_lightbox, lightbox},
        node::{Node, el, keep, place},
        picture::{canvas, draw},
        sight::when_seen,
        var::Var,
    },
};
use api::attachment::Attachment;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use web_sys::{Blob, Url};

/// Pictures above this many pixels are not drawn: the browser would need four bytes for each.
const LARGEST: i64 = 40_000_000;
/// A picture of fewer bytes is its own preview, where the server has made none.
const SMALL: i64 = 100_000;

/// What is to be done with a file, and how far that is.
#[derive(Clone)]
struct Shown {
    session: Session,
    file: Rc<Attachment>,
    failed: Var<bool>,
    is_busy: Var<bool>,
    is_large: Var<bool>,
    /// The address under which the browser saves it.
    saved: Rc<RefCell<Saved>>,
}

/// An address that is given back when it is not needed any more.
#[derive(Default)]
struct Saved(Option<String>);

impl Drop for Saved {
    fn drop(&mut self) {
        if let Some(address) = &self.0 {
            _ = Url::revoke_object_url(address);
        }
    }
}

/// The files that came with a comment, if any did.
pub(super) fn files(session: &Session, files: &[Attachment]) -> Option<Node> {
    let items = files.iter().map(|file| item(session, file));
    let list = el("ul", "hr-attached").attr("aria-label", session.text(Key::AttachedLabel));
    (!files.is_empty()).then(|| list.children(items))
}

fn item(session: &Session, file: &Attachment) -> Node {
    let item = el("li", "hr-attached__item");
    if !session.client.has_file(&file.content_url) {
        // Of another server, to which our token must not go: its own address has to do.
        let link = el("a", "hr-link")
            .attr("href", &file.content_url)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer");
        let is_page = crate::state::rich::is_safe(&file.content_url);
        let name = if is_page { link } else { el("span", "") };
        return item.child(name.text(&file.file_name));
    }
    let saved = Rc::new(RefCell::new(Saved::default()));
    keep(Rc::clone(&saved));
    let shown = Shown {
        session: session.clone(),
        file: Rc::new(file.clone()),
        failed: Var::default(),
        is_busy: Var::default(),
        is_large: Var::default(),
        saved,
    };
    item.children(shown.preview()).child(shown.name()).child(shown.failure()).child(shown.large())
}

impl Shown {
    fn label(&self, key: Key) -> String {
        self.session.i18n.fill(key, &[("name", &self.file.file_name)])
    }

    /// The small picture, fetched when it comes into sight.
    fn preview(&self) -> Option<Node> {
        let is_small = self.file.size < SMALL;
        let small = self.file.thumbnails.first().or_else(|| is_small.then_some(&*self.file))?;
        let small_canvas = canvas("", small.width?, small.height?);
        let opening = self.clone();
        let button = plain_button("hr-attached__preview", Rc::new(move || opening.enlarge()))
            .attr("aria-label", &self.label(Key::AttachedShow))
            .child(small_canvas.clone());
        let (client, address) = (self.session.client.clone(), small.content_url.clone());
        let is_asked = Cell::new(false);
        when_seen(&button, move || {
            if is_asked.replace(true) {
                return;
            }
            let (client, address, canvas) = (client.clone(), address.clone(), small_canvas.clone());
            spawn(async move {
                if let Ok(bytes) = client.file(&address).await {
                    draw(&canvas, &bytes).await;
                }
            });
        });
        Some(button)
    }

    /// The name, which saves the file.
    fn name(&self) -> Node {
        let (saving, busy) = (self.clone(), self.clone());
        plain_button("hr-attached__name", Rc::new(move || saving.save()))
            .attr("aria-label", &self.label(Key::AttachedSave))
            .live_attr("aria-disabled", move || busy.is_busy.get().then_some("true"))
            .child(icon(Icon::Download))
            .child(el("span", "").attr("dir", "auto").text(&self.file.file_name))
    }

    fn failure(&self) -> Node {
        let (known, words) = (self.clone(), self.label(Key::AttachedFailed));
        el("span", "hr-field__error")
            .attr("role", "alert")
            .live_text(move || if known.failed.get() { words.clone() } else { String::new() })
    }

    async fn fetch(&self) -> Option<Blob> {
        self.failed.set(false);
        match self.session.client.file(&self.file.content_url).await {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.failed.set(error != Error::Superseded);
                None
            }
        }
    }

    fn save(&self) {
        if *self.is_busy.peek() {
            return;
        }
        self.is_busy.set(true);
        let shown = self.clone();
        spawn(async move {
            if let Some(bytes) = shown.fetch().await {
                shown.hand_over(&bytes);
            }
            shown.is_busy.set(false);
        });
    }

    /// Lets the browser save it as if it came from a link.
    fn hand_over(&self, bytes: &Blob) {
        let Ok(address) = Url::create_object_url_with_blob(bytes) else {
            return self.failed.set(true);
        };
        let link = el("a", "").attr("href", &address).attr("download", &self.file.file_name);
        link.element().click();
        self.saved.replace(Saved(Some(address)));
    }

    fn enlarge(&self) {
        let pixels = self.file.width.zip(self.file.height).map(|(width, height)| width * height);
        if pixels.is_none_or(|pixels| pixels > LARGEST) {
            self.save();
        } else {
            self.is_large.set(true);
        }
    }

    /// The picture, large, while it is looked at.
    fn large(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(move || known.is_large.get(), move |is_large| is_large.then(|| shown.dialog()))
    }

    fn dialog(&self) -> Node {
        let closed = self.clone();
        let dialog = lightbox(&self.file.file_name, Rc::new(move || closed.is_large.set(false)));
        let (inside, saving) = (dialog.clone(), self.clone());
        let close = icon_button(
            self.session.text(Key::Close),
            icon(Icon::Close),
            Rc::new(move || close_lightbox(&inside)),
        );
        let save = icon_button(
            &self.label(Key::AttachedSave),
            icon(Icon::Download),
            Rc::new(move || saving.save()),
        );
        let name = el("p", "hr-lightbox__name").attr("dir", "auto").text(&self.file.file_name);
        let picture = canvas(
            "hr-lightbox__picture",
            self.file.width.unwrap_or_default(),
            self.file.height.unwrap_or_default(),
        );
        let drawn = picture.clone().attr("role", "img").attr("aria-label", &self.file.file_name);
        let shown = self.clone();
        spawn(async move {
            let is_drawn = match shown.fetch().await {
                Some(bytes) => draw(&drawn, &bytes).await,
                None => return,
            };
            shown.failed.set(!is_drawn);
        });
        let bar = el("div", "hr-lightbox__bar").child(name).child(save).child(close);
        dialog.child(bar).child(picture).child(self.failure())
    }
}
