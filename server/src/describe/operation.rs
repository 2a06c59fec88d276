//! One call of the API, as its handler's types tell it.

use super::query::{Param, Piece};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::collections::{BTreeMap, BTreeSet};

/// Gives the schema of a type: a reference to it, with the type itself among the definitions.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What is known of one call.
pub struct Operation {
    /// The handler's name, e.g. `list_requests`.
    pub id: &'static str,
    /// A line for people.
    pub summary: &'static str,
    pub access: Access,
    pub params: Vec<Param>,
    /// Whether `Idempotency-Key` is heeded.
    pub idempotent: bool,
    pub body: Option<Body>,
    /// What comes back when all is well, by status.
    pub answers: BTreeMap<u16, Content>,
    /// Statuses of the refusals that can come back.
    pub refusals: BTreeSet<u16>,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Credentials are not looked at.
    Open,
    /// Anybody; credentials make a difference.
    Anyone,
    /// Anybody signed in.
    EndUser,
    /// Agents.
    Staff,
}

/// What a call carries.
#[derive(Clone, Copy)]
pub enum Body {
    Json(SchemaOf),
    /// Bytes of any type, as they are.
    Raw,
}

/// What an answer carries.
#[derive(Clone, Copy)]
pub enum Content {
    Json(SchemaOf),
    /// Bytes of a media type; `*/*` for any.
    Raw(&'static str),
    Nothing,
}

impl Operation {
    pub(super) fn new(id: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            summary,
            access: Access::Open,
            params: Vec::new(),
            idempotent: false,
            body: None,
            answers: BTreeMap::new(),
            refusals: BTreeSet::new(),
        }
    }

    /// The call reads a JSON body.
    pub fn reads<T: JsonSchema>(&mut self) {
        self.body = Some(Body::Json(SchemaGenerator::subschema_for::<T>));
    }

    /// The call answers JSON.
    pub fn answers<T: JsonSchema>(&mut self, status: u16) {
        self.answers.insert(status, Content::Json(SchemaGenerator::subschema_for::<T>));
    }

    /// The call can be refused with any of these statuses.
    pub fn refuses(&mut self, statuses: &[u16]) {
        self.refusals.extend(statuses);
    }

    /// The call understands parameters of the query.
    pub fn takes(&mut self, piece: &Piece) {
        self.params.extend_from_slice(piece.params);
        self.refuses(piece.refuses);
    }
}
