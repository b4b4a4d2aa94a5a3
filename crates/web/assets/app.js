// 덧붙임 — small comforts; every page works without this file.
"use strict";

// The error summary takes the focus, so that a screen reader begins with it.
document.querySelector("[data-focus]")?.focus();

// Characters left, beside long fields. Announced only near the end.
for (const area of document.querySelectorAll("[data-count]")) {
  const out = document.createElement("p");
  out.className = "hint left";
  area.after(out);
  const show = () => {
    const left = area.maxLength - area.value.length;
    out.textContent = area.dataset.count.replace("#", left.toLocaleString());
    out.setAttribute("aria-live", left < 50 ? "polite" : "off");
  };
  area.addEventListener("input", show);
  show();
}

// The names of chosen files, as a list.
for (const field of document.querySelectorAll("[data-file-list]")) {
  const list = document.createElement("ul");
  list.className = "file-list";
  list.setAttribute("aria-live", "polite");
  field.after(list);
  field.addEventListener("change", () => {
    list.replaceChildren(...Array.from(field.files, (file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} (${Math.ceil(file.size / 1024).toLocaleString()} KB)`;
      return item;
    }));
  });
}

// A question before leaving a half-filled form, and one sending per form.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
