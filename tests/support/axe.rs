//! axe-core in the page: what it holds against the widget, and the looks in which it is asked.

use super::{browser::Browser, driver::named};
use serde::Deserialize;
use serde_json::json;
use std::{fs, path::Path};

/// How a page can look to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Light,
    Dark,
    RightToLeft,
}

/// What axe found out.
#[derive(Debug, Deserialize)]
struct Verdict {
    /// How many rules had something to look at.
    passes: usize,
    violations: Vec<String>,
}

/// The widget's own tree in a host's page; on its own page all of it.
const RUN: &str = "const own = location.pathname === '/' ? document : [['handrail-widget']];
    const { passes, violations } = await axe.run(own === document ? own : { include: own });
    return {
        passes: passes.length,
        violations: violations.map(({ id, help, nodes }) => `${id}: ${help}\\n` + nodes
            .map(({ target, failureSummary }) => `${target.flat(9).join(' ')}\\n${failureSummary}`)
            .join('\\n')),
    }";

impl Look {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::RightToLeft];
}

impl Browser {
    /// Changes how the page looks, while it stands there. Motion is over at once, so that nobody
    /// looks at colours that are still fading in.
    pub(crate) async fn wear(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        let direction = if look == Look::RightToLeft { "rtl" } else { "ltr" };
        let turn = "const parts = all('.hr-panel, .hr-page, [dir=ltr], [dir=rtl]');
            for (const part of [document.documentElement, ...parts]) part.dir = arguments[0]";
        self.ask(turn, &[json!(direction)]).await.expect("the page can be turned");
    }

    /// Fails when axe-core holds anything against the widget as it stands there.
    pub(crate) async fn has_no_barrier(&self, look: Look) {
        self.script(&source()).await;
        let verdict = self.script(RUN).await;
        let Verdict { passes, violations } = serde_json::from_value(verdict).expect("a verdict");
        assert!(violations.is_empty(), "{look:?}:\n{}", violations.join("\n\n"));
        assert!(passes >= 5, "{look:?}: axe looked at too little, for {passes} rules");
    }
}

fn source() -> String {
    let modules = named("HANDRAIL_AXE").expect("`cargo xtask test` installs axe-core and names it");
    let file = Path::new(&modules).join("axe-core/axe.min.js");
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
