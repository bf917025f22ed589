// Removes the service worker of earlier builds, and all that it kept: offline use is switched off
// in mkdocs.yml.
"use strict";
const CACHE = `strideguide:${new URL(self.registration.scope).pathname}`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      await Promise.all([CACHE, `${CACHE}#whole`].map((name) => caches.delete(name)));
      await self.registration.unregister();
    })(),
  ),
);
