/* Signs of frustration, without texts, values or who it was: docs/how-to/see-frustration.md
   <script src="https://quartier.example/static/quartier-signals.js" data-write-key="..." defer></script> */
(() => {
  "use strict";
  const win = window, doc = document, root = doc.documentElement, script = doc.currentScript;
  const settings = script ? script.dataset : {}, KEY = "quartier-signals", IGNORE = "[data-quartier-ignore]";
  if (navigator.globalPrivacyControl || root.matches(IGNORE)) return;
  const WAIT = 1000, EVERY = 5000, MOST = 25; // ms for the page to answer, ms between reports, signals a report
  // What is clicked often by nature, what looks as if it did something, and requests of analytics.
  const REPEATS = /^[+\-−–×<>‹›«»←→▲▼]$|\b(next|prev|more|plus|minus|incr|decr|step|zoom|suivant|précédent|moins|play|pause|mute|undo|redo)/i;
  const PLAYS = "canvas,video,audio,input[type=number],input[type=range],[role=slider],[role=spinbutton],[role=application],[contenteditable],[data-quartier-repeats]";
  const ACTS = "a,button,summary,select,[role=button],[role=link],[role=tab],[role=menuitem],[onclick],input[type=submit],input[type=button]";
  const OWN = /\/v1\/(\w|batch|track|page|identify|group|alias)(\?|$)/;

  // One visit a tab. A tab that was copied while the first is open has no `left` mark: it is a visit of its own.
  const stored = () => { try { return JSON.parse(sessionStorage[KEY]); } catch { return null; /* a new visit, or no storage */ } };
  let visit = stored(), queue = [], watched = [], path, lastTouch, pressed = [];
  const loads = new Set(), on = (where, names, does) => names.split(" ").forEach((each) => where.addEventListener(each, does, true));
  if (!visit || !visit.left) visit = { id: crypto.getRandomValues(new Uint32Array(3)).join("-"), start: Date.now(), batch: 0 };
  const keep = (left) => { visit.left = left; try { sessionStorage[KEY] = JSON.stringify(visit); } catch { /* no storage */ } };
  const now = () => Math.max(0, Date.now() - visit.start);
  const here = () => location.href.replace(/#$/, ""); // a link to `#` leads nowhere
  const plain = (text) => String(text || "").replace(/[^\s/]*@[^\s/]*|\d{4,}/g, "*").slice(0, 99);
  const element = (node) => (node && node.nodeType === 3 ? node.parentElement : node);
  const ignored = (node) => !(node = element(node)) || !node.closest || !!node.closest(IGNORE);

  function put(kind, more) {
    const signal = { kind, at: now(), ...more };
    queue.push(signal);
    if (queue.length >= MOST) flush();
    return signal;
  }

  // A click is open until it is known whether the page answered; what came after it waits with it.
  function flush(left) {
    const open = left === true ? -1 : queue.findIndex((each) => each.open);
    const signals = queue.splice(0, open < 0 ? queue.length : open);
    if (!signals.length) return;
    signals.forEach((each) => { delete each.open; });
    const properties = { visit: visit.id, batch: visit.batch++, at: now(), signals };
    keep(left === true);
    if (settings.writeKey) post(properties);
    else if (win.analytics && win.analytics.track) win.analytics.track("Signals Reported", properties);
  }

  function post(properties) {
    const event = "Signals Reported", sentAt = new Date().toISOString(), messageId = visit.id + "." + properties.batch;
    let anonymousId = visit.id;
    try { anonymousId = JSON.parse(localStorage.ajs_anonymous_id) || anonymousId; } catch { /* known by the visit alone */ }
    const context = { userAgent: navigator.userAgent, locale: navigator.language, screen: { width: screen.width } };
    const body = { type: "track", event, messageId, anonymousId, properties, context, timestamp: sentAt, sentAt, writeKey: settings.writeKey };
    const headers = { "content-type": "text/plain" }; // no question beforehand: the page may be closing
    request.call(win, new URL("/v1/t", settings.host || script.src), { method: "POST", keepalive: true, headers, body: JSON.stringify(body) }).catch(() => {});
  }

  // Answers of the page: those that can be seen, and requests that are under way.
  const answered = (name, which) => which.forEach((each) => { each[name] ??= now() - each.at; });
  const changed = () => answered("changed", watched);
  new MutationObserver((all) => all.every((each) => ignored(each.target)) || answered("changed", [...watched, ...pressed]))
    .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  on(doc, "input change toggle focusin scroll play pause", changed);
  on(win, "blur", (event) => event.target === win && changed());

  const failed = (error) => put("error", { error: plain(error).slice(0, 40) });
  function asks(url) {
    if (OWN.test(url)) return () => {};
    const load = { at: now() };
    loads.add(load);
    answered("asked", watched);
    return (status) => { loads.delete(load); if (status >= 500) failed("HTTP " + status); };
  }
  const request = win.fetch, { open, send } = XMLHttpRequest.prototype;
  win.fetch = function (what) {
    const done = asks((what && what.url) || what), answer = request.apply(this, arguments);
    answer.then((got) => done(got.status), () => done());
    return answer;
  };
  XMLHttpRequest.prototype.open = function (_, url) { this.quartierUrl = url; return open.apply(this, arguments); };
  XMLHttpRequest.prototype.send = function () {
    const done = asks(this.quartierUrl);
    this.addEventListener("loadend", () => done(this.status));
    return send.apply(this, arguments);
  };
  function loading() {
    const starts = [...loads].map((each) => each.at);
    if (doc.readyState === "loading") starts.push(performance.timeOrigin - visit.start);
    return starts.length ? Math.max(1, Math.round(now() - Math.min(...starts))) : undefined;
  }

  // Where something is: tags and places, from the nearest id without a number that could be somebody's.
  function target(node) {
    const parts = [];
    for (; node && node !== doc.body && parts.length < 6; node = node.parentElement) {
      const id = node.id && plain(node.id), tag = node.tagName.toLowerCase();
      const alike = node.parentElement ? [...node.parentElement.children].filter((each) => each.tagName === node.tagName) : [];
      parts.unshift(tag + (id ? "#" + id : alike.length > 1 ? ":" + (alike.indexOf(node) + 1) : ""));
      if (id && id === node.id) break;
    }
    return parts.join(">");
  }

  on(doc, "pointerdown", () => { pressed = [{ at: now() }]; }); // some pages answer before the button is released
  on(doc, "pointerup", (event) => event.target.closest(":disabled") && clicked(event)); // these get no click
  on(doc, "click", clicked);
  function clicked(event) {
    const node = element(event.target), actor = node.closest(ACTS), label = actor || node, place = here();
    const [press = {}] = pressed;
    pressed = [];
    if (!event.isTrusted || ignored(node)) return;
    const link = node.closest("a[href]"), leads = link && link.href.split("#")[0] !== place.split("#")[0] && link.protocol !== "javascript:";
    const words = actor ? [actor.textContent.trim().slice(0, 40), actor.id, actor.className, actor.title, actor.ariaLabel] : [];
    const signal = put("click", {
      open: true, target: target(label), x: Math.round(event.pageX / 10) * 10, y: Math.round(event.pageY / 10) * 10,
      acts: !leads && !!(actor || getComputedStyle(node).cursor === "pointer"),
      repeats: !!node.closest(PLAYS) || words.some((each) => typeof each === "string" && REPEATS.test(each)),
      loading: loading(), changed: press.changed === undefined ? undefined : 0,
    });
    watched.push(signal);
    setTimeout(() => {
      watched = watched.filter((each) => each !== signal);
      if (here() !== place) signal.changed ??= WAIT;
      signal.selected = event.detail > 1 && !!String(getSelection());
      const button = node.closest("button,input[type=button]");
      if (button && button.type !== "reset" && signal.asked !== undefined) formed(button.form, null, "send");
      delete signal.open;
    }, WAIT);
  }

  // Forms: which one and which field, never what was written. A search is no form to be abandoned.
  function formed(form, field, step) {
    if (!form || ignored(field || form) || form.matches("[role=search],:has(input[type=search])")) return;
    const more = { form: target(form), field: field ? plain(field.name || field.id) : undefined, step };
    if (step === "send" || lastTouch !== more.form + more.field) put("form", more);
    lastTouch = more.form + more.field;
  }
  on(doc, "input", ({ target: field }) => formed(field.form, field, "touch"));
  on(doc, "change", ({ target: field }) => { lastTouch = ""; formed(field.form, field, "touch"); });
  on(doc, "submit", ({ target: form }) => { answered("asked", watched); formed(form, null, "send"); });
  on(win, "error", (event) => event.error && failed(event.error.name));
  on(win, "unhandledrejection", ({ reason }) => failed((reason && reason.name) || "Error"));

  function arrived(how) {
    if (location.pathname === path) return;
    path = location.pathname;
    put("page", { page: plain(path), how });
  }
  for (const name of ["pushState", "replaceState"]) {
    const move = history[name];
    history[name] = function () { move.apply(this, arguments); changed(); arrived("open"); };
  }
  on(win, "popstate", () => { if (location.pathname !== path) { changed(); arrived("back"); } });
  on(win, "pageshow", ({ persisted }) => { if (persisted) { visit = stored() || visit; keep(false); path = ""; arrived("back"); } });
  on(win, "pagehide", () => { changed(); put("leave"); flush(true); keep(true); });
  on(doc, "visibilitychange", () => doc.hidden && flush());
  setInterval(flush, EVERY);
  keep(false);
  const entry = performance.getEntriesByType("navigation")[0] || {};
  arrived({ reload: "reload", back_forward: "back" }[entry.type] || "open");
})();
