// Small helpers over pages that work without them: the path panel, the review screen's lighting-up and keys.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // --- The path panel ------------------------------------------------------------------------------------------
  const panel = $("#panel");
  let opener = null;
  let bookChanged = false;

  async function openPanel(url, from) {
    opener = from || opener;
    panel.hidden = false;
    document.body.classList.add("panel-open");
    panel.setAttribute("aria-busy", "true");
    $("[data-full]", panel).href = url;
    try {
      await window.htmx.ajax("GET", url, { target: "#panel-body", source: panel });
    } catch {
      window.location.assign(url);
    }
    panel.setAttribute("aria-busy", "false");
    $("#panel-body").scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  function shutPanel() {
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("panel-open");
    $("#panel-body").replaceChildren();
    if (bookChanged) window.location.reload();
    opener?.focus({ preventScroll: true });
    opener = null;
  }

  const closePanel = () => (history.state?.panel ? history.back() : shutPanel());

  if (panel && window.htmx) {
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) return closePanel();
      const link = event.target.closest("a[data-path]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const state = { panel: link.href, depth: (history.state?.depth || 0) + 1 };
      // Inside the panel one step back closes it, however many figures were looked at.
      panel.hidden ? history.pushState(state, "", link.href) : history.replaceState(state, "", link.href);
      openPanel(link.href, panel.contains(link) ? null : link);
    });
    window.addEventListener("popstate", (event) =>
      event.state?.panel ? openPanel(event.state.panel) : shutPanel());
    panel.addEventListener("htmx:after:request", (event) => {
      const ctx = event.detail?.ctx;
      if (ctx?.request?.method === "POST" && ctx.response?.status < 400) bookChanged = true;
      $("#panel-body").scrollTop = 0;
    });
    panel.addEventListener("htmx:after:swap", () => $("[role=alert]", panel)?.scrollIntoView({ block: "center" }));
    // A page that was opened at a panel's address again (reload) is the figure's full page: drop the stale state.
    if (history.state?.panel) history.replaceState(null, "", location.href);
  }

  // --- The review screen ---------------------------------------------------------------------------------------
  const review = $("#review");
  const lines = () => $$(".line", review).filter((line) => line.offsetParent !== null);
  const lineOf = (id) => document.getElementById(`f-${id}`);
  const marksOf = (id) => $$(`.said[data-figures~="${CSS.escape(id)}"]`, review);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  function light(id, { scrollText = true, scrollList = true } = {}) {
    $$(".on", review).forEach((one) => one.classList.remove("on"));
    const line = lineOf(id);
    const marks = marksOf(id);
    const how = { block: "center", behavior: calm.matches ? "auto" : "smooth" };
    line?.classList.add("on");
    marks.forEach((mark) => mark.classList.add("on"));
    if (line && scrollList) line.scrollIntoView({ ...how, block: "nearest" });
    if (marks[0] && scrollText) marks[0].scrollIntoView(how);
    review.dataset.at = id;
  }

  function step(by) {
    const open = lines();
    const at = open.findIndex((line) => line.dataset.id === review.dataset.at);
    const next = open[Math.max(0, Math.min(open.length - 1, at + by))];
    if (next) light(next.dataset.id);
  }

  // After a decision on one figure, the next one that is not decided yet, in reading order.
  function toNext(line) {
    const all = lines();
    const at = all.indexOf(line);
    const open = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => ["review", "certain"].includes(one.dataset.state));
    if (open) light(open.dataset.id);
  }

  // Once the certain ones are in, the first figure that needs a person.
  function toUndecided() {
    const open = lines().find((line) => line.dataset.state === "review");
    if (open) light(open.dataset.id);
  }

  function press(what) {
    const button = $(`[data-do="${what}"]`, lineOf(review.dataset.at) || undefined);
    if (lineOf(review.dataset.at) && button) button.click();
  }

  // After a decision the server sends the changed lines; the marks in the text follow their lines.
  function follow() {
    for (const mark of $$(".said", review)) {
      const states = mark.dataset.figures.split(" ").map((id) => lineOf(id)?.dataset.state).filter(Boolean);
      const shown = ["review", "certain", "repeat", "accepted", "rejected"].find((state) => states.includes(state));
      if (shown) mark.className = `said ${shown}${mark.classList.contains("on") ? " on" : ""}`;
    }
  }

  const KEYS = { j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    Enter: () => press("accept"), e: () => press("edit"), x: () => press("reject") };

  if (review) {
    review.addEventListener("click", (event) => {
      const mark = event.target.closest(".said");
      if (mark) {
        event.preventDefault();
        const ids = mark.dataset.figures.split(" ");
        const id = ids[(ids.indexOf(review.dataset.at) + 1) % ids.length];
        if (review.classList.contains("only-text")) show("list");
        return light(id, { scrollText: false });
      }
      const line = event.target.closest(".line");
      if (!line) return;
      const own = event.target.closest("a, button, input, select, textarea, label, .edit");
      if (own && !own.matches("[data-light]")) return;
      event.preventDefault();
      light(line.dataset.id, { scrollList: false });
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, .panel")) return;
      const act = KEYS[event.key];
      if (!act || (event.key === "Enter" && event.target.closest("a:not([data-light]), button, summary"))) return;
      event.preventDefault();
      act();
    });
    let manyAccepted = false;
    document.addEventListener("htmx:after:swap", () => {
      follow();
      if (manyAccepted) {
        manyAccepted = false;
        return toUndecided();
      }
      const at = review.dataset.at;
      const line = at && lineOf(at);
      if (!line) return;
      line.classList.add("on");
      marksOf(at).forEach((mark) => mark.classList.add("on"));
      const edit = $(".edit", line);
      if (edit) {
        $("select, input:not([type=hidden])", edit)?.focus({ preventScroll: true });
        line.scrollIntoView({ block: "nearest" });
      }
      if (["accepted", "rejected"].includes(line.dataset.state) && line.dataset.was === "open") {
        line.dataset.was = "";
        toNext(line);
      }
    });
    // The figure whose button is pressed is the one that is lit.
    document.addEventListener("submit", (event) => {
      const line = event.submitter?.closest(".line");
      manyAccepted = event.submitter?.name === "accept_certain";
      if (line) light(line.dataset.id, { scrollText: false, scrollList: false });
    }, true);
    const show = (what) => {
      review.classList.toggle("only-text", what === "text");
      review.classList.toggle("only-list", what === "list");
      $$(".flip a").forEach((tab) => tab.toggleAttribute("aria-current", tab.dataset.show === what));
    };
    $$(".flip a").forEach((tab) => tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset.show);
    }));
    const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const first = named?.dataset.id || named?.dataset.figures?.split(" ")[0] || $(".line.review, .line.certain", review)?.dataset.id;
    if (first && lineOf(first)) light(first, { scrollText: location.hash !== "", scrollList: location.hash !== "" });
  }

  // A whole page where a part was asked for: a problem is told where the person looks, anything else is shown whole.
  document.addEventListener("htmx:after:request", (event) => {
    const ctx = event.detail?.ctx;
    if (!/^\s*<!doctype/i.test(ctx?.text || "")) return;
    const told = new DOMParser().parseFromString(ctx.text, "text/html").querySelector("[data-problem]");
    if (!told) {
      event.preventDefault();
      return window.location.assign(ctx.response?.raw?.url || location.href);
    }
    if (panel.contains(ctx.target)) {
      ctx.text = told.outerHTML;
    } else {
      event.preventDefault();
      $("#said")?.replaceChildren(...told.children);
    }
  });

  // --- Copying a table -----------------------------------------------------------------------------------------
  // Word gets a plain table with lines: no links, no rings; a line of a cell stands on a line of its own.
  function plainCell(cell) {
    const copy = cell.cloneNode(true);
    $$(".ring, [aria-hidden]", copy).forEach((one) => one.remove());
    $$(".more, .change", copy).forEach((one) => one.prepend("\n"));
    return copy.textContent.replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
  }

  function plainTable(table) {
    const safe = (text) => new Option(text).innerHTML.replaceAll("\n", "<br>");
    const rows = [...table.rows].map((row) => [...row.cells].map((cell) => ({ cell, text: plainCell(cell) })));
    const html = rows.map((row) => `<tr>${row.map(({ cell, text }) => {
      const tag = cell.tagName.toLowerCase();
      const side = cell.classList.contains("num") ? "right" : "left";
      return `<${tag} colspan="${cell.colSpan}" align="${side}">${safe(text)}</${tag}>`;
    }).join("")}</tr>`).join("");
    const title = table.caption?.textContent.trim() || "";
    const { above, below } = linesAround(table);
    const lines = (texts) => texts.map((text) => `<p>${safe(text)}</p>`).join("");
    return {
      html: `<p><b>${safe(title)}</b></p>${lines(above)}<table border="1" cellspacing="0" cellpadding="4">${html}</table>${lines(below)}`,
      text: [
        title,
        ...above,
        ...rows.map((row) => row.map(({ text }) => text.replaceAll("\n", " ")).join("\t")),
        ...below,
      ].join("\n"),
    };
  }

  // What goes with a table wherever it is pasted: which of its rows these are, its notes, what it rests on.
  function linesAround(table) {
    const lines = { above: [], below: [] };
    for (const one of $$("[data-copied]", table.closest("main"))) {
      const isAbove = table.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
      lines[isAbove ? "above" : "below"].push(plainLine(one));
    }
    return lines;
  }

  function plainLine(line) {
    const copy = line.cloneNode(true);
    $$(".side", copy).forEach((one) => one.prepend(" · "));
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  for (const button of $$("[data-copy]")) {
    if (!window.ClipboardItem || !navigator.clipboard?.write) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { html, text } = plainTable($("[data-table]"));
      const as = (type, content) => new Blob([content], { type });
      await navigator.clipboard.write([new ClipboardItem({ "text/html": as("text/html", html), "text/plain": as("text/plain", text) })]);
      button.textContent = button.dataset.copy;
    });
  }

  // --- Everywhere ----------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = $("details.menu[open]");
      if (menu) menu.open = false;
      else if (panel && !panel.hidden) closePanel();
    }
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      $("#find")?.focus();
    }
  });
  // What is left empty is told beside it, in the language of the page.
  document.addEventListener("invalid", (event) => {
    const input = event.target;
    event.preventDefault();
    if (input === $(":invalid:not(fieldset)", input.form)) input.focus();
    if (input.getAttribute("aria-invalid") === "true") return;
    const told = document.createElement("p");
    told.className = "error";
    told.id = `${input.id || input.name}_empty`;
    told.textContent = input.validity.valueMissing ? document.body.dataset.empty : input.validationMessage;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", told.id);
    (input.closest("label") || input).after(told);
    input.addEventListener("input", () => {
      told.remove();
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }, { once: true });
  }, true);
  // Work that takes more than a moment says so.
  document.addEventListener("submit", (event) => {
    const waiting = $("[data-waiting]", event.target);
    if (waiting) waiting.hidden = false;
  });
})();
