"use strict";
(function () {
  var root = document.documentElement,
    framed = parent !== window,
    met = "",
    last = 0;

  // What WordPress puts behind the address; the newest one counts.
  function secret() {
    var found = /.*[?&#]secret=([\da-zA-Z]{10})(?![\da-zA-Z])/.exec(location.hash);
    return found ? found[1] : "";
  }
  function post(message) {
    parent.postMessage(message, "*");
  }
  function height() {
    return Math.ceil(document.body.getBoundingClientRect().height);
  }
  // WordPress cuts a frame off at 1000 px: there a row that asks for more scrolls inside.
  function fit() {
    document.querySelectorAll("details > .in").forEach(function (box) {
      var over = height() - box.offsetHeight + box.scrollHeight - 1000;
      if (secret() && box.parentNode.open && over > 0 && box.scrollHeight - over >= 56) {
        box.style.maxHeight = box.scrollHeight - over + "px";
        box.tabIndex = 0;
      } else {
        box.style.maxHeight = "";
        box.removeAttribute("tabindex");
      }
    });
  }
  function send() {
    if (!framed) return;
    fit();
    last = height();
    if (secret()) post({ message: "height", value: last, secret: secret() });
    post({ type: "strideguide", v: 1, event: "height", value: last });
  }
  addEventListener("message", function (e) {
    var m = e.data;
    if (e.source !== parent || !framed || !m) return;
    if (m.message === "ready" && secret() && m.secret === secret()) met = m.secret;
    else if (m.type !== "strideguide" || m.event !== "ready") return;
    if (asPage && /^(light|dark)$/.test(m.scheme)) root.dataset.scheme = m.scheme;
    tell("met");
    send();
  });
  document.addEventListener("click", function (e) {
    var a = e.target.closest ? e.target.closest("a[href]") : null;
    if (!a || !framed) return;
    if (a.hasAttribute("data-card")) {
      a.search = location.search;
      a.hash = location.hash;
      return;
    }
    // WordPress follows links for us. Its greeting may have come before we were there to hear it;
    // in its sandbox no other way is open, so the secret alone is enough.
    if (a.host !== location.host || !secret() || (met !== secret() && self.origin !== "null"))
      return;
    e.preventDefault();
    post({ message: "link", value: a.href, secret: secret() });
  });
  document.addEventListener("toggle", send, true);

  // The self-test's answers.
  function tell(name) {
    var line = document.querySelector('[data-test="' + name + '"]');
    if (line) line.textContent = line.dataset.yes;
  }
  tell("scripts");
  if (self.origin !== "null") tell("links");

  // Where there is room, the steps stand open.
  var room = document.querySelector("[data-room]");
  if (room && innerWidth >= 560) room.open = true;

  // A review that ran out after the page was built, by the reader's own day.
  var now = new Date(),
    today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  var due = document.querySelector("[data-due]");
  if (due && due.dataset.due < today) {
    due.querySelector("[data-overdue]").hidden = false;
    due.classList.add("overdue");
  }

  // What shows nowhere, turns the order of letters or was lost; more marks than one letter carries.
  var HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffd]|\p{M}{3}/u;
  // The look, by the address's parameters. Each is checked; what fails is left out.
  var LOOK = {
    accent: function (v) {
      var light = readable(v, "ffffff"),
        dark = readable(v, "12191d");
      if (light) root.style.setProperty("--accent-light", "#" + light);
      if (dark) root.style.setProperty("--accent-dark", "#" + dark);
      return light || dark;
    },
    "accent-dark": function (v) {
      var dark = readable(v, "12191d");
      if (dark) root.style.setProperty("--accent-dark", "#" + dark);
      return dark;
    },
    radius: function (v) {
      if (!/^\d{1,2}$/.test(v) || v > 24) return false;
      root.style.setProperty("--r", v + "px");
      return true;
    },
    font: function (v) {
      var stacks = {
        serif: 'Georgia,"Times New Roman",serif',
        rounded: 'ui-rounded,"Arial Rounded MT Bold",system-ui,sans-serif',
        humanist: 'Seravek,"Gill Sans Nova",Ubuntu,Calibri,sans-serif',
        system: "system-ui,sans-serif"
      };
      if (!Object.prototype.hasOwnProperty.call(stacks, v)) return false;
      root.style.setProperty("--font", stacks[v]);
      return true;
    },
    scheme: function (v) {
      if (!/^(light|dark|auto|page)$/.test(v)) return false;
      if (v === "page") delete root.dataset.scheme;
      else root.dataset.scheme = v;
      return true;
    },
    country: function (v) {
      var all = JSON.parse(root.querySelector(".small").dataset.calls);
      if (!Object.prototype.hasOwnProperty.call(all, v)) return false;
      document.querySelectorAll("[data-number]").forEach(function (n) {
        n.innerHTML = all[v][n.dataset.number] || n.innerHTML;
      });
      return true;
    },
    hide: function (v) {
      return v.split(",").every(function (part) {
        var found =
          /^[a-z-]{1,20}$/.test(part) && document.querySelectorAll('[data-part="' + part + '"]');
        if (found)
          found.forEach(function (n) {
            n.hidden = true;
          });
        return found && found.length;
      });
    },
    cta: function (v) {
      var link = web(query.get("cta-link")),
        box = document.querySelector(".cta[hidden]");
      // A clinic's own button is in its record: no address changes it.
      if (!box || !link || !v.trim() || v.length > 40) return false;
      var a = box.lastElementChild;
      a.textContent = v.trim();
      // A sandbox lets no link out: there the address is text.
      if (self.origin === "null") {
        a.removeAttribute("href");
        a.textContent += ": " + link.host + link.pathname.replace(/\/$/, "");
      } else {
        a.href = link.href;
        a.target = "_blank";
        a.rel = "noopener";
      }
      box.hidden = false;
      return true;
    }
  };
  function web(text) {
    try {
      // Checked as it was written: a browser drops tabs, and turns letters of other alphabets.
      var link = new URL(text);
      return /^https:\/\/[a-z\d.-]+(:\d+)?([/?#][!-~]{0,255})?$/i.test(text) &&
        !/(^|\.)xn--/.test(link.hostname)
        ? link
        : null;
    } catch (_) {
      return null;
    }
  }
  function light(hex) {
    return [0, 2, 4].reduce(function (sum, at, i) {
      var c = parseInt(hex.substr(at, 2), 16) / 255;
      return (
        sum +
        [0.2126, 0.7152, 0.0722][i] *
          (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
      );
    }, 0.05);
  }
  function readable(text, paper) {
    var hex = /^#?([\da-f]{6})$/i.exec(text);
    if (!hex) return "";
    var a = light(hex[1]),
      b = light(paper);
    return Math.max(a, b) / Math.min(a, b) >= 4.5 ? hex[1] : "";
  }
  var query = new URLSearchParams(location.search);
  query.forEach(function (value, name) {
    if (!Object.prototype.hasOwnProperty.call(LOOK, name)) return;
    var good = false;
    // Letters that hide or turn others round make a text look like another one.
    try {
      good = !HIDDEN.test(value + (query.get("cta-link") || "")) && LOOK[name](value);
    } catch (_) {
      good = false;
    }
    if (!good) console.info("left out: " + name);
  });

  // A page that uses our script tells the shade of its ground to a card that was told none.
  var asPage = !root.dataset.scheme;

  send();
  addEventListener("load", send);
  addEventListener("resize", send);
  if (window.ResizeObserver)
    new ResizeObserver(function () {
      if (height() !== last) send();
    }).observe(document.body);
  // A frame that the host hides until it is answered runs no frames: timers do.
  [50, 250, 1000, 3000].forEach(function (wait) {
    setTimeout(send, wait);
  });
})();
