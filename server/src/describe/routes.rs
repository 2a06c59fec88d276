//! The list of routes, each mounted and described in one go.

use super::{
    handler::Described,
    operation::{Body, Content, Operation},
    query::{Known, Piece},
};
use crate::AppState;
use axum::{
    Extension, Router,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use schemars::{JsonSchema, SchemaGenerator};
use std::any::type_name;

/// Every route below `/api`, in the order in which they were written.
#[derive(Default)]
pub struct Routes(Vec<Path>);

/// A path with its verbs.
struct Path {
    path: &'static str,
    verbs: Vec<Verb>,
}

/// A verb of a path: handler and description.
pub struct Verb {
    method: Method,
    router: MethodRouter<AppState>,
    operation: Operation,
}

/// A GET with a line about it.
pub fn get<H: Described<T>, T: 'static>(handler: H, summary: &'static str) -> Verb {
    Verb::new(Method::GET, MethodFilter::GET, handler, summary)
}

/// A POST with a line about it.
pub fn post<H: Described<T>, T: 'static>(handler: H, summary: &'static str) -> Verb {
    Verb::new(Method::POST, MethodFilter::POST, handler, summary)
}

/// A PUT with a line about it.
pub fn put<H: Described<T>, T: 'static>(handler: H, summary: &'static str) -> Verb {
    Verb::new(Method::PUT, MethodFilter::PUT, handler, summary)
}

/// A DELETE with a line about it.
pub fn delete<H: Described<T>, T: 'static>(handler: H, summary: &'static str) -> Verb {
    Verb::new(Method::DELETE, MethodFilter::DELETE, handler, summary)
}

impl Verb {
    fn new<H: Described<T>, T: 'static>(
        method: Method,
        filter: MethodFilter,
        handler: H,
        summary: &'static str,
    ) -> Self {
        // `handler` is a function, so the name of its type is its path.
        let name = type_name::<H>();
        let name = name.rsplit("::").next().unwrap_or(name);
        let mut operation = Operation::new(name, summary);
        H::describe(&mut operation);
        let answers = operation.answers.get(&200);
        if method == Method::GET && matches!(answers, Some(Content::Json(_))) {
            operation.answers.insert(304, Content::Nothing);
        }
        Self { method, router: on(filter, handler), operation }
    }

    /// It understands these parameters of the query. Others it cannot read.
    #[must_use]
    pub fn takes(mut self, pieces: &[Piece]) -> Self {
        for piece in pieces {
            self.operation.takes(piece);
        }
        self
    }

    /// It can also be refused so, by rules that its types do not tell.
    #[must_use]
    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        self.operation.refuses(statuses);
        self
    }

    /// It also answers JSON with that status.
    #[must_use]
    pub fn answers<T: JsonSchema>(mut self, status: u16) -> Self {
        let schema = SchemaGenerator::subschema_for::<T>;
        self.operation.answers.insert(status, Content::Json(schema));
        self
    }

    /// It also answers bytes of a media type (`*/*` for any) with that status.
    #[must_use]
    pub fn answers_raw(mut self, status: u16, kind: &'static str) -> Self {
        self.operation.answers.insert(status, Content::Raw(kind));
        self
    }

    /// It also answers with that status and without a body.
    #[must_use]
    pub fn answers_nothing(mut self, status: u16) -> Self {
        self.operation.answers.insert(status, Content::Nothing);
        self
    }

    /// Its body is bytes of any type.
    #[must_use]
    pub fn reads_raw(mut self) -> Self {
        self.operation.body = Some(Body::Raw);
        self
    }

    fn mounted(self) -> MethodRouter<AppState> {
        let known = Known::of(&self.operation.params);
        self.router.route_layer(Extension(known))
    }
}

impl Routes {
    /// Adds a path. `{id}` and what ends in `_id` is a number, any other part in braces is text.
    #[must_use]
    pub fn at<const N: usize>(mut self, path: &'static str, verbs: [Verb; N]) -> Self {
        let mut verbs = Vec::from(verbs);
        if path.contains('{') {
            // There may be no such record.
            verbs.iter_mut().for_each(|verb| verb.operation.refuses(&[404]));
        }
        self.0.push(Path { path, verbs });
        self
    }

    /// Every verb and path, as written in the list.
    pub fn operations(&self) -> impl Iterator<Item = (&Method, &'static str, &Operation)> {
        self.0.iter().flat_map(|path| {
            path.verbs.iter().map(|verb| (&verb.method, path.path, &verb.operation))
        })
    }

    /// The routes for axum.
    pub fn mount(self) -> Router<AppState> {
        self.0.into_iter().fold(Router::new(), |router, path| {
            let verbs = path.verbs.into_iter().map(Verb::mounted);
            router.route(path.path, verbs.fold(MethodRouter::new(), MethodRouter::merge))
        })
    }
}
