// Passkeys: asks the portal what to ask the device, asks the device, and sends its answer with the form that stands here.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

const asked = async (url, token) => {
  const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
  if (!answer.ok) throw new Error("The portal did not answer.");
  return answer.json();
};

const made = async (options) => {
  const found = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
  return { attestationObject: text(found.response.attestationObject), ...common(found) };
};

const signed = async (options) => {
  const found = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
    ...common(found),
  };
};

const common = (found) => ({ clientDataJSON: text(found.response.clientDataJSON), id: found.id, rawId: text(found.rawId) });

const whole = ({ id, rawId, ...response }) => JSON.stringify({ id, rawId, type: "public-key", response });

for (const part of document.querySelectorAll("[data-passkey]")) {
  const button = part.querySelector("button");
  const wrong = part.querySelector("[role=alert]");
  const form = part.closest("form");
  const say = (words) => {
    wrong.textContent = words;
    wrong.hidden = false;
  };
  if (!window.PublicKeyCredential) {
    say("This browser knows no passkeys. A code works as well.");
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    wrong.hidden = true;
    button.disabled = true;
    try {
      const options = await asked(part.dataset.passkey, form.elements.csrf_token.value);
      form.elements[part.dataset.into].value = whole(await ("new" in part.dataset ? made : signed)(options));
      form.submit();
    } catch {
      say("That did not work: the device was not opened, or has no passkey for this page. Try again, or use another way.");
      button.disabled = false;
    }
  });
}
