/**
 * The handle of Handrail, the support widget, which its tag puts into the page as `window.Handrail`.
 * It is described in docs/EMBEDDING.md, whose interface is this one.
 */
export interface Handrail {
  /** Opens the panel, loading the widget if need be. */
  open(options?: Prefill & {
    /** "organization" is for users whose organization shares its requests with them. */
    view?: "new" | "mine" | "ccd" | "organization";
    /** Opens this request. */
    request?: number;
  }): Promise<void>;
  close(): Promise<void>;
  /** From now on the user is whom this function proves. It replaces data-token-url. */
  identify(getToken: () => string | Promise<string>): Promise<void>;
  /** Forgets the user and all that was typed or fetched. With data-token-url, the next token tells who is there. */
  logout(): Promise<void>;
  prefill(fields: Prefill): Promise<void>;
  /** Calls the handler at each such event, until the returned function is called. */
  on<E extends keyof HandrailEvents>(event: E, handler: (detail: HandrailEvents[E]) => void): () => void;
  /** Removes the widget with all that belongs to it, this handle included. */
  destroy(): Promise<void>;
}

export interface Prefill {
  /** These three fill the form where it is still empty: what somebody wrote is never overwritten. */
  severity?: "S0" | "S1" | "S2" | "S3";
  subject?: string;
  description?: string;
  /** Values of fields that support has defined, by their numbers. The user does not see them. */
  customFields?: Record<number, string | number | boolean | string[] | null>;
  /** What the user may add to a request, beside page and browser. */
  context?: { version?: string };
}

export interface HandrailEvents {
  /** The widget is loaded. */
  ready: null;
  open: null;
  /** The panel, or the message that it could not be loaded, was closed. */
  close: null;
  "request:created": { id: number };
  "request:updated": { id: number };
  /** How many requests of the user's, or that they are copied on, have news that they have not seen. Told when that changes. */
  unread: { count: number };
  /** Support could not be shown: the cause, or null after a fault within the widget itself. */
  error: unknown;
}

/** A call that is made before the script is there, such as `["open", { view: "mine" }]`. */
export type HandrailCall =
  | { [M in Exclude<keyof Handrail, "on">]: [M, ...Parameters<Handrail[M]>] }[Exclude<keyof Handrail, "on">]
  | { [E in keyof HandrailEvents]: ["on", E, (detail: HandrailEvents[E]) => void] }[keyof HandrailEvents];

/** What the tag takes as `data-*` attributes; each is told in docs/EMBEDDING.md. */
export interface HandrailOptions {
  /** Where the script is: `https://support.example.com/handrail.js`. */
  src: string;
  /** Of a strict Content-Security-Policy. */
  nonce?: string;
  api?: string;
  label?: string;
  /** A selector of your own button, or `none`. */
  launcher?: string;
  locale?: string;
  mode?: "page";
  position?: "bottom-right" | "bottom-left" | "top-right" | "top-left";
  preload?: "hover" | "click" | "idle";
  theme?: "auto" | "light" | "dark";
  tokenUrl?: string;
}

/**
 * Puts the tag into the page, unless one stands there already, and returns the handle. It is rejected when the script
 * cannot be loaded. After `destroy()` it may be called again.
 */
export function load(options: HandrailOptions): Promise<Handrail>;

declare global {
  /** The handle. It is there as soon as the script has run. */
  const Handrail: Handrail;

  interface Window {
    /** The same; before the script has run, calls that it is going to make: `window.Handrail ??= [["open"]]`. */
    Handrail?: Handrail | HandrailCall[];
  }
}
