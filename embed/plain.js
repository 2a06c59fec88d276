/*
 * The plain form: what a person gets when the Wasm cannot run.
 *
 * It is a file of its own, with style and texts of one language inside, so that it needs nothing of what may have failed.
 * It sends the very request that the widget would have sent, of the same draft and under the same key, so whatever the
 * widget had already done about it, one request comes of both. What was typed is never lost: it is kept where the widget
 * keeps its draft (`localStorage` of the host's origin, by person), goes along when sending fails, and can always be
 * written as a mail instead.
 *
 * `cargo xtask build` puts the style where `__STYLE__` stands, and the texts named `texts.…` where `__TEXTS__` stands.
 */
const style = __STYLE__;
const texts = __TEXTS__;

const SEVERITIES = [
  ["S0", "urgent", texts.severity_s0, texts.severity_s0_meaning],
  ["S1", "high", texts.severity_s1, texts.severity_s1_meaning],
  ["S2", "normal", texts.severity_s2, texts.severity_s2_meaning],
  ["S3", "low", texts.severity_s3, texts.severity_s3_meaning],
];
const FENCED = ["keydown", "keyup", "keypress", "paste", "cut", "copy"];

const el = (name, className, properties, ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  for (const [key, value] of Object.entries(properties || {}))
    key in element ? (element[key] = value) : element.setAttribute(key, value);
  element.append(...children);
  return element;
};
// A value in a text that runs from right to left is kept apart from it.
const fill = (text, name, value) => text.replace(`{${name}}`, () => (/[\u0590-\u08ff]/.test(text) ? `\u2068${value}\u2069` : value));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const addresses = (ccs) => ccs.split(/[\s,;]+/).filter(Boolean);
// Storage may be switched off, full, or hold what is not ours.
const attempt = (act) => {
  try {
    return act();
  } catch {}
};

// Some failure that has words: the server's own, or ours.
const failure = (words, offline) => Object.assign(Error(words), { words, offline });

