// What the page does by itself: language, the way between marks, cards and articles, and a word for screen readers.
(() => {
  const words = window.hoibaoWords;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // Language: ?lang=en, else what was chosen last, else Vietnamese.
  const remember = (value) => {
    try {
      if (value) localStorage.setItem("hoibao-language", value);
      return localStorage.getItem("hoibao-language");
    } catch {
      return null; // storage can be closed to us; the choice then lasts as long as the page
    }
  };
  const setAttribute = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const translate = () => {
    const say = (name) => words[name][root.lang === "en" ? "en" : "vi"];
    if (document.title !== say("title")) document.title = say("title");
    const box = document.querySelector("#question textarea");
    setAttribute(box, "placeholder", say("placeholder"));
    setAttribute(box, "aria-label", say("question"));
    if (box && !box.dataset.met) {
      box.dataset.met = "yes";
      if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true }); // on a phone it would call up the keyboard
    }
    const send = byId("send");
    if (send && send.textContent.trim() !== say("send")) send.textContent = say("send");
    for (const [id, name] of [["conversation", "conversation"], ["evidence-column", "evidence"]]) {
      setAttribute(byId(id), "role", "region");
      setAttribute(byId(id), "aria-label", say(name));
    }
    for (const group of document.querySelectorAll("[data-words]")) setAttribute(group, "aria-label", say(group.dataset.words));
    for (const button of document.querySelectorAll("[data-language]")) {
      setAttribute(button, "aria-pressed", String(button.dataset.language === root.lang));
    }
  };
  const speak = (language) => {
    root.lang = language === "en" ? "en" : "vi";
    translate();
  };
  speak(new URLSearchParams(location.search).get("lang") || remember());

  // Marks and cards belong together: touch one, and the other lights up.
  const light = (marker, exchange, on) => {
    for (const element of document.querySelectorAll(`[data-marker="${marker}"][data-exchange="${exchange}"]`)) {
      if (element.matches(".mark, .card")) element.classList.toggle("lit", on);
    }
  };
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const hit = event.target.closest?.(".mark, .card[data-marker]");
      if (hit) light(hit.dataset.marker, hit.dataset.exchange, on);
    });
  }

  // Opening an article shows its quoted sentence; going back returns to where the reader was.
  let opener = null;
  let expecting = null;
  document.addEventListener("click", (event) => {
    const language = event.target.closest?.("[data-language]");
    if (language) speak(remember(language.dataset.language) || language.dataset.language);
    const open = event.target.closest?.("[data-open]");
    if (open) {
      opener = { marker: open.dataset.marker, exchange: open.dataset.exchange, mark: open.matches(".mark") };
      expecting = open.dataset.open;
      showPlace(expecting);
    }
    if (event.target.closest?.("[data-back]")) expecting = "cards";
  });
  const scrollTo = (target) => {
    const pane = byId("evidence-column");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (getComputedStyle(pane).position === "sticky") {
      const middle = target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
      pane.scrollTo({ top: pane.scrollTop + middle, behavior: calm });
    } else {
      target.scrollIntoView({ block: "center", behavior: calm });
    }
  };
  const showPlace = (place) => {
    const article = document.querySelector(`[data-pane="article"][data-place="${CSS.escape(place)}"]`);
    if (!article) return false;
    expecting = null;
    article.querySelector(".back button").focus({ preventScroll: true });
    scrollTo(article.querySelector(".quoted") || article);
    return true;
  };
  const showCards = () => {
    const pane = document.querySelector('[data-pane="cards"]');
    if (!pane) return;
    expecting = null;
    const at = opener && `[data-marker="${opener.marker}"][data-exchange="${opener.exchange}"]`;
    const target = (at && document.querySelector(opener.mark ? `.mark${at}` : `#evidence button${at}`)) || pane.querySelector("h2");
    target.focus({ preventScroll: true });
    byId("evidence-column").scrollTo({ top: 0 });
    target.scrollIntoView({ block: "nearest" });
  };

  // A finished answer is read out once; a growing one is not read out again and again.
  let answered = "";
  const announce = () => {
    const done = document.querySelector("#live .answer:not(.growing)");
    const now = done ? done.innerText : "";
    if (now === answered) return;
    answered = now;
    let status = byId("hoibao-status");
    if (!status) {
      status = Object.assign(document.createElement("div"), { id: "hoibao-status", className: "unseen" });
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = now;
  };
  // A new question stays at the top of the window while its answer is drawn around it, until the reader scrolls.
  let asked = null;
  let pinned = false;
  const follow = () => {
    const exchange = document.querySelector("#live .exchange");
    if (!exchange) return;
    if (exchange.dataset.exchange !== asked) {
      asked = exchange.dataset.exchange;
      pinned = true;
    }
    if (pinned) exchange.scrollIntoView({ block: "start", behavior: "auto" });
  };
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(name, () => (pinned = false), { capture: true, passive: true });
  }

  // Gradio draws the page later and piece by piece.
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      translate();
      announce();
      follow();
      if (expecting === "cards") showCards();
      else if (expecting) showPlace(expecting);
    });
  }).observe(root, { childList: true, subtree: true, characterData: true });
})();
