// 공무원 화면의 덧붙임 — arrow keys in lists; every page works without this file.
"use strict";

// On a petition's title in a list, the up and down arrows go to the row above and below.
for (const link of document.querySelectorAll("[data-row]")) {
  link.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = Array.from(document.querySelectorAll("[data-row]"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && links[links.indexOf(link) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}
