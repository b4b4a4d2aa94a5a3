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

// 글쇠 — never while something is typed or composed, never with another key held; off where the browser remembers so.
const OFF = "minwon-keys-off";
let off = false;
try { off = localStorage.getItem(OFF) !== null; } catch { /* no storage: on */ }
for (const box of document.querySelectorAll("[data-keys-switch]")) {
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
document.addEventListener("keydown", (event) => {
  if (off || typing(event) || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
  const after = Date.now() - went < 1500;
  went = 0;
  const pick = document.activeElement?.closest("tr")?.querySelector("[data-pick]");
  if (after && ways[key]) document.querySelector(`[data-way="${ways[key]}"]`)?.click();
  else if (event.key === "?") document.querySelector('[data-way="keys"]')?.click();
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
  else return;
  event.preventDefault();
});
