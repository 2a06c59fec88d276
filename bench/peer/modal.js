// The form that the asynchronous widget fetches, under the name by which it asks for it.
import { feedbackModalIntegration } from "@sentry/feedback";

Object.assign((window.Sentry ||= {}), { feedbackModalIntegration });
