//! Scripts in which other people's clients check what our server answers.

use super::{people::ANA, server::Server};
use std::path::Path;
use tokio::process::Command;

/// One of `tests/clients`, which knows who Ana is. Where the server is, each client is told its way.
pub(crate) async fn script(program: &str, name: &str, server: &Server) -> Command {
    let mut script = Command::new(program);
    script
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name))
        .env("ANA", server.mint.identity_token(&ANA).await);
    script
}

/// Fails unless the script says that all it checked was so; `remedy` is for when it cannot run.
pub(crate) async fn run(mut script: Command, remedy: &str) {
    let output = script.output().await.expect(remedy);
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{remedy}; after these checks:\n{said}\n{wrong}");
    assert!(said.ends_with("all checks passed\n"), "{said}");
}
