//! `POST /api/v2/uploads` and what becomes of files that wait; contract.md 5.

mod anonymous;
mod create;
mod delete;
mod expiry;
mod half_way;
mod idempotency;
mod limits;
mod names;
mod pictures;
mod wire;
