// Signing in and out, what to say when a request fails, and the keys of the pages where people write.
(function () {
  "use strict";

  const none = () => window.dash_clientside.no_update;

  async function ask(method, body) {
    try {
      const answer = await fetch("/session", {
        method,
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body || {}),
      });
      const said = await answer.json().catch(() => ({}));
      return answer.ok ? "" : said.error || "The server refused (" + answer.status + ").";
    } catch {
      return "The server cannot be reached.";
    }
  }

  // Only to addresses of this very site: "//elsewhere" and "https:" would lead away.
  function next() {
    const wanted = new URLSearchParams(window.location.search).get("next") || "/";
    return /^\/(?![/\\])/.test(wanted) ? wanted : "/";
  }

  async function signed_in(body) {
    const refused = await ask("POST", body);
    if (!refused) {
      window.location.assign(next());
    }
    return refused;
  }

  // What stands in a field, which the page's own record of it may lag behind while somebody types.
  const typed = (id) => (document.getElementById(id) || { value: "" }).value;

  function sign_in() {
    const name = typed("sign-in-name");
    const password = typed("sign-in-password");
    if (!name || !password) {
      return "Fill in both the name and the password.";
    }
    return signed_in({ name, password });
  }

  function follow_link(clicks) {
    return clicks ? signed_in({ link: new URLSearchParams(window.location.search).get("link") || "" }) : none();
  }

  async function sign_out(clicks) {
    if (clicks) {
      const refused = await ask("DELETE");
      if (!refused) {
        window.location.assign("/");
      }
    }
    return none();
  }

  // A callback that the server refuses, or never receives, must not look as if it had been done.
  function connection_said(text, signs_in) {
    const place = document.getElementById("connection-said");
    if (!place) {
      return;
    }
    place.textContent = text;
    if (signs_in) {
      const link = document.createElement("a");
      link.href = "/sign-in?next=" + encodeURIComponent(window.location.pathname + window.location.search);
      link.textContent = "Sign in again";
      place.append(" ", link);
    }
  }

  const KEPT = " What you typed is kept in this browser.";
  let waiting_for = 0; // callbacks on their way
  let answered_at = 0;
  const plain_fetch = window.fetch;
  window.fetch = async function (...asked) {
    const url = String(asked[0] && asked[0].url ? asked[0].url : asked[0]);
    if (!url.includes("_dash-update-component")) {
      return plain_fetch.apply(this, asked);
    }
    waiting_for += 1;
    try {
      const answer = await plain_fetch.apply(this, asked);
      if (answer.status === 401) {
        connection_said("You are signed out; nothing was written." + KEPT, true);
      } else if (answer.status === 403) {
        connection_said("Your role does not allow this; nothing was written.");
      } else if (answer.status === 413) {
        connection_said("This is more than the server takes at once; nothing was written." + KEPT);
      } else if (answer.status >= 500) {
        connection_said("The server could not answer; try again." + KEPT);
      } else {
        connection_said("");
      }
      return answer;
    } catch (failed) {
      connection_said("The server cannot be reached; nothing was written." + KEPT);
      throw failed;
    } finally {
      waiting_for -= 1;
      answered_at = performance.now();
    }
  };

  // A force or place that the ledger does not know can be added from where it was typed.
  function offer_name(force_error, place_error, force, place) {
    const unknown = (said) => /this ledger knows/.test(said || "");
    const [kind, name] = unknown(place_error) ? ["place", place] : unknown(force_error) ? ["force", force] : ["", ""];
    return kind ? ["Add \u201c" + name + "\u201d as a new " + kind, "plain-button offer"] : ["", "absent"];
  }

  // A field in a box that is just being opened takes the focus only once it has been drawn.
  function focus_when_there(id, tries) {
    const field = document.getElementById(id);
    field.focus();
    if (document.activeElement !== field && tries > 0) {
      window.setTimeout(() => focus_when_there(id, tries - 1), 50);
    }
  }

  function open_name(clicks, offered) {
    const form = window.dash_clientside.callback_context.triggered_id.replace(/-name-offer$/, "");
    const found = /\u201c(.*)\u201d as a new (\w+)$/.exec(offered || "");
    if (clicks && found) {
      put(form + "-name-printed", found[1]);
      put(form + "-name-what", found[2] === "place" ? "place:base" : "force:group");
      focus_when_there(form + "-name-what", 40);
    }
    return true;
  }

  // The entry page keeps what is being typed in this browser, until it is saved.
  const CLAIM = ["force", "place", "measure", "figure", "as_of", "attributed_to", "quote"];
  const FIELDS = [...CLAIM, "publisher", "published_on", "url", "title"].concat(
    ["unit", "component", "basis", "missing_reason", "note"],
  );
  const DRAFT = "trooptally-draft";
  let restored = false;

  // Fields that a person has been in since the page last filled them.
  const touched = new Set();
  ["input", "focusin"].forEach((kind) =>
    document.addEventListener(kind, (event) => event.target.id && touched.add(event.target.id), true),
  );

  function put(id, value) {
    touched.delete(id);
    window.dash_clientside.set_props(id, { value });
  }

  // Fields reach the page's record after a pause in typing. Whoever presses a button before that means what they see,
  // so the record is brought up to date first; a choice from a list is there at once and is left alone.
  const CHOSEN = ["measure", "component", "basis", "missing_reason"];
  const WRITES = {
    "enter-save": "enter", "enter-next": "enter", "article-read": "article", "article-fetch": "article",
    "article-accept": "article",
    "article-hold": "article", "correct-save": "correct", "review-save": "review",
  };
  const BESIDE = {
    "article-read": ["article-pasted"], "rows-save": ["rows-reason"],
    "correct-save": ["correct-reason"], "correct-retract": ["correct-reason"], "correct-rank": ["correct-reason"],
    "correct-grade-claim": ["correct-reason"], "correct-grade-source": ["correct-reason"],
    "review-save": ["review-reason"], "review-accept": ["review-reason"], "review-reject": ["review-reason"],
    "review-bulk": ["review-reason"], "review-merge": ["review-reason"],
    "enter-history-undo": ["enter-history-reason"],
  };

  function take_in_what_is_typed(button) {
    const form = WRITES[button];
    const fields = form ? FIELDS.filter((name) => !CHOSEN.includes(name)).map((name) => form + "-" + name) : [];
    const named = button.match(/^(\w+)-name-add$/);
    const beside = named ? ["printed", "known", "url", "why"].map((name) => named[1] + "-name-" + name) : BESIDE[button];
    [...fields, ...(beside || [])].forEach((id) => {
      const field = document.getElementById(id);
      if (field && touched.has(id)) {
        put(id, field.value);
      }
    });
  }

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest && event.target.closest("button[id]");
      if (button) {
        take_in_what_is_typed(button.id);
      }
    },
    true,
  );
  // Leaving a list of choices takes what the typed letters mean: the marked word if it has them, else the first that does.
  // Decided by the letters themselves, for the list may not have been drawn yet when somebody types fast.
  document.addEventListener(
    "focusout",
    (event) => {
      const id = event.target.id || "";
      const letters = String(event.target.value || "").trim().toLowerCase();
      if (!letters || !CHOSEN.includes(id.replace(/^[a-z]+-/, ""))) {
        return;
      }
      const { data, value } = window.dash_component_api.getLayout(id).props;
      const marked = document.getElementById(event.target.getAttribute("aria-activedescendant"));
      const fits = data.filter((one) => one.label.toLowerCase().includes(letters));
      const meant =
        fits.find((one) => one.label.toLowerCase() === letters) ||
        fits.find((one) => marked && one.label === marked.textContent.trim()) ||
        fits[0];
      if (meant && meant.value !== value) {
        put(id, meant.value);
      }
    },
    true,
  );
  const empty = (name) => (CHOSEN.includes(name) ? null : "");

  // While a saved form is emptied field by field (but for these), what still stands in it is no draft.
  let clearing = null;

  function keep(line, ...values) {
    if (!restored) {
      return none();
    }
    const draft = { line: line || "" };
    FIELDS.forEach((name, i) => (draft[name] = values[i] || ""));
    if (clearing && Object.keys(draft).some((name) => draft[name] && !clearing.includes(name))) {
      return none();
    }
    clearing = null;
    return remember(draft);
  }

  function remember(draft) {
    try {
      if (Object.values(draft).some(Boolean)) {
        window.localStorage.setItem(DRAFT, JSON.stringify(draft));
      } else {
        window.localStorage.removeItem(DRAFT);
      }
    } catch {
      // A browser that keeps nothing still lets one type.
    }
    return none();
  }

  function kept_draft() {
    try {
      return JSON.parse(window.localStorage.getItem(DRAFT) || "{}");
    } catch {
      return {};
    }
  }

  // Every key counts: the page's record, which comes after a pause, may come too late.
  document.addEventListener("input", (event) => {
    const name = String(event.target.id).replace(/^enter-/, "");
    if (restored && event.target.id === "enter-" + name && ["line", ...FIELDS].includes(name) && !CHOSEN.includes(name)) {
      clearing = null;
      remember({ ...kept_draft(), [name]: event.target.value });
    }
  });

  function restore() {
    const draft = kept_draft();
    // After the page has drawn itself; the fields win over what the line would fill in again.
    window.setTimeout(() => {
      const values = {};
      FIELDS.forEach((name) => (values[name] = draft[name] || ""));
      if (Object.values(values).some(Boolean) || draft.line) {
        window.dash_clientside.set_props("enter-from-line", { data: {} });
        FIELDS.filter((name) => values[name]).forEach((name) => put("enter-" + name, values[name]));
        put("enter-line", draft.line || "");
      }
      restored = true;
      const line = document.getElementById("enter-line");
      if (line && document.activeElement === document.body) {
        line.focus();
      }
    }, 0);
    return none();
  }

  function clear(saved) {
    if (!saved) {
      return none();
    }
    const kept = saved.keeps || [];
    // At once: a page that is closed right after the confirmation must not offer again what has been saved.
    clearing = kept;
    remember(Object.fromEntries(kept.map((name) => [name, typed("enter-" + name)])));
    window.dash_clientside.set_props("enter-from-line", { data: {} });
    put("enter-line", "");
    FIELDS.filter((name) => !kept.includes(name)).forEach((name) => put("enter-" + name, empty(name)));
    const line = document.getElementById("enter-line");
    if (line) {
      line.focus();
    }
    return none();
  }

  // Enter in the line goes on to the first field that is wrong or missing, else to Save; not before all is understood.
  let going_on = 0;

  function to_what_is_missing() {
    const form = document.getElementById("enter-form");
    const wrong = form && form.querySelector('[aria-invalid="true"]');
    const lacking = ["force", "place", "measure", "figure"]
      .map((name) => document.getElementById("enter-" + name))
      .find((field) => field && !field.value);
    const target = wrong || (form.querySelector(".understood").textContent ? null : lacking);
    (target || document.getElementById("enter-save")).focus();
  }

  const SOON = 150; // milliseconds in which one answer can lead to the next question
  const PATIENCE = 20_000;

  function go_on() {
    const begun = performance.now();
    put("enter-line", typed("enter-line"));
    window.clearInterval(going_on);
    going_on = window.setInterval(() => {
      const now = performance.now();
      const calm = waiting_for === 0 && now - Math.max(begun, answered_at) > SOON;
      if (calm || now - begun > PATIENCE) {
        window.clearInterval(going_on);
        to_what_is_missing();
      }
    }, 30);
    return none();
  }

  // An article: the text with its proposals marked, and the one that is looked at in the form beside it.
  const element = (type, props) => ({ type, namespace: "dash_html_components", props });

  function pieces(text, state) {
    const shown = state.marks.map((mark, i) => ({ ...mark, i })).sort((a, b) => a.start - b.start || b.end - a.end);
    const left = state.left_out.map((span) => ({ ...span, i: -1 }));
    const all = [...shown, ...left].sort((a, b) => a.start - b.start);
    const cuts = [...new Set([0, text.length, ...all.flatMap((one) => [one.start, one.end])])].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((from, n) => {
      const words = text.slice(from, cuts[n + 1]);
      const over = all.filter((one) => one.start <= from && one.end >= cuts[n + 1]);
      // Of overlapping spans the one that is looked at shows, else the shortest.
      const top = over.find((one) => one.i === state.at) || over.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
      if (!top) {
        return element("Span", { children: words });
      }
      if (top.i < 0) {
        return element("Span", { children: words, className: "left-out", title: top.why });
      }
      const here = top.i === state.at;
      return element("Mark", {
        children: words,
        className: "mark-" + top.state + (here ? " here" : "") + (over.length > 1 ? " over" : ""),
        "data-mark": String(top.i),
        title: top.state + (top.remarks && top.remarks.length ? ": " + top.remarks.join("; ") : ""),
      });
    });
  }

  // A file is read here and its bytes sent as they are; the server tells a PDF from a page by what it holds.
  const LARGEST_FILE = 5_500_000; // bytes; sent as text it takes a third more

  function choose_file(clicks) {
    if (!clicks) {
      return none();
    }
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = ".html,.htm,.pdf,.docx,.txt,.md,text/plain,text/html,application/pdf";
    chooser.id = "article-chooser";
    chooser.className = "absent";
    chooser.addEventListener("change", () => {
      const file = chooser.files[0];
      chooser.remove();
      if (file && file.size > LARGEST_FILE) {
        document.getElementById("article-found").textContent =
          file.name + " is larger than 5.5 MB; 'trooptally import' reads it.";
      } else if (file) {
        const reader = new FileReader();
        reader.addEventListener("load", () => {
          const content = String(reader.result).replace(/^[^,]*,/, "");
          window.dash_clientside.set_props("article-file", { data: { name: file.name, content, at: Date.now() } });
        });
        reader.readAsDataURL(file);
      }
    });
    document.body.append(chooser);
    chooser.click();
    return none();
  }

  // What was fetched or taken out of a file is read at once.
  function read_taken(taken) {
    if (taken && taken.characters) {
      ["pasted", "url", "title", "publisher", "published_on"].forEach((name) => touched.delete("article-" + name));
      window.setTimeout(() => document.getElementById("article-read").click(), 50);
    }
    return none();
  }

  let looked_at = null;

  function draw_article(state, text) {
    if (!state || !text) {
      return ["", "", "absent"];
    }
    const mark = state.marks[state.at];
    const key = JSON.stringify([state.at, state.marks.length, mark && mark.quote]);
    if (mark && key !== looked_at) {
      looked_at = key;
      CLAIM.concat(["unit", "component", "basis", "missing_reason", "note"]).forEach((name) =>
        put("article-" + name, name === "quote" ? mark.quote : mark.answers[name] || empty(name)),
      );
    }
    window.setTimeout(() => {
      const here = document.querySelector("#article-shown mark.here");
      if (here) {
        here.scrollIntoView({ block: "nearest" });
      }
    }, 50);
    const waiting = state.marks.filter((one) => ["proposed", "added"].includes(one.state)).length;
    const where = !mark
      ? "No proposals"
      : state.at + 1 + " of " + state.marks.length + ", " + mark.state + "; " + waiting + " waiting";
    const remarks = mark && mark.remarks && mark.remarks.length ? mark.remarks.join("; ") : "";
    const told = [element("Strong", { children: where }), element("P", { children: remarks, className: "note" })];
    return [pieces(text, state), told, "beside"];
  }

  // Offsets count code points on the server and UTF-16 units here, so text beyond the basic plane is counted anew.
  const characters = (text) => Array.from(text).length;

  function selection() {
    const place = document.getElementById("article-shown");
    const chosen = window.getSelection();
    if (!place || !chosen.rangeCount || chosen.isCollapsed) {
      return null;
    }
    const range = chosen.getRangeAt(0);
    if (!place.contains(range.startContainer) || !place.contains(range.endContainer)) {
      return null;
    }
    const before = document.createRange();
    before.selectNodeContents(place);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const lead = words.length - words.trimStart().length;
    const start = before.toString().length + lead;
    return { start, end: start + words.trim().length, quote: words.trim() };
  }

  function step_article(_next, _previous, _edit, _add, state) {
    const pressed = window.dash_clientside.callback_context.triggered_id;
    if (!state) {
      return none();
    }
    const many = state.marks.length;
    if (pressed === "article-edit") {
      const field = document.getElementById("article-figure");
      field.focus();
      field.select();
      return none();
    }
    if (pressed === "article-add") {
      const chosen = selection();
      if (!chosen) {
        return none();
      }
      const near = state.marks[state.at];
      const answers = { ...(near ? near.answers : {}), figure: chosen.quote, measure: near ? near.answers.measure : "present" };
      const marks = [...state.marks, { ...chosen, answers, remarks: [], state: "added", claim_id: "" }];
      focus_when_there("article-figure", 40);
      return { ...state, marks, at: marks.length - 1 };
    }
    if (!many) {
      return none();
    }
    const step = pressed === "article-next" ? 1 : -1;
    return { ...state, at: (state.at + step + many) % many };
  }

  // Single keys press the buttons that show them; never while somebody types, never with a modifier.
  const TYPED_IN = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]";

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const adds = document.activeElement && document.activeElement.closest(".new-name");
      if (adds) {
        event.preventDefault();
        adds.querySelector("button[id$=name-add]").click();
        return;
      }
      const form = document.activeElement && document.activeElement.closest(".claim-form, .card");
      const save = [...document.querySelectorAll("#enter-save, #article-accept, #correct-save, #review-save")];
      const target = save.find((button) => button.offsetParent !== null && !button.disabled);
      if (form && target) {
        event.preventDefault();
        document.activeElement.blur();
        target.click();
      }
      return;
    }
    if (event.key === "Escape" && document.activeElement && document.activeElement.closest(".panel .claim-form")) {
      document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED_IN)) {
      return;
    }
    const shown = [...document.querySelectorAll("[data-key]")];
    const button = shown.find((one) => one.dataset.key === event.key && one.offsetParent !== null && !one.disabled);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("#article-shown mark[data-mark]");
    if (mark && window.getSelection().isCollapsed) {
      window.dash_clientside.set_props("article-goto", { data: Number(mark.dataset.mark) });
    }
  });

  const goto_mark = (wanted, state) =>
    state && wanted !== null && wanted !== undefined ? { ...state, at: wanted } : none();

  // The review queue: a list in which the draft that is looked at is marked.
  let drawn = null;

  function draw_queue(queue, at) {
    const waiting = queue || [];
    const looked = waiting[at || 0] && waiting[at || 0].claim_id;
    if (looked !== drawn) {
      // The form is about to hold another draft: nothing typed for the one before may stay in it.
      drawn = looked;
      FIELDS.forEach((name) => touched.delete("review-" + name));
    }
    const shown = waiting.map((one, i) => {
      const here = i === (at || 0);
      const inner = [
        element("Strong", { children: one.printed || "no figure" }),
        element("Span", { children: one.force + " in " + one.place + ", " + one.measure.replace("_", " ") }),
        element("Small", { children: one.source + ", " + one.when }),
        one.doubt ? element("Small", { children: "doubt: " + one.doubt, className: "doubt" }) : "",
      ];
      const props = { children: inner, className: "queue-entry" + (here ? " here" : ""), "data-queue": String(i) };
      if (here) {
        props["aria-current"] = "true";
      }
      return element("Li", { children: element("Button", props) });
    });
    window.setTimeout(() => {
      const here = document.querySelector(".queue-entry.here");
      if (here) {
        here.scrollIntoView({ block: "nearest" });
      }
    }, 30);
    return [shown, waiting.length ? "review-desk" : "review-desk empty"];
  }

  function step_queue(_next, _previous, wanted, at, queue) {
    const many = (queue || []).length;
    if (!many) {
      return none();
    }
    const pressed = window.dash_clientside.callback_context.triggered_id;
    if (pressed === "review-goto") {
      return Math.max(0, Math.min(wanted, many - 1));
    }
    return ((at || 0) + (pressed === "review-next" ? 1 : -1) + many) % many;
  }

  function open_edit() {
    const pressed = window.dash_clientside.callback_context.triggered_id;
    if (pressed !== "review-edit") {
      return false;
    }
    focus_when_there("review-figure", 40);
    return true;
  }

  document.addEventListener("click", (event) => {
    const entry = event.target.closest && event.target.closest("[data-queue]");
    if (entry) {
      window.dash_clientside.set_props("review-goto", { data: Number(entry.dataset.queue) });
    }
  });

  // The history: a button of each change says which one is to be taken back; what that is stands above, to be confirmed.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest && event.target.closest("button[data-change]");
    if (chosen) {
      window.dash_clientside.set_props("enter-history-chosen", { data: Number(chosen.dataset.change) });
      focus_when_there("enter-history-reason", 40);
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.entering = {
    sign_in, follow_link, sign_out, offer_name, open_name,
    keep, restore, clear, go_on,
    draw_article, step_article, goto_mark, choose_file, read_taken,
    draw_queue, step_queue, open_edit,
  };
})();
