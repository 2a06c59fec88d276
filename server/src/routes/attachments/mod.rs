//! Files: their record for agents, their bytes for whoever may see the comment.

mod download;
mod range;
mod show;

pub use download::download_attachment;
pub use show::show_attachment;
