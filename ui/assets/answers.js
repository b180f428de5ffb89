// Answers as they grow: read out piece by piece, kept in view, copied with their sources.
(() => {
  const { byId, make, onDrawn, tell } = window.hoibao;

  // What is new of an answer is read out; what was read already is not read again.
  let heard = "";
  let hearing = null;
  const announce = () => {
    const exchange = document.querySelector("#live .exchange");
    const said = exchange?.querySelector(".said, .note, .stopped");
    if (!said) return;
    let log = byId("hoibao-log");
    if (!log) {
      log = make("div", { id: "hoibao-log", class: "unseen", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
      document.body.append(log);
    }
    const which = `${exchange.dataset.exchange} ${exchange.querySelector(".question").textContent}`;
    const now = said.innerText;
    if (which === hearing && now === heard) return;
    const fresh = which === hearing && now.startsWith(heard) ? now.slice(heard.length) : now;
    if (which !== hearing) log.replaceChildren();
    [hearing, heard] = [which, now];
    if (fresh.trim()) log.append(make("p", { lang: said.lang || document.documentElement.lang }, fresh));
  };

  // A new question stays at the top of the window while its answer is drawn around it, until the reader scrolls.
  let asked = null;
  let pinned = false;
  const follow = () => {
    const exchange = document.querySelector("#live .exchange");
    if (!exchange) {
      asked = null;
      return;
    }
    const which = `${exchange.dataset.exchange} ${exchange.querySelector(".question").textContent}`;
    if (which !== asked) {
      asked = which;
      pinned = true;
    }
    if (pinned) exchange.scrollIntoView({ block: "start", behavior: "auto" });
  };
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(name, () => (pinned = false), { capture: true, passive: true });
  }

  // The clipboard needs a secure address; elsewhere an older way still works.
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const back = document.activeElement;
      const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      back?.focus({ preventScroll: true });
      return done;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-link]");
    if (!button) return;
    const { copy, link } = button.dataset;
    const text = copy ?? new URL(link, location.href).href;
    const done = await write(text);
    tell(done ? (copy === undefined ? "linked" : "copied") : "uncopied");
    button.classList.toggle("done", done);
    setTimeout(() => button.classList.remove("done"), 2000);
  });
  onDrawn(() => {
    announce();
    follow();
  });
})();
