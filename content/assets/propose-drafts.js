// What is typed, kept in this browser until it is erased: a draft for each kind, and one for each
// record that is changed. Where the browser keeps nothing, drafts last as long as the page.
const STORE = "strideguide-proposals";

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

// Whether the browser keeps it.
function write(drafts) {
  try {
    localStorage.setItem(STORE, JSON.stringify(drafts));
    return true;
  } catch {
    return false;
  }
}

export function keptDrafts() {
  const here = {};
  return {
    get: (key) => stored()[key] ?? here[key],
    set(key, draft) {
      here[key] = draft;
      // Another tab may have written another one meanwhile.
      return write({ ...stored(), [key]: draft });
    },
    drop(key) {
      delete here[key];
      const { [key]: gone, ...others } = stored();
      return !gone || write(others);
    },
  };
}
