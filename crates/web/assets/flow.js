// 글쇠와 함께 처리의 덧붙임 — choosing rows, going on by itself, single keys; every page works without this file.
"use strict";

const picks = Array.from(document.querySelectorAll("[data-pick]"));
let last = null;

// From the one chosen last to this one, all become as this one is.
const range = (to) => {
  const [a, b] = [picks.indexOf(last), picks.indexOf(to)].sort((x, y) => x - y);
  if (a >= 0) for (const pick of picks.slice(a, b + 1)) pick.checked = to.checked;
};
for (const pick of picks) {
  pick.addEventListener("click", (event) => {
    if (event.shiftKey) range(pick);
    last = pick;
  });
}
for (const all of document.querySelectorAll("[data-pick-all]")) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const on = !picks.every((pick) => pick.checked);
    for (const pick of picks) pick.checked = on;
  });
}

// What is left of a list goes on by itself; its page takes the place of the one before, and nothing else moves.
const carryOn = async () => {
  const form = document.querySelector("form[data-carry-on]");
  if (!form) return;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-bulk]");
    if (!next) return;
    document.querySelector("[data-bulk]").replaceWith(next);
    await carryOn();
  } catch {
    // The button stays.
  }
};
carryOn();

// 글쇠 — never while something is typed or composed, never with another key held; each official switches them off for themselves,
// and the browser remembers it under a number made from the name in the page's head.
const mine = document.querySelector(".desk-head .who")?.textContent ?? "";
const OFF = `minwon-keys-off-${Array.from(mine).reduce((n, c) => (n * 31 + c.codePointAt(0)) % 4294967296, 7)}`;
let off = false;
try { off = localStorage.getItem(OFF) !== null; } catch { /* no storage: on */ }
const switches = (within) => {
  for (const box of within.querySelectorAll("[data-keys-switch]")) {
    const [button, state] = box.children;
    const show = () => {
      button.textContent = off ? button.dataset.on : button.dataset.off;
      state.textContent = off ? state.dataset.off : state.dataset.on;
    };
    button.addEventListener("click", () => {
      off = !off;
      try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* for this page only */ }
      show();
    });
    box.hidden = false;
    show();
  }
};
switches(document);

const typing = (event) => event.isComposing || event.keyCode === 229
  || event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const ways = { h: "work", a: "approvals", s: "search", m: "handbook", p: "people" };
let went = 0;
const step = (by) => {
  const links = Array.from(document.querySelectorAll("[data-row]"));
  const here = document.activeElement?.closest("tr")?.querySelector("[data-row]");
  const at = links.indexOf(here);
  links[at < 0 ? 0 : at + by]?.focus();
};

// The help lies over the page, so that nobody loses their place; where it cannot, its own page opens.
const help = async () => {
  const link = document.querySelector('[data-way="keys"]');
  if (!link || document.querySelector("[data-keys-help]")) return;
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.createElement("dialog");
    dialog.className = "keys-help";
    dialog.setAttribute("aria-label", link.textContent);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "krds-btn medium tertiary";
    close.textContent = link.dataset.close;
    close.addEventListener("click", () => dialog.close());
    dialog.append(close, page.querySelector("[data-keys-help]"));
    dialog.addEventListener("close", () => dialog.remove());
    switches(dialog);
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  } catch {
    link.click();
  }
};

// The nth act of a petition takes the focus; Enter does it. Acts folded away have no number.
const act = (n) => {
  const all = Array.from(document.querySelectorAll(".acts a, .acts button"));
  return all.filter((one) => !one.closest("details:not([open])"))[n - 1];
};
document.addEventListener("keydown", (event) => {
  if (off || document.querySelector("dialog[open]") || typing(event) || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
  const after = Date.now() - went < 1500;
  went = 0;
  const pick = document.activeElement?.closest("tr")?.querySelector("[data-pick]");
  if (after && ways[key]) document.querySelector(`[data-way="${ways[key]}"]`)?.click();
  else if (event.key === "?") help();
  else if (event.key === "/") document.querySelector("#quick, #q")?.focus();
  else if (key === "g" && !event.shiftKey) went = Date.now();
  else if (key === "x" && pick) {
    pick.checked = !pick.checked;
    if (event.shiftKey) { pick.checked = true; range(pick); }
    last = pick;
  } else if (event.shiftKey) return;
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "a") document.getElementById("acts")?.focus();
  else if (key === "m") {
    const manual = document.querySelector("details[data-manual]");
    if (!manual) return;
    manual.open = true;
    manual.querySelector("summary").focus();
  } else if (/^[1-9]$/.test(event.key) && act(Number(event.key))) act(Number(event.key)).focus();
  else return;
  event.preventDefault();
});
