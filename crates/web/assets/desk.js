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

// 새 소식 — a page that lies open asks now and then whether anything happened, and says so where a screen reader hears it.
// It never touches what is being typed and never moves the focus; hidden pages rest.
for (const place of document.querySelectorAll("[data-pulse]")) {
  const every = 30_000;
  let wait = every;
  const ask = async () => {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(place.dataset.pulse, { headers: { "x-pulse": "1" }, redirect: "error" });
        if (!answer.ok) throw new Error(String(answer.status));
        const said = await answer.text();
        if (place.innerHTML.trim() !== said.trim()) place.innerHTML = said;
        wait = every;
      } catch {
        // Away or signed out: asked less and less often.
        wait = Math.min(wait * 2, 16 * every);
      }
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}
