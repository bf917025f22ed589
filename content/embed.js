"use strict";

// For sites that show our cards: gives each frame its height, and makes <strideguide-card> one.
// It listens to its own frames alone, stores nothing and asks for nothing.
(() => {
  const script = document.currentScript;
  if (!script || window.strideguide) return window.strideguide && window.strideguide.scan();
  const base = new URL(".", script.src).href,
    origin = new URL(base).origin;
  const frames = new Set();

  const ours = (frame) => frame.src.startsWith(base + "embed/");

  function watch(frame) {
    if (frames.has(frame) || !ours(frame)) return;
    frames.add(frame);
    place(frame);
    greet(frame);
    frame.addEventListener("load", () => greet(frame));
  }

  // The height that was measured at this width, kept free until the card tells its own.
  function place(frame) {
    const width = frame.clientWidth;
    const rows = (frame.dataset.heights || "").split(" ").map((row) => row.split(":").map(Number));
    const fit = rows.filter((row) => row[0] <= width && row[1] > 0).pop();
    if (fit && !frame.dataset.told) setHeight(frame, fit[1]);
  }

  // The card's own height, and what the page's style sheet puts around it within the frame.
  function setHeight(frame, height) {
    const style = getComputedStyle(frame);
    const around =
      style.boxSizing === "border-box"
        ? ["paddingTop", "paddingBottom", "borderTopWidth", "borderBottomWidth"]
        : [];
    const whole = around.reduce((sum, side) => sum + parseFloat(style[side]), height);
    frame.style.setProperty("height", `${Math.ceil(whole)}px`, "important");
  }

  // Light or dark, as the page around the frame is; cards take it on unless they were told a
  // scheme.
  // Where that is a picture, or none was set, the page's text tells: it is light on a dark ground.
  function ground(frame) {
    for (let at = frame; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") break;
      const dark = isDark(style.backgroundColor);
      if (dark !== null) return dark ? "dark" : "light";
    }
    return isDark(getComputedStyle(frame.parentElement || frame).color) ? "light" : "dark";
  }

  // A colour in any notation that browsers compute; null where one sees through it.
  const DARKEST_LIGHT = {
    rgb: 100,
    rgba: 100,
    color: 0.4,
    lab: 42,
    lch: 42,
    oklab: 0.5,
    oklch: 0.5
  };
  function isDark(color) {
    const [notation, ...parts] = color.split(/[\s,/()]+/).filter(Boolean);
    if (notation === "color") parts.shift();
    const [x, y, z, alpha = 1] = parts.map((part) => parseFloat(part) || 0);
    if (!(notation in DARKEST_LIGHT) || alpha <= 0.5) return null;
    const lightness = /^(rgb|color)/.test(notation) ? x * 0.3 + y * 0.6 + z * 0.1 : x;
    return lightness < DARKEST_LIGHT[notation];
  }

  function greet(frame) {
    const to = frame.contentWindow;
    if (!to) return;
    to.postMessage({ type: "strideguide", v: 1, event: "ready", scheme: ground(frame) }, "*");
    if (frame.dataset.secret)
      to.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }

  addEventListener("message", ({ source, origin: from, data }) => {
    if (!data || (from !== origin && from !== "null")) return;
    const frame = [...frames].find((one) => one.contentWindow === source);
    if (!frame) return;
    const own = data.type === "strideguide" && data.v === 1 && data.event === "height";
    const wordpress =
      data.message === "height" && frame.dataset.secret && data.secret === frame.dataset.secret;
    const height = Number(data.value);
    if (!(own || wordpress) || !(height >= 40 && height <= 10000)) return;
    frame.dataset.told = "1";
    setHeight(frame, height);
    if (!wordpress) return;
    for (const name of ["position", "visibility", "clip", "opacity", "pointer-events"])
      frame.style.removeProperty(name);
    for (const quote of document.querySelectorAll("blockquote[data-secret]")) {
      if (quote.dataset.secret === frame.dataset.secret) quote.hidden = true;
    }
  });

  function scan(root = document) {
    if (root.matches && root.matches("iframe")) watch(root);
    for (const frame of root.querySelectorAll ? root.querySelectorAll("iframe") : []) watch(frame);
  }

  const KINDS = ["conditions", "signs", "exercises", "programmes"];
  const LOOK = [
    "accent",
    "accent-dark",
    "radius",
    "font",
    "scheme",
    "country",
    "hide",
    "cta",
    "cta-link"
  ];
  const WORD = /^[a-z0-9]+(-[a-z0-9]+)*$/;

  class Card extends HTMLElement {
    static get observedAttributes() {
      return ["kind", "card", "id", "part", "clinic", ...LOOK];
    }

    connectedCallback() {
      this.show();
    }
    attributeChangedCallback() {
      if (this.isConnected) this.show();
    }

    show() {
      const value = (name) => this.getAttribute(name) || "";
      const kind = value("kind") || "conditions",
        id = value("card") || value("id"),
        part = value("part"),
        clinic = value("clinic");
      if (
        !KINDS.includes(kind) ||
        ![id, part || "x", clinic || "x"].every((word) => WORD.test(word))
      ) {
        return console.info(
          'StrideGuide: this card needs a kind and the id of a page, as in card="sciatica".'
        );
      }
      const url = new URL(
        `embed/${clinic && `for/${clinic}/`}${kind}/${id}/${part && `${part}/`}`,
        base
      );
      for (const name of LOOK) if (value(name)) url.searchParams.set(name, value(name));
      const known = this.querySelector("iframe");
      if (known && known.src === url.href) return;
      const frame = known || document.createElement("iframe");
      frame.title = this.title || this.textContent.trim() || id;
      frame.loading = "lazy";
      frame.referrerPolicy = "no-referrer";
      frame.width = "100%";
      frame.height = value("height") || "640";
      frame.setAttribute("frameborder", "0");
      if (value("heights")) frame.dataset.heights = value("heights");
      frame.src = url.href;
      for (const child of [...this.children]) if (child !== frame) child.hidden = true;
      this.style.display = "block";
      if (!known) this.append(frame);
      watch(frame);
    }
  }

  window.strideguide = { scan };
  if (!customElements.get("strideguide-card")) customElements.define("strideguide-card", Card);
  scan();
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(scan);
  }).observe(document.documentElement, { childList: true, subtree: true });
  // A page that goes dark or light by a switch of its own, once its transition is over.
  const again = () => setTimeout(() => frames.forEach(greet), 500);
  const shade = new MutationObserver(again);
  for (const part of [document.documentElement, document.body])
    if (part) shade.observe(part, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
})();
