/* Pupitre — « Me prévenir sur cet appareil » : demande l'accord du navigateur et donne son adresse au serveur.
   Sans script, ou si le navigateur ne sait pas faire, la page le dit et le courrier suffit. */
(() => {
  "use strict";

  const box = document.querySelector("[data-push]");
  if (!box || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  box.querySelector("[data-without]").hidden = true;
  button.hidden = false;

  const key = () => {
    const text = atob(box.dataset.key.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  };

  const give = async (subscription) => {
    const { endpoint, keys } = subscription.toJSON();
    const body = new URLSearchParams({
      endpoint, p256dh: keys.p256dh, auth: keys.auth,
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
    });
    const answer = await fetch(box.dataset.accept, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  };

  const accept = async () => {
    const registration = await navigator.serviceWorker.register(box.dataset.worker, { scope: "/" });
    await navigator.serviceWorker.ready;
    const known = await registration.pushManager.getSubscription();
    const subscription = known || await registration.pushManager.subscribe({
      userVisibleOnly: true, applicationServerKey: key(),
    });
    await give(subscription);
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await accept();
      window.location.reload();
    } catch {
      status.textContent = Notification.permission === "denied" ? box.dataset.refused : box.dataset.failed;
      button.disabled = false;
    }
  });

  // La session a changé depuis l'accord : le navigateur redonne son adresse, sans rien demander.
  if (Notification.permission === "granted" && box.dataset.known === "non") {
    navigator.serviceWorker.getRegistration("/")
      .then((registration) => registration && registration.pushManager.getSubscription())
      .then((subscription) => subscription && give(subscription).then(() => window.location.reload()))
      .catch(() => {});
  }
})();
