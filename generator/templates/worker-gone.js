// Removes the service worker of earlier builds, and all that it kept: offline use is switched off
// in mkdocs.yml.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      await caches.delete(`strideguide:${new URL(self.registration.scope).pathname}`);
      await self.registration.unregister();
    })(),
  ),
);
