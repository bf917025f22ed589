"use strict";

// Adds to "Put this on your own site": copy buttons, choices of look, and a live preview.
customElements.define(
  "embed-this",
  class extends HTMLElement {
    connectedCallback() {
      const details = this.closest("details");
      const start = () => {
        if (details.open && !this.ready) this.start();
      };
      details.addEventListener("toggle", start);
      start();
    }

    start() {
      this.ready = true;
      this.status = Object.assign(document.createElement("p"), { className: "sg-embed__status" });
      this.status.setAttribute("role", "status");
      for (const code of this.querySelectorAll("pre code")) {
        code.dataset.first = code.textContent;
        const button = Object.assign(document.createElement("button"), {
          type: "button",
          className: "sg-embed__copy",
          textContent: "Copy",
        });
        button.addEventListener("click", () => this.copy(code));
        code.parentElement.before(button);
      }
      const template = document.getElementById("sg-embed-look");
      if (template) this.prepend(template.content.cloneNode(true));
      this.append(this.status);
      this.frame = Object.assign(document.createElement("iframe"), {
        title: this.dataset.title,
        className: "sg-embed__preview",
        loading: "lazy",
      });
      addEventListener("message", ({ source, data }) => {
        if (
          source === this.frame.contentWindow &&
          data &&
          data.type === "strideguide" &&
          data.value > 0
        ) {
          this.frame.style.height = `${Math.min(data.value, 3000)}px`;
        }
      });
      this.frame.addEventListener("load", () =>
        this.frame.contentWindow.postMessage(
          {
            type: "strideguide",
            v: 1,
            event: "ready",
            scheme: document.body.dataset.mdColorScheme === "slate" ? "dark" : "light",
          },
          "*",
        ),
      );
      this.querySelector(".sg-embed__way")?.before(this.frame);
      this.addEventListener("input", () => this.show());
      this.show();
    }

    show() {
      const query = new URLSearchParams();
      for (const field of this.querySelectorAll("[data-look]")) {
        const value =
          field.type === "color" && !field.dataset.touched && !this.touched(field)
            ? ""
            : field.value.trim();
        if (value) query.set(field.dataset.look, value);
      }
      const search = query.size ? `?${query}` : "";
      const address = this.dataset.address;
      const escaped = (text) =>
        text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
      for (const code of this.querySelectorAll("[data-snippet]")) {
        const attributes = [...query]
          .map(([name, value]) => ` ${name}="${escaped(value)}"`)
          .join("");
        code.textContent =
          code.dataset.snippet === "frame"
            ? code.dataset.first.replace(
                `src="${address}"`,
                () => `src="${address}${search.replace(/&/g, "&amp;")}"`,
              )
            : code.dataset.first.replace(
                "<strideguide-card",
                () => `<strideguide-card${attributes}`,
              );
      }
      const src = this.dataset.card + search;
      if (this.frame.getAttribute("src") !== src) this.frame.setAttribute("src", src);
    }

    touched(field) {
      if (field.value !== field.defaultValue) field.dataset.touched = "1";
      return field.value !== field.defaultValue;
    }

    async copy(code) {
      try {
        await navigator.clipboard.writeText(code.textContent);
        this.status.textContent = this.dataset.copied;
      } catch {
        getSelection().selectAllChildren(code);
        this.status.textContent = this.dataset.byHand;
      }
    }
  },
);
