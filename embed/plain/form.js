/*
 * The plain form: what stands first, while the Wasm is on its way, and what stays when the Wasm cannot run.
 *
 * It is a file of its own, with style and texts of one language inside, so that it needs nothing of what may fail. While
 * the Wasm is on its way it draws what the widget will draw, and hands it over as it stands; what was typed until then
 * goes on as if nothing had happened. Left alone, it sends the very request that the widget would have sent, of the same
 * draft and under the same key, so whatever the widget had already done about it, one request comes of both. What was
 * typed is never lost: it is kept where the widget keeps its draft (`localStorage` of the host's origin, by person), goes
 * along when sending fails, and can always be written as a mail instead.
 *
 * `cargo xtask build` writes `texts.js`, and puts numbers for the names of texts.
 */
import { attempt, failure } from "./attempt.js";
import { el } from "./element.js";
import { fetchToken, personOf } from "./identity.js";
import { panelOf, skeleton } from "./panel.js";
import { standing } from "./standing.js";
import { texts } from "./texts.js";

export { style, texts } from "./texts.js";

const SEVERITIES = [
  ["S0", "urgent", texts.severity_s0, texts.severity_s0_meaning],
  ["S1", "high", texts.severity_s1, texts.severity_s1_meaning],
  ["S2", "normal", texts.severity_s2, texts.severity_s2_meaning],
  ["S3", "low", texts.severity_s3, texts.severity_s3_meaning],
];

// A value in a text that runs from right to left is kept apart from it.
const fill = (text, name, value) => text.replace(`{${name}}`, () => (/[\u0590-\u08ff]/.test(text) ? `\u2068${value}\u2069` : value));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const addresses = (ccs) => ccs.split(/[\s,;]+/).filter(Boolean);

