// Sentry's feedback widget as its documentation has it: everything in the host's own bundle.
import { feedbackSyncIntegration, init } from "@sentry/browser";

init({
  // The page's own origin takes what is sent, and nothing leaves the machine.
  dsn: `${location.protocol}//key@${location.host}/1`,
  integrations: [feedbackSyncIntegration({ colorScheme: "system" })],
});
