// The service worker, after the constants that worker.js.jinja puts before it: FILES, CORE,
// ROOM and MEGABYTES.

const PATIENCE = 4000;
const AT_ONCE = 6;
const NAMED_BY_CONTENT = /^assets\/(?:joined|stylesheets)\//;

const scope = new URL(self.registration.scope).pathname;
const CACHE = `strideguide:${scope}`;
const WHOLE = `${CACHE}#whole`; // It is there where the reader asked for the whole site.
const versionOf = (path) => FILES.get(path)?.[0];
const said = (version) => version?.split(".")[0];
const keyOf = (path) => `${scope}${path}?kept=${versionOf(path)}`;

// As FILES names it. Browsers leave some characters as they are that links may escape.
function pathOf(pathname) {
  if (!pathname.startsWith(scope)) return null;
  const path = pathname.slice(scope.length).replace(/(^|\/)index\.html$/, "$1");
  return path.replace(/[^\w.~/%-]/g, (sign) =>
    encodeURIComponent(sign).replace(
      /[!'()*]/,
      (left) => `%${left.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );
}

async function held(cache) {
  return (await cache.keys()).map((request) => {
    const url = new URL(request.url);
    return { request, path: pathOf(url.pathname), version: url.searchParams.get("kept") };
  });
}

async function dropWhere(cache, goes) {
  for (const copy of await held(cache)) if (goes(copy)) await cache.delete(copy.request);
}

function mayBeKept({ headers, redirected }) {
  const isForbidden = /no-store|private/i.test(headers.get("cache-control") ?? "");
  return !redirected && !isForbidden && headers.get("vary") !== "*";
}

async function store(cache, path, answer) {
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  await (mayBeKept(answer) ? cache.put(keyOf(path), answer) : cache.delete(keyOf(path)));
}

// Gives back how many could not be fetched.
async function keep(cache, paths) {
  const kept = new Set((await held(cache)).map(({ path, version }) => `${path} ${version}`));
  const missing = [...paths].filter((path) => !kept.has(`${path} ${versionOf(path)}`));
  let failed = 0;
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    const tries = await Promise.allSettled(
      missing.slice(at, at + AT_ONCE).map(async (path) => {
        await store(cache, path, await fetch(scope + path, { cache: "no-cache" }));
      }),
    );
    failed += tries.filter(({ status }) => status === "rejected").length;
  }
  return failed;
}

// What was visited longest ago goes first.
async function trim(cache, room) {
  if (await caches.has(WHOLE)) return;
  let left = room;
  for (const { request, path } of (await held(cache)).reverse()) {
    if (CORE.has(path)) continue;
    left -= FILES.get(path)?.[1] ?? 0;
    if (left < 0) await cache.delete(request);
  }
}

async function install() {
  const cache = await caches.open(CACHE);
  await trim(cache, ROOM);
  const visited = (await held(cache)).map(({ path }) => path).filter((path) => FILES.has(path));
  // A page of an earlier build may need what is named by its content until the rest is here.
  await dropWhere(
    cache,
    ({ path, version }) =>
      !NAMED_BY_CONTENT.test(path) && (!FILES.has(path) || said(version) !== said(versionOf(path))),
  );
  if (await keep(cache, CORE)) throw new Error("Not all of the core could be fetched.");
  await keep(cache, visited);
  await self.skipWaiting();
}

async function activate() {
  const cache = await caches.open(CACHE);
  await dropWhere(cache, ({ path, version }) => version !== versionOf(path));
  await trim(cache, ROOM);
  await self.clients.claim();
}

// The copy of this build; while a newer worker is being installed, that of the newer one.
async function keptCopy(cache, path) {
  return (await cache.match(keyOf(path))) || cache.match(scope + path, { ignoreSearch: true });
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

async function answerOf(event, path, isPage) {
  const cache = await caches.open(CACHE);
  const kept = await keptCopy(cache, path);
  if (kept && NAMED_BY_CONTENT.test(path)) return kept;
  // A browser's own store may call old what it likes: the server is asked.
  const network = fetch(event.request, { cache: "no-cache" }).then((answer) => {
    // What a query asked for may not be the page.
    if (answer.ok && !new URL(event.request.url).search) {
      const stored = store(cache, path, answer.clone()).then(() => trim(cache, ROOM));
      event.waitUntil(stored.catch(() => {}));
    }
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

const ASKS = {
  // A page names itself and its parts. Where the whole site is wanted, what is missing comes.
  async visit(cache, paths) {
    await keep(cache, paths);
    await trim(cache, ROOM);
    return (await caches.has(WHOLE)) ? keep(cache, FILES.keys()) : 0;
  },
  async keepAll(cache) {
    await caches.open(WHOLE);
    return keep(cache, FILES.keys());
  },
  async forgetAll(cache) {
    await caches.delete(WHOLE);
    await trim(cache, 0);
  },
};

async function reply({ source, data }) {
  const paths = (data.paths ?? []).map(pathOf).filter((path) => FILES.has(path));
  if (!data.ask) {
    source.postMessage({ version: said(versionOf(paths[0])) });
    return;
  }
  const failed = await ASKS[data.ask](await caches.open(CACHE), paths);
  const isWhole = await caches.has(WHOLE);
  source.postMessage({ megabytes: MEGABYTES, isWhole, isPart: isWhole && failed > 0 });
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(reply(event)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = pathOf(url.pathname);
  const isPage = request.mode === "navigate";
  if (request.method !== "GET" || url.origin !== location.origin || !FILES.has(path)) return;
  if (isPage || !url.search) event.respondWith(answerOf(event, path, isPage));
});
