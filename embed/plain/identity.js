/* Who is writing: the token that the host gives, and what it says. */
import { failure, attempt } from "./attempt.js";
import { texts } from "./texts.js";

export const fetchToken = async (source) => {
  let answer;
  if (typeof source == "function") answer = await source();
  else if (source) {
    const response = await fetch(source).catch(() => {
      throw failure(texts.error_offline);
    });
    const body = response.ok ? await response.text() : "";
    answer = attempt(() => JSON.parse(body).token) ?? body.trim();
  }
  if (!answer) throw failure(texts.error_signed_out);
  return answer;
};

/* The person whom a token names; nothing where it cannot be read. */
export const personOf = (token) =>
  attempt(() => {
    const bytes = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)))).external_id;
  });
