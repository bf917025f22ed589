// The service worker, after the constants that worker.js.jinja puts before it: FILES, CORE,
// MEGABYTES and BUILD.

const PATIENCE = 4000;
const AT_ONCE = 6;
const ASKED = "asked-for-all";
const JOINED = /^assets\/joined\/[0-9a-f]{8}\.(?:css|js)$/;

const scope = new URL(self.registration.scope).pathname;
const CACHE = `strideguide:${scope}`;
const said = (version) => version.split(".")[0];
const keyOf = (path, version) => `${scope}${path}?kept=${version}`;

const mayBeKept = (answer) =>
  answer.ok &&
  !answer.redirected &&
  !/no-store|private/i.test(answer.headers.get("cache-control") || "");

function partsOf(request) {
  const url = new URL(request.url);
  return { path: url.pathname.slice(scope.length), version: url.searchParams.get("kept") || "" };
}

async function keep(cache, paths) {
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    await Promise.all(
      paths.slice(at, at + AT_ONCE).map(async (path) => {
        const key = keyOf(path, FILES[path]);
        if (await cache.match(key)) return;
        const answer = await fetch(scope + path, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${answer.status} ${path}`);
        if (mayBeKept(answer)) await cache.put(key, answer);
      }),
    );
  }
}

// What now says something else goes at once. Gives back the addresses, to be fetched again.
async function dropStale(cache) {
  const dropped = [];
  for (const request of await cache.keys()) {
    const { path, version } = partsOf(request);
    // A page of an earlier build may need a joined file until the rest is here.
    if (
      path === ASKED ||
      JOINED.test(path) ||
      (path in FILES && said(version) === said(FILES[path]))
    )
      continue;
    await cache.delete(request);
    if (path in FILES) dropped.push(path);
  }
  return dropped;
}

async function install() {
  const cache = await caches.open(CACHE);
  const dropped = await dropStale(cache);
  await keep(cache, CORE);
  await Promise.allSettled(dropped.map((path) => keep(cache, [path])));
  await self.skipWaiting();
}

const isAsked = (cache) => cache.match(keyOf(ASKED, ""));

async function dropWhere(cache, goes) {
  for (const request of await cache.keys()) {
    const { path, version } = partsOf(request);
    if (path !== ASKED && goes(path, version)) await cache.delete(request);
  }
}

// After an update: what no longer belongs here goes, and the rest comes if the reader asked for it.
async function tidy(visited) {
  const cache = await caches.open(CACHE);
  if (visited in FILES) await keep(cache, [visited]); // No worker was there yet when it was loaded.
  const tidied = keyOf("tidied", BUILD);
  if (await cache.match(tidied)) return;
  if (await isAsked(cache)) await keep(cache, Object.keys(FILES));
  await dropWhere(cache, (path, version) => version !== FILES[path]);
  await cache.put(tidied, new Response(""));
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  await keep(cache, Object.keys(FILES));
  await cache.put(keyOf(ASKED, ""), new Response(""));
}

async function forgetAll() {
  const cache = await caches.open(CACHE);
  await cache.delete(keyOf(ASKED, ""));
  await dropWhere(cache, (path) => path in FILES && !CORE.includes(path));
}

async function tellState(client) {
  client.postMessage({
    megabytes: MEGABYTES,
    isWhole: Boolean(await isAsked(await caches.open(CACHE))),
  });
}

// The copy of this build, or an older one that says the same.
async function keptCopy(cache, path) {
  return (
    (await cache.match(keyOf(path, FILES[path]))) ||
    cache.match(scope + path, { ignoreSearch: true })
  );
}

async function changed(copy, from, to) {
  const headers = new Headers();
  for (const name of ["content-type", "content-security-policy"]) {
    if (copy.headers.has(name)) headers.set(name, copy.headers.get(name));
  }
  return new Response((await copy.text()).replace(from, to), { headers });
}

// The page learns that it is a copy, and of when.
function marked(copy) {
  const time = new Date(copy.headers.get("date") || NaN);
  const text = Number.isNaN(time.getTime()) ? "" : time.toISOString();
  return changed(copy, "<html ", `<html data-saved="${text}" `);
}

// It is shown at any address, so its links start at the site's root.
async function offlinePage(cache) {
  const copy = await keptCopy(cache, "offline.html");
  return copy && changed(copy, "<head>", `<head><base href="${scope}">`);
}

async function networkFirst(event, path, isPage) {
  const cache = await caches.open(CACHE);
  const kept = await keptCopy(cache, path);
  // A browser's own store may call old what it likes: the server is asked.
  const network = fetch(event.request, { cache: "no-cache" }).then((answer) => {
    if (path in FILES && mayBeKept(answer))
      event.waitUntil(cache.put(keyOf(path, FILES[path]), answer.clone()));
    return answer;
  });
  if (!kept) {
    return network.catch(async (error) => {
      const instead = isPage && (await offlinePage(cache));
      if (!instead) throw error;
      return instead;
    });
  }
  const late = new Promise((done) => {
    setTimeout(done, PATIENCE);
  });
  const answer = await Promise.race([network.catch(() => null), late]);
  if (answer && answer.status < 500) return answer;
  return isPage ? marked(kept) : kept;
}

async function keptFirst(event, path) {
  const cache = await caches.open(CACHE);
  return (await keptCopy(cache, path)) || networkFirst(event, path, false);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const ASKS = { tidy, keepAll, forgetAll };

self.addEventListener("message", (event) => {
  const { data, source } = event;
  if (data.ask === "state") event.waitUntil(tellState(source));
  else if (data.ask in ASKS)
    event.waitUntil(
      ASKS[data.ask]((data.path || "").slice(scope.length))
        .catch(() => {})
        .then(() => tellState(source)),
    );
  else if (data.path) {
    const version = FILES[data.path.slice(scope.length)];
    if (version) source.postMessage({ version: said(version) });
  }
});

// What is not listed goes its own way, as if there were no worker: it may belong to somebody else.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(scope))
    return;
  const path = url.pathname.slice(scope.length).replace(/(^|\/)index\.html$/, "$1");
  if (JOINED.test(path)) event.respondWith(keptFirst(event, path));
  else if (path in FILES)
    event.respondWith(networkFirst(event, path, request.destination === "document"));
});