export default ({ root, api, locale, mail, page, position, source, wish, typed, emit, onClosed }) => {
  let token, person; // Who is writing, once a token has said it.
  let kept = {}; // The draft as it is stored, with what of it is not ours to know.
  let checked, sending, touched, gone;
  const draft = { key: newKey(), severity: null, subject: "", description: "", cc: "" };

  // ---- Who is writing ----
  const fetchToken = async () => {
    let answer;
    if (typeof source == "function") answer = await source();
    else if (source) {
      const response = await fetch(source).catch(() => {
        throw failure(texts.error_offline, true);
      });
      const body = response.ok ? await response.text() : "";
      answer = attempt(() => JSON.parse(body).token) ?? body.trim();
    }
    if (!answer) throw failure(texts.error_signed_out);
    return answer;
  };
  const claims = (token) => {
    const bytes = atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0))));
  };
  const knowPerson = async () => {
    const asked = source;
    const fresh = await fetchToken();
    // Somebody else has come meanwhile.
    if (asked != source) return knowPerson();
    token = fresh;
    const id = attempt(() => claims(fresh).external_id);
    if (person && person != id) forget();
    if (person != id) {
      person = id;
      recall();
    }
  };

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
    checked = sending = touched = false;
    foot.replaceChildren();
    view.replaceChildren(form);
    show();
  };
  const forget = () => {
    token = person = null;
    begin();
  };

  // ---- The form ----
  const errors = {};
  const field = (name, id, label, hint, control) => {
    errors[name] = el("p", "hr-field__error", { id: id + "-error" });
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
    control.oninput = () => change(name, control.value);
    controls[name] = control;
    return el(
      "div",
      "hr-field",
      null,
      el("label", "hr-field__label", { htmlFor: id, textContent: label }),
      el("p", "hr-field__hint", { id: id + "-hint", textContent: hint }),
      control,
      errors[name],
    );
  };
  const controls = {};
  const radios = SEVERITIES.map(([name]) =>
    el("input", "hr-severity__radio", {
      type: "radio",
      name: "hr-severity",
      value: name,
      "aria-describedby": "hr-severity-error",
      onchange: () => change("severity", name),
    }),
  );
  errors.severity = el("p", "hr-field__error", { id: "hr-severity-error" });
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
        el("span", "hr-severity__title", null, el("span", `hr-chip hr-chip--${name}`, null, name), el("span", "", null, title)),
        el("span", "hr-severity__meaning", null, meaning),
      ),
    ),
  );
  const foot = el("div", "hr-form__foot");
  const button = el("button", "hr-button hr-button--main", { type: "submit" });
  const form = el(
    "form",
    "hr-form",
    {
      noValidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        send();
      },
    },
    el("p", "hr-field__hint", null, texts.plain_note),
    el("fieldset", "hr-severity", null, el("legend", "hr-field__label", null, texts.severity_legend), ...choices, errors.severity),
    field("subject", "hr-subject", texts.subject_label, "", el("input", "hr-field__control", { autocomplete: "off", maxLength: 150 })),
    field(
      "description",
      "hr-description",
      texts.description_label,
      texts.description_hint,
      el("textarea", "hr-field__control hr-field__control--text"),
    ),
    field("cc", "hr-ccs", texts.cc_label, texts.cc_hint, el("input", "hr-field__control", { autocomplete: "off", inputMode: "email" })),
    foot,
    button,
  );
  const change = (name, value) => {
    // What is on its way cannot be changed any more, and nothing typed may be lost.
    if (sending) return show();
    touched = true;
    draft[name] = value;
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
      errors[name].textContent = checked ? words : "";
      for (const control of name == "severity" ? radios : [controls[name]])
        control.toggleAttribute("aria-invalid", Boolean(checked && words));
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
    button.textContent = sending ? texts.sending : texts.send;
    sending ? button.setAttribute("aria-disabled", true) : button.removeAttribute("aria-disabled");
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
      throw failure(texts.error_offline, true);
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
    throw failure(texts.error_server, true);
  };
  const send = async () => {
    if (sending) return;
    checked = true;
    if (!check()) return form.querySelector("[aria-invalid]").focus();
    sending = true;
    foot.replaceChildren();
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
  const tell = ({ words, offline }) => {
    const body = encodeURIComponent(draft.description);
    const href = `mailto:${mail}?subject=${encodeURIComponent(`[${draft.severity}] ${draft.subject}`)}&body=${body}`;
    const ways = el("div", "hr-alert__ways", null, el("button", "hr-button hr-button--quiet", { type: "submit" }, texts.retry));
    if (mail.includes("@")) ways.append(el("a", "hr-link", { href }, fill(texts.mail_instead, "mail", mail)));
    foot.replaceChildren(
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
    view.scrollTop = view.scrollHeight;
  };
  const receipt = (id) => {
    const title = el("h3", "hr-receipt__title", { tabIndex: -1 }, fill(texts.receipt_title, "id", id));
    const another = el("button", "hr-button hr-button--quiet", { type: "button", onclick: again }, texts.receipt_another);
    view.replaceChildren(el("div", "hr-receipt", null, title, el("p", "hr-receipt__text", null, texts.receipt_safe), another));
    title.focus();
  };
  const again = () => {
    begin();
    controls.subject.focus();
  };

  // ---- The panel ----
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const view = el("div", "hr-view", null, form);
  const title = el("h2", "hr-panel__title", { tabIndex: -1 }, texts.nav_label);
  const direction = /^(ar|fa|he|ur)/.test(locale) ? "rtl" : "ltr";
  const frame = el("div", page ? "hr-page" : "hr-panel__frame", { lang: locale, dir: direction });
  let panel = frame;
  if (page) frame.append(el("h1", "hr-page__title", null, texts.nav_label), view);
  else {
    const close = el("button", "hr-icon-button", { type: "button", title: texts.close, ariaLabel: texts.close, onclick: () => shut() }, "✕");
    frame.append(el("header", "hr-panel__head", null, title, close), view);
    const sides = ["left", "top"].filter((side) => position.includes(side)).map((side) => " hr-panel--" + side);
    panel = el("dialog", "hr-panel" + sides.join(""), { ariaLabel: texts.nav_label }, frame);
    panel.oncancel = (event) => {
      event.preventDefault();
      shut();
    };
    panel.onkeydown = (event) => {
      if (event.key == "Escape" && !event.isComposing) {
        event.preventDefault();
        shut();
      }
    };
  }
  const shut = () => {
    if (!panel.open) return;
    panel.close();
    onClosed();
  };
  // What is typed here must not reach the host's shortcuts.
  for (const name of FENCED) panel.addEventListener(name, (event) => event.stopPropagation());
  root.append(panel);

  suggest(typed);
  suggest(wish);
  // Without a token there is no draft to be found, but the form is there all the same; sending asks again.
  knowPerson().catch(() => {});

  return {
    open(options) {
      suggest(options);
      if (page || panel.open) return;
      matchMedia("(max-width: 30rem)").matches ? panel.showModal() : panel.show();
      title.focus();
    },
    close: shut,
    tell(method, value) {
      if (method == "prefill") return suggest(value);
      source = value;
      token = null;
      if (method == "logout") {
        drop();
        forget();
      }
      knowPerson().catch(() => {});
    },
    destroy() {
      gone = true;
      panel.remove();
      root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other != sheet);
    },
  };
};
