"use strict";

// Opening "Show the movement" brings the moving figure into the page, so that it starts from the
// beginning, takes the page's colours, and can be paused. Without scripts the picture itself moves.
(() => {
  function control(box, figure) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sg-figure__again";
    const length =
      1000 * Number(figure.querySelector("animate")?.getAttribute("dur").slice(0, -1)) * 3;
    let ending = 0;
    const label = (words) => {
      button.textContent = words;
    };
    const finish = () => label("Play again");
    function play(from) {
      if (from === 0) figure.setCurrentTime(0);
      if (figure.animationsPaused()) figure.unpauseAnimations();
      label("Pause");
      clearTimeout(ending);
      ending = setTimeout(finish, length - figure.getCurrentTime() * 1000);
    }
    button.addEventListener("click", () => {
      if (button.textContent === "Play again") play(0);
      else if (figure.animationsPaused()) play();
      else {
        figure.pauseAnimations();
        clearTimeout(ending);
        label("Play");
      }
    });
    box.append(button);
    return play;
  }

  async function drawing(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.status);
    const root = new DOMParser().parseFromString(
      await response.text(),
      "image/svg+xml",
    ).documentElement;
    if (root.localName !== "svg") throw new Error(root.localName);
    return document.adoptNode(root);
  }

  async function open(box) {
    if (!box.open) return;
    box.play?.(0);
    if (box.asked) return;
    box.asked = true;
    let figure;
    try {
      figure = await drawing(box.dataset.figure);
    } catch {
      box.asked = false; // The picture stays, and whoever opens it again tries again.
      return;
    }
    figure.querySelector("style")?.remove();
    figure.setAttribute("aria-hidden", "true");
    box.querySelector("img").replaceWith(figure);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !figure.querySelector("animate"))
      return;
    // Chromium starts the clock of a figure that was just put in, and moves nothing until it is
    // set once the figure has been drawn.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    box.play = control(box, figure);
    box.play(0);
  }

  function start() {
    for (const box of document.querySelectorAll("details[data-figure]")) {
      box.addEventListener("toggle", () => open(box));
    }
  }

  start();
})();
