//! The event stream: what happens to the caller's requests, as it happens.

mod limits;
mod listener;
mod rights;
mod seam;
mod shape;
