//! Files on comments: how they get there, who may have them, and how their bytes are sent.

mod attaching;
mod download;
mod range;
mod rights;
mod show;
