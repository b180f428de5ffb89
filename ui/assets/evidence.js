// The way between marks, cards and articles: lighting up, opening at the sentence, and coming back.
(() => {
  const { byId, send, onDrawn, calm } = window.hoibao;

  // Marks and cards belong together: touch one, and the other lights up and comes into view.
  const isBeside = () => getComputedStyle(byId("evidence-column")).position === "sticky";
  const light = (hit, on) => {
    const { marker, exchange } = hit.dataset;
    for (const element of document.querySelectorAll(`[data-marker="${marker}"][data-exchange="${exchange}"]`)) {
      if (!element.matches(".mark, .card")) continue;
      element.classList.toggle("lit", on);
      if (on && hit.matches(".mark") && element.matches(".card") && isBeside()) {
        element.scrollIntoView({ block: "nearest", behavior: calm() });
      }
    }
  };
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const hit = event.target.closest?.(".mark, .card[data-marker]");
      if (hit) light(hit, on);
    });
  }

  // Opening an article shows its quoted sentence; going back returns to where the reader was. Each opening is a step in
  // the browser's history, so that its Back leads here, too.
  let opener = null;
  let expecting = null;
  const article = () => document.querySelector('[data-pane="article"]');
  const ask = (place, exchange) => {
    expecting = place;
    send("reader", { open: place, exchange });
  };
  const goBack = () => {
    const shown = document.querySelector("[data-back]");
    if (!shown) return;
    expecting = "cards";
    send("reader", { back: shown.dataset.back });
  };
  document.addEventListener("click", (event) => {
    const open = event.target.closest?.("[data-open]");
    if (open) {
      const { open: place, exchange, marker } = open.dataset;
      if (!article()) opener = { marker, exchange, place, mark: open.matches(".mark") };
      const depth = article() ? (history.state?.depth || 0) + 1 : 1;
      history.pushState({ place, exchange, depth }, "");
      ask(place, exchange);
    }
    if (event.target.closest?.("[data-back]")) {
      if (history.state?.place) history.go(-history.state.depth);
      else goBack();
    }
  });
  addEventListener("popstate", (event) => {
    if (event.state?.place) ask(event.state.place, event.state.exchange);
    else goBack();
  });
  if (history.state?.place) history.replaceState(null, ""); // loaded again: nothing is open yet

  const scrollTo = (target) => {
    const pane = byId("evidence-column");
    if (isBeside()) {
      const middle = target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
      pane.scrollTo({ top: pane.scrollTop + middle, behavior: calm() });
    } else {
      target.scrollIntoView({ block: "center", behavior: calm() });
    }
  };
  const showPlace = (place) => {
    const shown = document.querySelector(`[data-pane="article"][data-place="${CSS.escape(place)}"]`);
    if (!shown) return;
    expecting = null;
    shown.querySelector(".back button").focus({ preventScroll: true });
    scrollTo(shown.querySelector(".quoted") || shown);
  };
  const showCards = () => {
    const pane = document.querySelector('[data-pane="cards"]');
    if (!pane) return;
    expecting = null;
    const at = opener && (opener.marker ? `[data-marker="${opener.marker}"]` : `[data-open="${CSS.escape(opener.place)}"]`) + `[data-exchange="${opener.exchange}"]`;
    const target = (at && document.querySelector(opener.mark ? `.mark${at}` : `:is(#evidence, #listing, #told) button${at}`)) || pane.querySelector("h2");
    target.focus({ preventScroll: true });
    byId("evidence-column").scrollTo({ top: 0 });
    target.scrollIntoView({ block: "nearest" });
  };
  onDrawn(() => {
    if (expecting === "cards") showCards();
    else if (expecting) showPlace(expecting);
  });
  Object.assign(window.hoibao, { isReading: () => article() !== null, leaveArticle: () => document.querySelector("[data-back]")?.click() });
})();
