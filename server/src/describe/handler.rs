//! Reading a handler's type: its extractors one by one, then its result.

use super::operation::{self, Content, Operation};
use crate::{AppState, error::Error};
use axum::{
    body::Body,
    extract::{Request, State},
    handler::Handler,
    http::{HeaderMap, Method},
    response::{NoContent, Response},
};

/// What an extractor demands of a call.
pub trait Input {
    /// Notes it. Nothing, for one that takes every call.
    fn describe(_: &mut Operation) {}
}

/// What a handler answers.
pub trait Output {
    fn describe(operation: &mut Operation);
}

/// A handler that describes itself: any whose extractors and result do.
pub trait Described<T>: Handler<T, AppState> {
    fn describe(operation: &mut Operation);
}

macro_rules! described {
    ($($input:ident)*) => {
        impl<Call, Answer, Made, $($input,)* Last, Via> Described<(Via, $($input,)* Last,)> for Call
        where
            Call: FnOnce($($input,)* Last) -> Answer + Handler<(Via, $($input,)* Last,), AppState>,
            Answer: Future<Output = Made>,
            Made: Output,
            $($input: Input,)*
            Last: Input,
        {
            fn describe(operation: &mut Operation) {
                $($input::describe(operation);)*
                Last::describe(operation);
                Made::describe(operation);
            }
        }
    };
}

described!();
described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
described!(A B C D E);
described!(A B C D E F);
described!(A B C D E F G);

impl Input for State<AppState> {}
impl Input for HeaderMap {}
impl Input for Method {}
/// The whole call; what is read from it is to be told beside the route.
impl Input for Request {}

/// Bytes of any type.
impl Input for Body {
    fn describe(operation: &mut Operation) {
        operation.body = Some(operation::Body::Raw);
    }
}

impl Output for NoContent {
    fn describe(operation: &mut Operation) {
        operation.answers.insert(204, Content::Nothing);
    }
}

impl<T: Output> Output for Result<T, Error> {
    fn describe(operation: &mut Operation) {
        T::describe(operation);
        operation.refuses(&[500, 503]);
    }
}

/// Anything; what it is is to be told beside the route.
impl Output for Response {
    fn describe(_: &mut Operation) {}
}
