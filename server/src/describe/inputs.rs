//! What the extractors and answers of this server say of a call.

use super::{
    handler::{Input, Output},
    operation::{Access, Content, Operation},
};
use crate::{
    auth::{
        Admin, Anyone, CreatePace, EndUser, FileReader, Party, PathId, PathNumber, PathToken,
        SeenRequest, SeenTicket, Sender, Snapshot, Staff, Subscriber, UpdatePace, UploadPace,
    },
    body::{Json, JsonBody, Nothing, Saved},
    caller::Caller,
    idempotency::{Answer, IdempotencyKey},
};
use schemars::JsonSchema;

impl Input for Caller {}

/// The number itself is told by the path.
impl Input for PathId {}

impl Input for PathNumber {}

/// Their refusal is that of every call that looks at credentials.
impl Input for CreatePace {}

impl Input for UpdatePace {}

impl Input for UploadPace {}

impl Input for PathToken {}

impl Input for Snapshot {}

impl Input for FileReader {
    fn describe(operation: &mut Operation) {
        EndUser::describe(operation);
    }
}

impl Input for Anyone {
    fn describe(operation: &mut Operation) {
        operation.access = Access::Anyone;
        operation.refuses(&[429, 500, 503]);
    }
}

impl Input for Sender {
    fn describe(operation: &mut Operation) {
        Anyone::describe(operation);
        operation.refuses(&[401]);
    }
}

impl Input for EndUser {
    fn describe(operation: &mut Operation) {
        operation.access = Access::EndUser;
        operation.refuses(&[401, 429]);
    }
}

impl Input for Subscriber {
    fn describe(operation: &mut Operation) {
        EndUser::describe(operation);
    }
}

impl Input for Staff {
    fn describe(operation: &mut Operation) {
        operation.access = Access::Staff;
        operation.refuses(&[401, 403, 429]);
    }
}

impl Input for Admin {
    fn describe(operation: &mut Operation) {
        Staff::describe(operation);
    }
}

impl Input for Party {
    fn describe(operation: &mut Operation) {
        EndUser::describe(operation);
    }
}

impl Input for SeenRequest {
    fn describe(operation: &mut Operation) {
        EndUser::describe(operation);
    }
}

impl Input for SeenTicket {
    fn describe(operation: &mut Operation) {
        Staff::describe(operation);
    }
}

impl Input for IdempotencyKey {
    fn describe(operation: &mut Operation) {
        operation.idempotent = true;
        operation.refuses(&[400]);
    }
}

impl<T: JsonSchema> Input for JsonBody<T> {
    fn describe(operation: &mut Operation) {
        operation.reads::<T>();
        operation.refuses(&[400, 422]);
    }
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(operation: &mut Operation) {
        operation.answers::<T>(200);
    }
}

impl<T: JsonSchema> Output for Saved<T> {
    fn describe(operation: &mut Operation) {
        operation.answers::<T>(200);
        operation.answers::<T>(201);
    }
}

impl Output for Nothing {
    fn describe(operation: &mut Operation) {
        operation.answers.insert(204, Content::Nothing);
    }
}

impl<T: JsonSchema, const STATUS: u16> Output for Answer<T, STATUS> {
    fn describe(operation: &mut Operation) {
        operation.answers::<T>(STATUS);
    }
}
