//! axe-core looks at every view in every state, in light, in dark and from right to left, and finds
//! no violation. A new view or state is one more entry of the table.

use crate::support::{
    agent::{Agent, Record},
    axe::Look,
    browser::Screen,
    line::Line,
    people::{ANA, BEN},
    person::Person,
    server::Server,
    stage::Stage,
};
use serde_json::json;

/// One test an entry: its name, what it is looked at on, and how one gets there.
macro_rules! views {
    ($($name:ident on $screen:ident: $go:expr;)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            looks_at(Screen::$screen, $go).await;
        }
    )+};
}

views! {
    the_launcher on Desk: async |at: &Scene| at.ana.finds("hr-corner > button").await;
    a_message_that_support_cannot_be_opened on Desk: async |at: &Scene| {
        at.line.lose_answers_to("/boot-");
        at.ana.click_launcher().await;
        at.ana.finds("hr-corner a").await;
    };
    a_plain_form on Desk: async |at: &Scene| {
        at.line.lose_answers_to("_bg.wasm");
        at.ana.click_launcher().await;
        at.ana.sees("This is the plain form").await;
    };
    a_form_before_the_wasm_is_there on Desk: async |at: &Scene| {
        at.line.hold_answers_to("_bg.wasm");
        at.ana.open_support().await;
        at.ana.press("Send request").await;
        at.ana.sees("Give your request a subject.").await;
    };
    a_way_to_a_list_before_the_wasm_is_there on Phone: async |at: &Scene| {
        at.line.hold_answers_to("_bg.wasm");
        at.ana.open_support().await;
        at.ana.go_to("My requests").await;
        at.ana.finds(".hr-skeleton").await;
    };

    a_form on Desk: async |at: &Scene| at.opens_the_form().await;
    a_form_on_a_phone on Phone: async |at: &Scene| at.opens_the_form().await;
    a_form_that_waits_for_the_rules on Desk: async |at: &Scene| {
        at.line.hold_answers_to("GET /api/handrail/v1/policy");
        at.ana.open_support().await;
        at.ana.finds("#hr-subject").await;
    };
    a_form_without_the_rules on Desk: async |at: &Scene| {
        at.line.lose_answers_to("GET /api/handrail/v1/policy");
        at.ana.open_support().await;
        at.ana.sees("The reply times could not be loaded.").await;
    };
    a_form_with_a_promise on Desk: async |at: &Scene| {
        at.fills_the_form().await;
        at.ana.finds(".hr-promise__due").await;
    };
    a_form_with_gaps on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.ana.press("Send request").await;
        at.ana.sees("Give your request a subject.").await;
    };
    a_form_with_gaps_on_a_phone on Phone: async |at: &Scene| {
        at.opens_the_form().await;
        at.ana.press("Send request").await;
        at.ana.sees("Give your request a subject.").await;
    };
    a_form_that_is_sending on Desk: async |at: &Scene| {
        at.fills_the_form().await;
        at.line.hold_answers_to("POST /api/v2/requests");
        at.ana.press("Send request").await;
        at.ana.sees("Sending…").await;
    };
    a_form_that_was_not_sent on Desk: async |at: &Scene| {
        at.fills_the_form().await;
        at.line.lose_answers_to("POST /api/v2/requests");
        at.ana.press("Send request").await;
        at.ana.sees("was not sent.").await;
    };
    a_receipt on Desk: async |at: &Scene| at.has_a_receipt().await;
    a_receipt_on_a_phone on Phone: async |at: &Scene| at.has_a_receipt().await;

    a_list_that_loads on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.line.hold_answers_to("GET /api/v2/requests?");
        at.ana.go_to("My requests").await;
        at.ana.finds(".hr-skeleton").await;
    };
    a_list_that_cannot_be_had on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.line.lose_answers_to("GET /api/v2/requests?");
        at.ana.go_to("My requests").await;
        at.ana.sees("We cannot reach support right now.").await;
    };
    an_empty_list on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.ana.go_to("My requests").await;
        at.ana.sees("You have no requests.").await;
    };
    an_empty_list_of_others on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.ana.go_to("CC’d on").await;
        at.ana.sees("No requests that you are copied on.").await;
    };
    a_list on Desk: async |at: &Scene| {
        at.opens_the_list().await;
    };
    a_list_on_a_phone on Phone: async |at: &Scene| {
        at.opens_the_list().await;
    };

    a_conversation on Desk: async |at: &Scene| at.opens_the_conversation().await;
    a_conversation_on_a_phone on Phone: async |at: &Scene| at.opens_the_conversation().await;
    a_conversation_that_loads on Desk: async |at: &Scene| {
        let id = at.opens_the_list().await;
        at.line.hold_answers_to("GET /api/v2/requests/");
        at.ana.press_row(id).await;
        at.ana.finds(".hr-skeleton").await;
    };
    a_conversation_that_does_not_exist on Desk: async |at: &Scene| {
        at.opens_the_form().await;
        at.ana.browser.script("return Handrail.open({ request: 1234567 })").await;
        at.ana.sees("This request does not exist").await;
    };
    a_reply_that_was_not_sent on Desk: async |at: &Scene| {
        at.opens_the_conversation().await;
        at.line.lose_answers_to("PUT /api/v2/requests");
        at.ana.reply("One more thing.").await;
        at.ana.sees("was not sent.").await;
    };

    the_portal on Desk: async |at: &Scene| {
        at.visits_the_portal().await;
        at.ana.sees("Reply within").await;
    };
    the_portal_with_a_list on Phone: async |at: &Scene| {
        at.visits_the_portal().await;
        at.ana.go_to("My requests").await;
        at.ana.finds(".hr-row__button").await;
    };
    the_portal_for_nobody on Desk: async |at: &Scene| {
        at.ana.visit(&at.stage.server.origin).await;
        at.ana.go_to("My requests").await;
        at.ana.sees("We could not confirm who you are.").await;
    };
}

