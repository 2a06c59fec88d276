//! Something fetched for a view: how it is asked for, and how its waiting and failing look.

use crate::{
    client::Error,
    features::{failure::failure, session::Session},
    i18n::Key,
    state::load::Load,
    ui::{
        button::Press,
        node::{Node, place},
        skeleton::skeleton,
        task::spawn,
        var::Var,
    },
};
use std::rc::Rc;

/// A fetched value and the way to ask for it again.
pub struct Loaded<T> {
    pub state: Var<Load<T, Error>>,
    pub retry: Press,
}

/// Fetches at once, and again on `retry`. An answer that was meant for the person before is dropped.
pub fn load<T, F>(fetch: impl Fn() -> F + 'static) -> Loaded<T>
where
    T: 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let state = Var::new(Load::Loading);
    let answered = state.clone();
    let retry: Press = Rc::new(move || {
        answered.set(Load::Loading);
        fetch_into(answered.clone(), fetch());
    });
    retry.ask();
    Loaded { state, retry }
}

/// Fetches again without hiding what is there; only a good answer replaces it.
pub fn refresh<T: 'static>(
    state: &Var<Load<T, Error>>,
    answer: impl Future<Output = Result<T, Error>> + 'static,
) {
    fetch_into(state.clone(), async move { answer.await.map_err(|_| Error::Superseded) });
}

fn fetch_into<T: 'static>(
    state: Var<Load<T, Error>>,
    answer: impl Future<Output = Result<T, Error>> + 'static,
) {
    spawn(async move {
        match answer.await {
            Err(Error::Superseded) => {}
            Ok(value) => state.set(Load::Ready(value)),
            Err(error) => state.set(Load::Failed(error)),
        }
    });
}

/// The four states of a view that waits; `ready` shows the value, also when it is empty.
pub fn show<T: 'static>(
    session: &Session,
    loaded: &Loaded<T>,
    ready: impl Fn(&T) -> Node + 'static,
) -> Node {
    let session = session.clone();
    let (version, state, retry) =
        (loaded.state.clone(), loaded.state.clone(), Rc::clone(&loaded.retry));
    place(
        move || version.version(),
        move |_| {
            Some(match &*state.peek() {
                Load::Loading => skeleton(session.text(Key::Loading)),
                Load::Failed(error) => failure(&session, "", error, Rc::clone(&retry)),
                Load::Ready(value) => ready(value),
            })
        },
    )
}
