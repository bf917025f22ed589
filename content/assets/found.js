// Marks the words by which search found a page. Until that page opens they wait in this tab, so no
// address carries them; the browser draws the marks, and the page itself stays as it is.
const STORE = "sg-found";
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;

function mark(words) {
  if (!window.Highlight) return;
  const marks = new Highlight();
  const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const { 0: word, index } of text.data.matchAll(WORD)) {
      if (!words.includes(word.toLowerCase())) continue;
      marks.add(new StaticRange({ startContainer: text, startOffset: index, endContainer: text, endOffset: index + word.length }));
    }
  }
  CSS.highlights.set(STORE, marks);
}

addEventListener("click", ({ target }) => {
  const link = target.closest?.(".md-search-result__link");
  if (!link) return;
  const words = [...link.querySelectorAll("mark")].flatMap((found) => found.textContent.toLowerCase().match(WORD) ?? []);
  if (link.pathname === location.pathname) mark(words);
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ path: link.pathname, words }));
  } catch { /* Storage is closed: the page opens without marks. */ }
});

try {
  const { path, words } = JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  sessionStorage.removeItem(STORE);
  if (path === location.pathname) mark(words);
} catch { /* As above. */ }
