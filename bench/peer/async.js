// The same with the form fetched when somebody wants it. Its own place for that is a network of servers; here it is the
// page's origin.
import { feedbackAsyncIntegration, init } from "@sentry/browser";

init({
  dsn: `${location.protocol}//key@${location.host}/1`,
  cdnBaseUrl: location.origin,
  integrations: [feedbackAsyncIntegration({ colorScheme: "system" })],
});
