// People and time: what stands behind the # of the address is asked for and shown; bars are buttons.
(() => {
  const { byId, onDrawn, root, say, send } = window.hoibao;
  const FIELDS = ["find", "person", "who", "kind", "year", "time", "by", "start"];
  const column = () => byId("told-column");
  const place = () => new URLSearchParams(location.hash.slice(1));
  const go = (fields, quietly) => {
    const hash = `#${new URLSearchParams(fields)}`;
    if (quietly) location.replace(hash);
    else location.hash = hash;
  };

  let shown = null; // the place that is asked for
  let moving = false; // whether the reader went there, so that the focus goes, too
  const ask = (moved) => {
    const fields = place();
    const now = fields.toString();
    if (now === shown) return;
    shown = now;
    moving = moved;
    const frame = column()?.clientWidth || innerWidth;
    const padding = column() ? parseFloat(getComputedStyle(column()).paddingRight) : 0;
    const told = Object.fromEntries(FIELDS.map((name) => [name, fields.get(name) || ""]));
    send("teller", { ...told, width: String(Math.floor(frame - padding)) });
  };
  addEventListener("hashchange", () => ask(place().get("find") === null));

  const box = () => byId("find-person");
  let typing = 0;
  const find = () => {
    clearTimeout(typing);
    go({ find: box().value.trim() }, place().get("find") !== null);
  };
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    clearTimeout(typing);
    typing = setTimeout(find, 250);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.(".finder")) return;
    event.preventDefault();
    find();
  });
  const bar = (target) => {
    const hit = target.closest?.(".chart .hit");
    if (!hit) return false;
    const { period, kind } = hit.dataset;
    if (kind === "told") {
      const fields = Object.fromEntries([...place()].filter(([name]) => name !== "start"));
      go({ ...fields, year: period });
    } else go({ time: period, by: kind });
    return true;
  };
  document.addEventListener("click", (event) => {
    if (bar(event.target)) return;
    const link = event.target.closest?.('a[href^="people#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); // the same page, whatever stands before its #
    location.hash = new URL(link.href).hash;
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && bar(event.target)) event.preventDefault();
  });

  // Names of bars are attributes, which cannot hold two languages.
  const name = () => {
    for (const hit of document.querySelectorAll(".chart .hit")) {
      const words = root.lang === "en" ? hit.dataset.en : hit.dataset.vi;
      if (hit.getAttribute("aria-label") !== words) hit.setAttribute("aria-label", words);
    }
    const told = byId("told-column");
    if (told && told.getAttribute("aria-label") !== say("people_told")) {
      told.setAttribute("role", "region");
      told.setAttribute("aria-label", say("people_told"));
    }
    const pane = byId("evidence-column");
    if (pane && pane.getAttribute("aria-label") !== say("people_article")) pane.setAttribute("aria-label", say("people_article"));
  };
  let met = null;
  onDrawn(() => {
    name();
    const told = document.querySelector("#told .told");
    if (!told || told.dataset.fresh === met) return;
    met = told.dataset.fresh;
    const now = place().get("time") || place().get("year");
    for (const hit of told.querySelectorAll(".chart .hit")) hit.classList.toggle("now", hit.dataset.period === now);
    for (const link of document.querySelectorAll(".ways a")) {
      if (link.dataset.way === told.dataset.way) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const frame of told.querySelectorAll(".chart-frame")) frame.scrollLeft = frame.scrollWidth; // the latest first
    if (moving) {
      moving = false;
      const heading = told.querySelector("h2");
      heading?.focus({ preventScroll: true });
      if (heading && heading.getBoundingClientRect().top < 0) heading.scrollIntoView({ block: "start" });
    }
    const wanted = place().get("find");
    if (wanted !== null && box() && document.activeElement !== box()) box().value = wanted.trim();
  });
  ask(false);
})();