/// What one can get to.
struct Scene {
    stage: Stage,
    line: Line,
    ana: Person,
    /// A server with a demo, whose portal knows who is there.
    demo: tokio::sync::OnceCell<Server>,
}

async fn looks_at(screen: Screen, go: impl AsyncFn(&Scene)) {
    let (stage, line) = Stage::set_over_a_line().await;
    let ana = Person::sit_down(screen).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    let scene = Scene { stage, line, ana, demo: tokio::sync::OnceCell::new() };
    go(&scene).await;
    for look in Look::ALL {
        scene.ana.browser.wear(look).await;
        scene.ana.browser.has_no_barrier(look).await;
    }
    scene.line.mend();
    // Failed calls and 404s are part of some scenes.
    scene.ana.leave_after(&["net::ERR_", "404 (Not Found)", "Handrail:"]).await;
}

impl Scene {
    async fn opens_the_form(&self) {
        self.ana.open_support().await;
        self.ana.sees("Reply within").await;
    }

    async fn fills_the_form(&self) {
        self.opens_the_form().await;
        self.ana.fill_in("S1", "Crawler stuck", "It does not move.").await;
        self.ana.copy_to(BEN.email).await;
    }

    async fn has_a_receipt(&self) {
        self.fills_the_form().await;
        self.ana.press("Send request").await;
        self.ana.receipt().await;
    }

    /// A list with a request that was answered and one that was not; the former's number.
    async fn opens_the_list(&self) -> i64 {
        let record = Record::of(&ANA, &self.stage.server).await;
        let id = record.create("Crawler stuck at 12 %", &[BEN.email]).await;
        record.create("A question about roles", &[]).await;
        let agent = Agent::hire(&self.stage.server).await;
        agent.reply(id, "We found the cause.", json!({ "priority": "urgent" })).await;
        self.opens_the_form().await;
        self.ana.go_to("My requests").await;
        self.ana.finds(".hr-row__button").await;
        id
    }

    async fn opens_the_conversation(&self) {
        let id = self.opens_the_list().await;
        self.ana.open_request(id).await;
        self.ana.conversation(2).await;
    }

    async fn visits_the_portal(&self) {
        let server = self.demo.get_or_init(|| Server::start(&["--demo"])).await;
        self.ana.visit(&server.origin).await;
    }
}