export default ({ container, root, api, locale, mail, page, position, source, emit, onClosed }) => {
  let token, person; // Who is writing, once a token has said it.
  let kept = {}; // The draft as it is stored, with what of it is not ours to know.
  let alone; // Whether the Wasm cannot run; until then it may come at any moment.
  let checked, wanted, sending, touched, gone; // Whether Send was pressed, waits for the Wasm, is at work.
  const draft = { key: newKey(), severity: null, subject: "", description: "", cc: "" };

  // ---- Who is writing ----
  const knowPerson = async () => {
    const asked = source;
    const fresh = await fetchToken(asked);
    if (gone) return;
    // Somebody else has come meanwhile.
    if (asked != source) return knowPerson();
    token = fresh;
    const id = personOf(fresh);
    if (person && person != id) forget();
    if (person != id) {
      person = id;
      recall();
    }
  };

  // Without a token there is no draft to be found, but the form is there all the same; sending asks again.
  const know = () => void knowPerson().catch(() => {});

  // ---- The draft ----
  const place = () => "handrail:draft:" + person;
  const recall = () => {
    const found = attempt(() => JSON.parse(localStorage.getItem(place()))) || {};
    kept = found;
    if (found.key) draft.key = found.key;
    suggest(found);
    if (touched) keep();
  };
  const keep = () =>
    person &&
    attempt(() => localStorage.setItem(place(), JSON.stringify({ ...kept, ...draft, at: Math.floor(Date.now() / 1000) })));
  const drop = () => person && attempt(() => localStorage.removeItem(place()));
  // Fills what is empty: what a person typed is never overwritten.
  const suggest = (wish) => {
    for (const name of ["severity", "subject", "description", "cc"])
      if (!draft[name] && typeof wish?.[name] == "string") draft[name] = wish[name];
    show();
  };
  const begin = () => {
    Object.assign(draft, { key: newKey(), severity: null, subject: "", description: "", cc: "" });
    kept = {};
    checked = wanted = sending = touched = false;
    say();
    shown.content.replaceChildren(form);
    show();
  };
  const forget = () => {
    token = person = null;
    begin();
  };

  // ---- The form, as `src/features/new_request/form.rs` has it ----
  const errors = {};
  const controls = {};
  const wrong = (name, id) => (errors[name] = el("p", "hr-field__error", { id: id + "-error" }));
  const field = (name, id, label, hint, kind, properties) => {
    controls[name] = el(kind, "hr-field__control" + (kind == "textarea" ? " hr-field__control--text" : ""), {
      id,
      dir: "auto",
      autocomplete: "off",
      "aria-describedby": `${id}-hint ${id}-error`,
      oninput: ({ target }) => change(name, target.value),
      ...properties,
    });
    return el(
      "div",
      "hr-field",
      null,
      el("label", "hr-field__label", { htmlFor: id }, label),
      el("p", "hr-field__hint", { id: id + "-hint" }, hint),
      controls[name],
      wrong(name, id),
    );
  };
  const radios = SEVERITIES.map(([name]) =>
    el("input", "hr-severity__radio", {
      type: "radio",
      name: "hr-severity",
      value: name,
      "aria-describedby": "hr-severity-error",
      onchange: () => change("severity", name),
    }),
  );
  const choices = SEVERITIES.map(([name, , title, meaning], at) =>
    el(
      "label",
      "hr-severity__choice",
      null,
      radios[at],
      el(
        "span",
        "hr-severity__text",
        null,
        el("span", "hr-severity__title", null, el("span", "hr-chip hr-chip--" + name, null, name), el("span", "", null, title)),
        el("span", "hr-severity__meaning", null, meaning),
        el("span", "hr-severity__promise"),
      ),
    ),
  );
  const examples = el("details", "hr-details", null, el("summary", "", null, texts.severity_examples));
  const rest = el("div", "hr-form__rest", null, el("hr-place", "", null, skeleton()));
  const hints = el("div", "hr-hint-region", { role: "status" });
  const button = el("button", "hr-button hr-button--main", { type: "submit" });
  const foot = el("div", "hr-form__foot", null, hints, button);
  // What came of sending stands above the button.
  const say = (...words) => foot.replaceChildren(hints, ...words, button);
  const form = el(
    "form",
    "hr-form",
    {
      noValidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    el(
      "div",
      "hr-form",
      null,
      el(
        "fieldset",
        "hr-severity",
        null,
        el("legend", "hr-field__label", null, texts.severity_legend),
        el("p", "hr-field__hint"),
        ...choices,
        wrong("severity", "hr-severity"),
        examples,
      ),
      field("subject", "hr-subject", texts.subject_label, "", "input"),
      field("description", "hr-description", texts.description_label, texts.description_hint, "textarea"),
      rest,
    ),
    foot,
  );
  const change = (name, value) => {
    // What is on its way cannot be changed any more, and nothing typed may be lost.
    if (sending) return show();
    draft[name] = value;
    // It is kept from the first key on, however long the Wasm takes.
    if (!touched && !person) know();
    touched = true;
    keep();
    check();
  };
  // Nothing is called wrong before the first try to send.
  const check = () => {
    const wrong = addresses(draft.cc).find((address) => !/^[^@\s]+@[^@\s]+$/.test(address));
    const found = {
      severity: draft.severity ? "" : texts.severity_missing,
      subject: draft.subject.trim() ? "" : texts.subject_missing,
      description: draft.description.trim() ? "" : texts.description_missing,
      cc: wrong ? fill(texts.cc_invalid, "address", wrong) : "",
    };
    for (const [name, words] of Object.entries(found)) {
      if (!errors[name]) continue; // Only who is alone asks for CCs.
      errors[name].textContent = checked ? words : "";
      for (const control of name == "severity" ? radios : [controls[name]])
        checked && words ? control.setAttribute("aria-invalid", true) : control.removeAttribute("aria-invalid");
    }
    return Object.values(found).every((words) => !words);
  };
  const show = () => {
    for (const [name, control] of Object.entries(controls)) {
      // Setting the same text again would move the caret in some browsers.
      if (control.value != draft[name]) control.value = draft[name];
      control.readOnly = sending;
    }
    for (const radio of radios) radio.checked = radio.value == draft.severity;
    const busy = sending || wanted;
    button.textContent = busy ? texts.sending : texts.send;
    busy ? button.setAttribute("aria-disabled", true) : button.removeAttribute("aria-disabled");
    check();
  };

  // ---- Sending ----
  const call = async (method, path, key, request, again) => {
    if (again) {
      await knowPerson();
      if (draft.key != key.split("-")[0]) throw failure("");
    }
    const answer = await fetch(`${api}/api/v2/requests${path}`, {
      method,
      headers: { authorization: "Bearer " + token, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({ request }),
    }).catch(() => {
      throw failure(texts.error_offline);
    });
    const body = await answer.json().catch(() => 0);
    if (answer.ok && body.request) return body.request;
    const { status } = answer;
    if (status == 401 && !again) return call(method, path, key, request, true);
    if (status == 400 && body.error == "IdempotentRequestError") return { before: answer.headers.get("location") };
    if (status == 401) throw failure(texts.error_signed_out);
    if (status == 403) throw failure(texts.error_denied);
    if (status == 429) throw failure(texts.error_too_many);
    if (status < 500) throw failure(Object.values(body.details || {})[0]?.[0]?.description || texts.error_invalid);
    throw failure(texts.error_server);
  };
  const submit = () => {
    checked = true;
    if (!check()) return form.querySelector("[aria-invalid]").focus();
    if (alone) return send();
    // The Wasm may be here in a moment, and does more: it promises, and shows the request afterwards.
    wanted = true;
    show();
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    wanted = false;
    say();
    show();
    let key = draft.key;
    try {
      // It may find a draft of before, with the key under which that was sent.
      if (!token) await knowPerson();
      key = draft.key;
      // Or that somebody else is here by now, with an empty form.
      if (!check()) throw failure(texts.error_signed_out);
      const { severity, subject, description, cc } = draft;
      const ccs = addresses(cc);
      let { id, before } = await call("POST", "", key, {
        subject,
        comment: { body: description },
        priority: SEVERITIES.find(([name]) => name == severity)[1],
        ...(ccs.length && { email_ccs: ccs.map((user_email) => ({ user_email, action: "put" })) }),
      });
      if (before) {
        // An earlier try has arrived, and something was changed since: that goes along as a reply, under a key of its own.
        id = /(\d+)(\.json)?$/.exec(before)[1];
        const body = [`${texts.severity_label}: ${severity}`, `${texts.subject_label}: ${subject}`, ...ccs, description].join("\n");
        await call("PUT", "/" + id, key + "-changed", { comment: { body } });
      }
      // Another person has come meanwhile, or the widget has gone.
      if (gone || draft.key != key) return;
      drop();
      emit("request:created", { id: Number(id) });
      receipt(id);
    } catch (cause) {
      if (draft.key != key) return;
      tell(cause);
    }
    sending = false;
    show();
  };
  const tell = ({ words }) => {
    const body = encodeURIComponent(draft.description);
    const href = `mailto:${mail}?subject=${encodeURIComponent(`[${draft.severity}] ${draft.subject}`)}&body=${body}`;
    const ways = el("div", "hr-alert__ways", null, el("button", "hr-button hr-button--quiet", { type: "submit" }, texts.retry));
    if (mail.includes("@")) ways.append(el("a", "hr-link", { href }, fill(texts.mail_instead, "mail", mail)));
    say(
      el(
        "div",
        "hr-alert",
        { role: "alert" },
        el("strong", "", null, `${texts.send_failed} ${texts.kept}`),
        el("p", "", null, words || texts.error_server),
        ways,
      ),
    );
    // Not by `scrollIntoView`, which may scroll the page outside too.
    shown.view.scrollTop = shown.view.scrollHeight;
  };
  const receipt = (id) => {
    const title = el("h3", "hr-receipt__title", { tabIndex: -1 }, fill(texts.receipt_title, "id", id));
    const another = el("button", "hr-button hr-button--quiet", { type: "button", onclick: again }, texts.receipt_another);
    shown.content.replaceChildren(el("div", "hr-receipt", null, title, el("p", "hr-receipt__text", null, texts.receipt_safe), another));
    title.focus();
  };
  const again = () => {
    begin();
    controls.subject.focus();
  };

  // ---- The panel ----
  const shown = panelOf({ root, page, position, locale, onShut: onClosed }, form);
  container.append(shown.panel);
  show();

  return {
    open(options) {
      suggest(options);
      if (options.request) shown.go("request", "mine");
      else if (options.view) shown.go(options.view);
      shown.open();
    },
    close: shown.shut,
    suggest,
    tell(method, value) {
      if (method == "prefill") return suggest(value);
      source = value;
      token = null;
      if (method == "logout") {
        drop();
        forget();
      }
      if (alone) know();
    },
    /* The Wasm cannot run: from now on this form does all that can be done without it. */
    stayAlone() {
      alone = true;
      shown.nav.remove();
      shown.go("new");
      examples.remove();
      // Nobody promises here.
      for (const it of form.querySelectorAll(".hr-severity__promise")) it.remove();
      controls.subject.maxLength = 150;
      form.prepend(el("p", "hr-field__hint", null, texts.plain_note));
      rest.replaceWith(field("cc", "hr-ccs", texts.cc_label, texts.cc_hint, "input", { inputMode: "email" }));
      show();
      know();
      if (wanted) send();
    },
    /* The Wasm is there and goes on with what is written here, and with the elements in which it is, if they are shown. */
    handOver() {
      gone = true;
      shown.end();
      const written = { ...draft, touched };
      if (shown.isOpen()) return { written, view: shown.where(), submit: checked, standing: standing(shown.panel) };
      shown.panel.remove();
      return { written };
    },
    destroy() {
      gone = true;
      shown.end();
      shown.panel.remove();
    },
  };
};
