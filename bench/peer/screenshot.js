// The other part that the asynchronous widget fetches.
import { feedbackScreenshotIntegration } from "@sentry/feedback";

Object.assign((window.Sentry ||= {}), { feedbackScreenshotIntegration });
