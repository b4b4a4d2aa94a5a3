// 패스키 — asks the browser for a passkey and puts the answer into the form; where there are none, the forms stay hidden.
"use strict";

{
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = window.PublicKeyCredential && navigator.credentials;

  const make = async (form) => {
    const publicKey = {
      challenge: bytes(form.dataset.challenge),
      rp: { id: form.dataset.host, name: form.dataset.host },
      user: { id: bytes(form.dataset.user), name: form.dataset.login, displayName: form.dataset.login },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      excludeCredentials: form.dataset.but.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
    };
    const made = await navigator.credentials.create({ publicKey });
    return { id: made.rawId, client: made.response.clientDataJSON, device: made.response.attestationObject, signature: new ArrayBuffer(0) };
  };

  const ask = async (form) => {
    const publicKey = {
      challenge: bytes(form.dataset.challenge),
      rpId: form.dataset.host,
      userVerification: "required",
    };
    const found = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature } = found.response;
    return { id: found.rawId, client: clientDataJSON, device: authenticatorData, signature };
  };

  for (const form of known ? document.querySelectorAll("[data-passkey]") : []) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const state = form.querySelector("[data-passkey-state]");
      state.textContent = "";
      try {
        const answer = await (form.dataset.passkey === "create" ? make(form) : ask(form));
        for (const [name, value] of Object.entries(answer)) form.elements[name].value = hex(value);
        form.submit();
      } catch {
        state.textContent = form.dataset.failed;
      }
    });
  }
  if (known) for (const note of document.querySelectorAll("[data-passkey-none]")) note.hidden = true;
}
