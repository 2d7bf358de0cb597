/* Pupitre — reçoit les notifications du navigateur et ouvre la page qu'elles annoncent. Ne garde aucune page. */
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(said.title || "Pupitre", {
      body: said.body || "",
      // Le même message reçu deux fois ne se montre qu'une fois.
      tag: said.tag || "pupitre",
      lang: "fr",
      data: { url: said.url || "/notifications/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // Jamais une autre adresse que les nôtres.
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((pages) => {
      const page = pages.find((each) => "navigate" in each);
      return page ? page.focus().then(() => page.navigate(url.href)) : self.clients.openWindow(url.href);
    }),
  );
});
