// 창구의 덧붙임 — the signature pad; every page works without this file.
"use strict";

// What is drawn becomes a file of the field the pad names, as if it had been chosen there.
for (const pad of document.querySelectorAll("[data-pad]")) {
  const canvas = pad.querySelector("canvas");
  const field = document.getElementById(pad.dataset.pad);
  const state = pad.querySelector("[data-pad-state]");
  const pen = canvas.getContext("2d");
  let last = null;
  let drawn = false;
  pad.hidden = false;
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 6;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    drawn = false;
    state.textContent = "";
  };
  const keep = () => new Promise((done) => canvas.toBlob((blob) => {
    const files = new DataTransfer();
    for (const file of field.files) if (file.name !== "signature.png") files.items.add(file);
    if (drawn) files.items.add(new File([blob], "signature.png", { type: "image/png" }));
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    state.textContent = drawn ? state.dataset.signed : "";
    done();
  }, "image/png"));
  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = spot(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = spot(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
    drawn = true;
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    if (last) keep();
    last = null;
  });
  pad.querySelector("[data-pad-clear]").addEventListener("click", () => { clear(); keep(); });
  clear();
}
