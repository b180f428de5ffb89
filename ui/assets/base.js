// What the scripts of the page share: the way to the server, words in both languages, storage, notices, sheets.
window.hoibao = (() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // Gradio's components connect when they are drawn; what is sent before waits for them.
  const bridges = {};
  const waiting = [];
  const send = (name, data) => {
    if (bridges[name]) bridges[name](data);
    else waiting.push([name, data]);
  };
  const connect = (name, trigger) => {
    bridges[name] = trigger;
    for (const [to, data] of waiting.splice(0)) send(to, data);
  };

  // Gradio draws the page later and piece by piece.
  const listeners = [];
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      for (const listener of listeners) listener();
    });
  }).observe(root, { childList: true, subtree: true, characterData: true });

  const say = (name) => window.hoibaoWords[name][root.lang === "en" ? "en" : "vi"];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const both = (name) => {
    const fragment = document.createDocumentFragment();
    for (const [lang, words] of Object.entries(window.hoibaoWords[name])) {
      fragment.append(make("span", { class: "t", lang }, words));
    }
    return fragment;
  };
  // As `plain` in ui/plain.py: control characters and marks that turn the reading direction show as themselves.
  const unseen = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;
  const clean = (text) => String(text).replace(/[\u2028\u2029]/g, "\n").replace(unseen, "\ufffd");

  const stored = {
    // Storage can be closed to us or full; what would have been kept then lasts as long as the page.
    get: (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        localStorage.setItem(key, value);
        return true;
      } catch {
        return false;
      }
    },
    remove: (key) => {
      try {
        localStorage.removeItem(key);
      } catch {
        // closed to us: there is nothing to remove
      }
    },
    keys: () => {
      try {
        return Object.keys(localStorage);
      } catch {
        return [];
      }
    },
  };

  let hiding = 0;
  const tell = (name) => {
    let notice = byId("hoibao-notice");
    if (!notice) {
      notice = make("div", { id: "hoibao-notice", role: "status" });
      document.body.append(notice);
    }
    const top = document.querySelector("dialog[open]") || document.body;
    if (notice.parentElement !== top) top.append(notice); // what lies under an open sheet is not read out
    notice.replaceChildren(both(name));
    notice.classList.add("seen");
    clearTimeout(hiding);
    hiding = setTimeout(() => notice.classList.remove("seen"), 4000);
  };

  const sheet = (id, kind, heading) => {
    const close = make("button", { type: "button", "data-close": "", "data-words": "close", class: "close" }, "×");
    const title = make("h2", { id: `${id}-title` }, both(heading));
    const head = make("div", { class: "sheet-head" }, title, close);
    const dialog = make("dialog", { id, class: `sheet ${kind}`, "aria-labelledby": `${id}-title` }, head);
    document.body.append(dialog);
    return dialog;
  };
  document.addEventListener("click", (event) => {
    const dialog = event.target.closest?.("dialog.sheet");
    if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
  });

  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const busy = () => document.querySelector("#live :is(.growing, .reading)") !== null;
  return { root, byId, send, connect, onDrawn: (listener) => listeners.push(listener), say, make, both, clean, stored, tell, sheet, calm, busy };
})();
