//! The directions of use inside the widget and the server, as docs/ARCHITECTURE.md draws them.
//! The compiler would let any module name any other.

use super::{
    Finding, Source,
    paths::{Mention, crates, module_of, modules},
};

/// What the modules of one folder must not name.
struct Rule {
    /// The crate's folder of sources.
    root: &'static str,
    module: &'static str,
    modules: &'static [&'static str],
    crates: &'static [&'static str],
}

const RULES: [Rule; 7] = [
    Rule { root: "src", module: "features", modules: &["host"], crates: &[] },
    Rule {
        root: "src",
        module: "ui",
        modules: &["host", "features", "client", "state", "i18n"],
        crates: &["api", "sla"],
    },
    Rule {
        root: "src",
        module: "client",
        modules: &["host", "features", "ui", "state", "i18n"],
        crates: &[],
    },
    Rule {
        root: "src",
        module: "state",
        modules: &["host", "features", "ui", "client", "i18n"],
        crates: &[],
    },
    Rule {
        root: "src",
        module: "i18n",
        modules: &["host", "features", "ui", "client", "state"],
        crates: &[],
    },
    Rule { root: "server/src", module: "domain", modules: &["routes", "router"], crates: &[] },
    Rule {
        root: "server/src",
        module: "store",
        modules: &["routes", "router", "domain"],
        crates: &[],
    },
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in &RULES {
        let folder = format!("{}/{}", rule.root, rule.module);
        for source in sources.iter().filter(|it| it.is_rust() && it.is_in(&folder)) {
            let found = modules(&source.text, &module_of(&source.path, rule.root));
            let found = found.into_iter().filter(|it| rule.modules.contains(&it.name.as_str()));
            for Mention { name, line } in found.chain(crates(&source.text, rule.crates)) {
                let text = format!(
                    "`{}` must not use `{name}`: the direction is the other one",
                    rule.module
                );
                findings.push(Finding::new(&source.path, line, text));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::tidy::source;

    fn check(path: &str, text: &str, expected: usize) {
        assert_eq!(super::check(&[source(path, text)]).len(), expected, "{path}: {text}");
    }

    #[test]
    fn primitives_use_nothing_of_ours() {
        check("src/ui/button.rs", "use crate::ui::field::Field;", 0);
        check("src/ui/button.rs", "use crate::i18n::Key;", 1);
        check("src/ui.rs", "use api::user::User;", 1);
    }

    #[test]
    fn nothing_uses_what_stands_above_it() {
        check("src/features/thread/mod.rs", "use crate::{host::Options, ui::Button};", 1);
        check("src/host/mount.rs", "use crate::features::Shell;", 0);
        check("src/state/draft.rs", "use crate::client::Client; use sla::Severity;", 1);
        check("server/src/store/requests.rs", "use super::super::domain::rights;", 1);
        check("server/src/domain/rights.rs", "use crate::store::Requests;", 0);
        check("server/src/routes/users/me.rs", "use crate::domain::users;", 0);
    }
}
