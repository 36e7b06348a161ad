// The page's own script: what is clicked in an answer opens beside it. No handler stands in
// the HTML itself, nothing is evaluated, and every request goes to this origin.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const narrow = () => matchMedia("(max-width: 900px)").matches;
  let cameFrom = null;

  // ---- talking to Gradio: fill its input, then press its button
  const fill = (box, value) => {
    const field = one(`${box} textarea, ${box} input`);
    if (!field) return;
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (button, wait = 60) => setTimeout(() => one(button)?.click(), wait);
  const ask = (question) => {
    show("chat");
    closeSheet();
    fill("#question", question);
    press("#send");
  };
  const openThread = (thread) => {
    show("chat");
    if (one("#feed .answer.going")) {
      one("#stop").click();
      return setTimeout(() => openThread(thread), 150);
    }
    fill("#wire-thread", thread);
    press("#wire-thread-go");
    address(thread);
    panel("behind", null);
    panel("sources", null);
    panel("draft", null);
  };

  // ---- rooms
  const show = (room) => {
    document.body.dataset.room = room;
    for (const each of document.querySelectorAll("[data-room]:not(body)")) {
      if (each.dataset.room === room) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    }
    if (room === "tracker") tracker();
    if (room === "drafts") fetched("/drafts").then((html) => html && (one("#drafts-list").innerHTML = html));
  };
  const tracker = async () => {
    const open = new Set([...document.querySelectorAll(".payer-log[open] summary strong")].map((e) => e.textContent));
    const html = await fetched("/tracker");
    const place = one("#tracker-room");
    if (!place) return;
    place.innerHTML = html;
    for (const each of place.querySelectorAll(".payer-log")) each.open = open.has(one("summary strong", each).textContent);
  };
  const settle = async (button) => {
    const card = button.closest("[data-entry]");
    const wish = button.dataset.entryDo;
    if (wish === "strike" && !button.dataset.sure) {
      button.dataset.sure = "1";
      button.textContent = "Strike it out: sure?";
      return;
    }
    const reply = await posted(`/tracker/entries/${card.dataset.entry}`, { do: wish }).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) ?? {};
    if (!reply?.ok) return tell(card, answer.problem ?? "It could not be kept.");
    if (card.closest("#tracker-room")) tracker();
    else card.outerHTML = answer.card;
  };
  const standing = async (card) => {
    card.dataset.seen = "1";
    const reply = await fetch(`/tracker/entries/${card.dataset.entry}`).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) ?? {};
    if (!answer.state || answer.state === "waiting") return;
    one(".actions", card)?.remove();
    const chip = one(".chip-ok", card);
    if (chip) chip.textContent = answer.state === "kept" ? "Kept in the log" : "Not kept";
    chip?.classList.remove("amber");
  };
  const address = (thread) => {
    history.replaceState(null, "", thread ? `/?c=${encodeURIComponent(thread)}` : "/");
  };

  // ---- the evidence panel
  const fetched = async (path) => {
    try {
      const reply = await fetch(path);
      if (reply.status === 401) return '<p class="quiet">The server was started anew. Open its new link.</p>';
      return reply.ok ? await reply.text() : '<p class="quiet">This is no longer there.</p>';
    } catch {
      return '<p class="quiet">The server has stopped. Start it again in the terminal.</p>';
    }
  };
  const said = {};
  const panel = (name, html) => {
    const place = one(`#panel-${name}`);
    if (!place) return;
    said[name] ??= place.innerHTML;
    place.innerHTML = html ?? said[name];
  };
  const tab = (name) => {
    const place = one("#evidence");
    if (!place) return;
    place.dataset.tab = name;
    for (const each of place.querySelectorAll("[data-tab]")) {
      each.setAttribute("aria-selected", String(each.dataset.tab === name));
      each.tabIndex = each.dataset.tab === name ? 0 : -1;
    }
  };
  const openSheet = () => { if (narrow()) document.body.dataset.sheet = "open"; };
  const closeSheet = () => {
    delete document.body.dataset.sheet;
    cameFrom?.focus?.({ preventScroll: true });
    cameFrom = null;
  };
  const lit = (selector) => {
    for (const each of document.querySelectorAll(".n.on, .cite.on")) each.classList.remove("on");
    if (selector) for (const each of document.querySelectorAll(selector)) each.classList.add("on");
  };
  const opened = (name) => {
    tab(name);
    openSheet();
    one("#evidence").scrollTop = 0;
    const card = one(`#panel-${name} [tabindex="-1"]`);
    card?.focus({ preventScroll: true });
    one(`#panel-${name} .quote.whole mark`)?.scrollIntoView({ block: "center" });
  };
  const trail = [];
  const figure = async (key, thread, back = false) => {
    const here = `/evidence/${thread}/figures/${key}`;
    if (!back && trail.at(-1)?.here !== here) trail.push({ here, key, thread });
    const html = await fetched(here);
    const more = trail.length > 1 ? '<div class="trail"><button type="button" class="quiet" data-back>Back to the figure before</button></div>' : "";
    panel("behind", more + html);
    lit(`[data-f="${CSS.escape(key)}"]`);
    opened("behind");
  };
  const citation = async (key, thread, wide) => {
    panel("sources", await fetched(`/evidence/${thread}/citations/${key}${wide ? "?wide=true" : ""}`));
    lit(`[data-c="${CSS.escape(key)}"]`);
    opened("sources");
  };
  const draft = async (key) => {
    panel("draft", await fetched(`/drafts/${key}`));
    opened("draft");
  };
  const behind = async (answer) => {
    const reply = await fetched(`/evidence/${answer.dataset.thread}/turns/${answer.dataset.turn}`);
    trail.length = 0;
    lit(null);
    try {
      const parts = JSON.parse(reply);
      panel("behind", parts.behind);
      panel("sources", parts.sources);
    } catch {
      panel("behind", reply);
    }
    if (answer.dataset.draft) {
      panel("draft", await fetched(`/drafts/${answer.dataset.draft}`));
      tab("draft");
    } else tab("behind");
  };

  // ---- files
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 2000);
  };
  const named = (reply, other) => /filename="?([^";]+)"?/.exec(reply.headers.get("content-disposition") ?? "")?.[1] ?? other;
  const download = async (path, from) => {
    const reply = await fetch(path);
    if (reply.ok) return save(await reply.blob(), named(reply, "table.csv"));
    const answer = await reply.json().catch(() => ({}));
    const place = from?.closest(".card, .made");
    if (place) tell(place, answer.problem ?? "It could not be written.");
  };
  const posted = (path, value) => fetch(path, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value),
  });
  const tell = (place, words) => { const line = one(".said-here", place); if (line) line.textContent = words; };
  const take = async (place, to, vouch = null) => {
    const reply = await posted(`/drafts/${place.dataset.draft}/files`, { to, vouch });
    if (reply.ok) {
      const name = named(reply, `draft.${to}`);
      save(await reply.blob(), name);
      tell(place, `Saved as ${name}.`);
      return;
    }
    const answer = await reply.json().catch(() => ({ problem: "It could not be written." }));
    if (reply.status === 409 && vouch === null) vouching(place, to, answer);
    else tell(place, answer.problem ?? "It could not be written.");
  };
  const vouching = (place, to, answer) => {
    const box = document.createElement("dialog");
    box.className = "vouch";
    const add = (tag, text, more = {}) => {
      const made = Object.assign(document.createElement(tag), { textContent: text, ...more });
      return box.appendChild(made);
    };
    add("h3", "This needs your word");
    add("p", answer.problem);
    if (answer.unsupported?.length) {
      const list = add("ul", "");
      for (const each of answer.unsupported) list.appendChild(Object.assign(document.createElement("li"), { textContent: each }));
    }
    add("p", "To download it as it stands, say why you answer for it. Your reason is kept with the draft.");
    const reason = add("input", "", { type: "text", maxLength: 500, ariaLabel: "Your reason" });
    const row = add("div", "", { className: "actions" });
    const go = row.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "go", textContent: "I vouch for it" }));
    const no = row.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "Leave it" }));
    go.addEventListener("click", () => {
      if (!reason.value.trim()) return reason.focus();
      box.close();
      take(place, to, reason.value.trim());
    });
    no.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    (one(".gradio-container") ?? document.body).appendChild(box);
    box.showModal();
    reason.focus();
  };
  const copyDraft = async (place) => {
    const subject = one("[name=subject]", place).value;
    const body = one("[name=body]", place).value;
    try {
      await navigator.clipboard.writeText(subject ? `${subject}\n\n${body}` : body);
      tell(place, "Copied.");
    } catch {
      tell(place, "The browser did not allow copying. Choose Edit and copy from there.");
    }
  };
  const keepDraft = async (place) => {
    const edit = {
      subject: one("[name=subject]", place).value,
      body: one("[name=body]", place).value,
      version: Number(place.dataset.version),
    };
    const reply = await posted(`/drafts/${place.dataset.draft}`, edit);
    const answer = await reply.json().catch(() => ({}));
    if (reply.ok) {
      panel("draft", answer.letter);
      const now = one("#panel-draft .draft");
      tell(now, "Saved and checked.");
      one("h3", now)?.focus();
    } else tell(place, answer.problem ?? "It could not be saved.");
  };
  // ---- a redline: its form at each level is kept while the page stands, with what was typed
  const levels = {};
  const relevel = async (form, level) => {
    const place = form.dataset.redline;
    if (form.dataset.level === level) return;
    levels[place] ??= {};
    levels[place][form.dataset.level] = form;
    let next = levels[place][level];
    if (!next) {
      form.setAttribute("aria-busy", "true");
      const reply = await fetch(`${place}?level=${level}`).catch(() => null);
      form.removeAttribute("aria-busy");
      if (!reply?.ok) {
        const answer = await reply?.json().catch(() => null);
        return tell(form, answer?.problem ?? "The changes at that level could not be worked out.");
      }
      const held = document.createElement("div");
      held.innerHTML = await reply.text();
      next = held.firstElementChild;
    }
    form.replaceWith(next);
    one(`[data-redline-level="${level}"]`, next)?.focus({ preventScroll: true });
  };
  const writeRedline = async (form) => {
    const language = {};
    const without = [];
    for (const each of form.querySelectorAll("[data-change]")) {
      const words = one("[name=new]", each);
      if (!one("[name=in]", each).checked) without.push(each.dataset.change);
      else if (words.value !== words.defaultValue) language[each.dataset.change] = words.value;
    }
    const made = one(".made", form);
    const fresh = (words) => {
      made.replaceChildren(Object.assign(document.createElement("p"), { className: "said-here", textContent: words }));
    };
    if (without.length === form.querySelectorAll("[data-change]").length) return fresh("Tick at least one change.");
    const button = one("[data-write-redline]", form);
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    fresh("Writing the Word file");
    const wish = {
      level: form.dataset.level, language, without,
      author: one("[name=author]", form).value, day: one("[name=day]", form).value,
    };
    const reply = await posted(form.dataset.redline, wish).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) ?? {};
    form.removeAttribute("aria-busy");
    if (reply?.ok) made.innerHTML = answer.made;
    else fresh(answer.problem ?? "It could not be written.");
    one("[data-download]", made)?.focus({ preventScroll: true });
    (one(".actions", made) ?? button).scrollIntoView({ block: "nearest" });
  };
  const attach = (files) => {
    const input = one("#composer-buttons input[type=file]");
    if (!input) return;
    if (!files) return input.click();
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // ---- inputs of a model: what is moved goes to the same tool, and its answer takes the place.
  // One request at a time; what is moved meanwhile follows, and nothing is exchanged under a drag.
  let underway = false;
  let queued = null;
  let unsent = { form: null, changes: {} };
  let pause = 0;
  let held = false;
  let released = null;
  const move = async (form, changes, name) => {
    if (underway) {
      queued = { changes: { ...queued?.changes, ...changes }, name };
      return;
    }
    underway = true;
    form.setAttribute("aria-busy", "true");
    const reply = await posted(form.dataset.inputs, { finding: form.dataset.finding, changes }).catch(() => null);
    const answer = (await reply?.json().catch(() => null)) ?? {};
    if (held) await new Promise((done) => { released = done; });
    underway = false;
    form.removeAttribute("aria-busy");
    // the feed may have been drawn anew meanwhile: the same answer stands there in a new form
    let next = form.isConnected ? form : drawnAnew(form);
    if (!reply?.ok) tell(next ?? form, answer.problem ?? "This value cannot be used.");
    else if (next) next = exchanged(next, answer.answer, name);
    const later = queued;
    queued = null;
    if (later && next?.isConnected) move(next, later.changes, later.name);
  };
  // A drawing of the feed that was under way may arrive after a move and show what stood before.
  const latest = new Map();
  const nameOf = (answer) => `${answer.dataset.thread}/${answer.dataset.turn}`;
  const newest = (answer) =>
    Math.max(0, ...[...answer.querySelectorAll("[data-inputs]")].map((each) => Number(each.dataset.finding.slice(1)) || 0));
  const asMoved = (answer) => {
    const html = latest.get(nameOf(answer));
    if (!html) return;
    const box = document.createElement("div");
    box.innerHTML = html;
    if (newest(box.firstElementChild) > newest(answer)) answer.replaceWith(box.firstElementChild);
  };
  const drawnAnew = ({ dataset: { inputs, finding } }) =>
    one(`#feed [data-inputs="${CSS.escape(inputs)}"][data-finding="${CSS.escape(finding)}"]`);
  const exchanged = (form, html, name) => {
    const old = form.closest(".answer");
    const order = [...old.querySelectorAll("[data-inputs]")].indexOf(form);
    const kind = document.activeElement?.type === "range" ? "range" : "number";
    const before = form.getBoundingClientRect().top;
    const box = document.createElement("div");
    box.innerHTML = html;
    const made = box.firstElementChild;
    old.replaceWith(made);
    latest.set(nameOf(made), html);
    const next = made.querySelectorAll("[data-inputs]")[order];
    if (!next) return null;
    if (unsent.form === form) unsent.form = next;
    const waiting = { ...queued?.changes, ...(unsent.form === next ? unsent.changes : {}) };
    for (const [each, value] of Object.entries(waiting)) {
      for (const field of next.querySelectorAll(`input[name="${CSS.escape(each)}"]`)) field.value = value;
    }
    for (let up = next.parentElement; up; up = up.parentElement) {
      if (up.scrollHeight > up.clientHeight && /auto|scroll/.test(getComputedStyle(up).overflowY)) {
        up.scrollTop += next.getBoundingClientRect().top - before;
        break;
      }
    }
    if (name) one(`input[type=${kind}][name="${CSS.escape(name)}"]`, next)?.focus({ preventScroll: true });
    tell(next, one("h2", made)?.textContent ?? "");
    if (!document.body.dataset.sheet) behind(made);
    return next;
  };
  const changing = (event, wait) => {
    if (!event.target.matches?.("[data-inputs] input[name]")) return;
    const { name, value, type } = event.target;
    for (const each of event.target.closest(".input-row").querySelectorAll("input")) {
      if (each !== event.target) each.value = value;
    }
    clearTimeout(pause);
    if (value === "" || (type === "range" && event.type === "input")) return;
    const form = event.target.closest("[data-inputs]");
    if (unsent.form !== form) unsent = { form, changes: {} };
    unsent.changes[name] = value;
    pause = setTimeout(() => {
      const { form: from, changes } = unsent;
      unsent = { form: null, changes: {} };
      if (from?.isConnected) move(from, changes, name);
    }, wait);
  };
  document.addEventListener("input", (event) => changing(event, 600));
  document.addEventListener("change", (event) => changing(event, 120));
  document.addEventListener("pointerdown", (event) => {
    if (event.target.matches?.("[data-inputs] input[type=range]")) held = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      held = false;
      setTimeout(() => { released?.(); released = null; }, 150);
    });
  }

  // ---- one listener for every click
  const actions = [
    ["[data-f]", (el) => figure(el.dataset.f, threadOf(el))],
    ["[data-c]", (el) => citation(el.dataset.c, threadOf(el), el.dataset.wide)],
    ["[data-open-draft]", (el) => draft(el.dataset.openDraft)],
    ["[data-ask]", (el) => ask(el.dataset.ask)],
    ["[data-more]", (el) => {
      const open = el.closest(".table-box").classList.toggle("all");
      el.setAttribute("aria-expanded", String(open));
      el.textContent = open ? "Fewer rows" : `All ${el.closest(".table-box").querySelectorAll("tbody tr:not(.below)").length} rows`;
    }],
    ["[data-download]", (el) => download(el.dataset.download, el)],
    ["[data-entry-do]", (el) => settle(el)],
    ["[data-export]", (el) => take(el.closest(".draft"), el.dataset.export)],
    ["[data-redline-level]", (el) => relevel(el.closest(".redline"), el.dataset.redlineLevel)],
    ["[data-write-redline]", (el) => writeRedline(el.closest(".redline"))],
    ["[data-first-inputs]", (el) => {
      const changes = {};
      for (const each of el.getAttributeNames()) if (each.startsWith("data-first-") && each !== "data-first-inputs") changes[each.slice(11)] = el.getAttribute(each);
      move(el.closest("[data-inputs]"), changes, "");
    }],
    ["[data-copy]", (el) => copyDraft(el.closest(".draft"))],
    ["[data-edit]", (el) => { el.closest(".draft").classList.add("editing"); one("[name=body]", el.closest(".draft")).focus(); }],
    ["[data-cancel-edit]", (el) => draft(el.closest(".draft").dataset.draft)],
    ["[data-save]", (el) => keepDraft(el.closest(".draft"))],
    ["[data-back]", () => { trail.pop(); const last = trail.at(-1); if (last) figure(last.key, last.thread, true); }],
    ["[data-attach]", () => attach(null)],
    ["[data-assign]", (el) => {
      const payer = el.dataset.payer ?? one("input", el.closest(".other")).value;
      fill("#wire-assign", JSON.stringify({ file: el.dataset.assign, payer }));
      press("#wire-assign-go");
    }],
    ["[data-use-mapping]", (el) => {
      const form = el.closest("[data-mapping]");
      const columns = {};
      for (const each of form.querySelectorAll("select[data-column]")) columns[each.dataset.column] = each.value;
      fill("#wire-mapping", JSON.stringify({ source: form.dataset.mapping, columns }));
      press("#wire-mapping-go");
    }],
    ["[data-settle]", async (el) => {
      const payer = el.dataset.payer ?? one("input", el.closest(".other")).value.trim();
      if (!payer) return one("input", el.closest(".other")).focus();
      const reply = await posted("/data/payers", { spelling: el.dataset.settle, payer });
      const answer = await reply.json().catch(() => ({}));
      const place = el.closest(".unsure");
      if (reply.ok) {
        place.outerHTML = answer.unsure;
        press("#wire-refresh-go");
      } else place.prepend(Object.assign(document.createElement("p"), { className: "problem", textContent: answer.problem ?? "It could not be kept." }));
    }],
    ["[data-dismiss]", (el) => { el.closest(".intake").remove(); posted("/data/closed", {}); }],
    ["[data-forget]", async (el) => {
      if (el.dataset.sure) {
        const reply = await posted(`/conversations/${el.dataset.forget}/forget`, {});
        if (reply.ok) openThread("");
      } else {
        el.dataset.sure = "1";
        el.textContent = "Sure?";
      }
    }],
    ["[data-thread-open]", (el) => openThread(el.dataset.threadOpen)],
    ["[data-leaving]", async () => { panel("behind", await fetched("/data/leaving")); opened("behind"); }],
    ["[data-close-sheet]", () => closeSheet()],
    ["button[data-tab]", (el) => tab(el.dataset.tab)],
    ["button[data-room]", (el) => show(el.dataset.room)],
  ];
  const threadOf = (el) => el.closest("[data-thread]")?.dataset.thread ?? "";
  const act = (event) => {
    for (const [selector, doIt] of actions) {
      const found = event.target.closest?.(selector);
      if (found) {
        if (!found.closest("#evidence")) cameFrom = found;
        event.preventDefault();
        doIt(found);
        return true;
      }
    }
    return false;
  };
  document.addEventListener("click", (event) => {
    if (!act(event) && document.body.dataset.sheet && !event.target.closest("#evidence, dialog")) closeSheet();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("span[role=button]")) act(event);
    if (event.key === "Escape" && !one("dialog[open]")) {
      if (one(".draft.editing")) one(".draft.editing [data-cancel-edit]").click();
      else if (document.body.dataset.sheet || cameFrom) closeSheet();
    }
    if (event.target.matches?.("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const all = [...document.querySelectorAll("#evidence [role=tab]")];
      const next = all[(all.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : all.length - 1)) % all.length];
      tab(next.dataset.tab);
      next.focus();
    }
  });

  // ---- files dropped anywhere
  const carriesFiles = (event) => event.dataTransfer?.types?.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    attach(event.dataTransfer.files);
  });

  // ---- what the server changes: a new question scrolls up, a new answer opens its evidence
  let lastAnswer = "";
  let messages = 0;
  const look = () => {
    for (const each of document.querySelectorAll("#feed [data-testid=user], #feed [data-testid=bot]")) {
      const name = each.dataset.testid === "user" ? "You" : "Answer";
      if (each.getAttribute("aria-label") !== name) each.setAttribute("aria-label", name);
    }
    const mine = document.querySelectorAll("#feed .me");
    if (mine.length !== messages) {
      messages = mine.length;
      mine[mine.length - 1]?.scrollIntoView({ block: "start" });
    }
    for (const each of document.querySelectorAll("#feed .entry-card[data-entry]:not([data-seen]):not(.done):not(.gone)")) standing(each);
    for (const each of document.querySelectorAll("#feed .answer[data-turn]:has([data-inputs])")) asMoved(each);
    const answers = document.querySelectorAll("#feed .answer[data-turn]");
    const last = answers[answers.length - 1];
    const key = last && !one("#feed .answer.going") ? `${last.dataset.thread}/${last.dataset.turn}` : "";
    if (key && key !== lastAnswer) {
      lastAnswer = key;
      mine[mine.length - 1]?.scrollIntoView({ block: "start" });
      address(last.dataset.thread);
      behind(last);
    }
    if (!answers.length) lastAnswer = "";
    const rooms = one(".rooms button[data-room]");
    if (rooms && !document.body.dataset.room) show("chat");
  };
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; look(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
})();
