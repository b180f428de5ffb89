// The list of the articles: searched, sorted, turned by pages, an article opened beside it, articles chosen.
(() => {
  const { byId, root, connect, onDrawn, tell } = window.hoibao;
  const asked = new URLSearchParams(location.search);
  const now = {
    q: asked.get("q") || "",
    sort: asked.get("sort") || "since",
    way: asked.get("way") || "descending",
    page: Number(asked.get("page")) || 0,
    state: asked.get("state") === "removed" ? "removed" : "live",
  };

  const fetchJson = async (path, options) => {
    const reply = await fetch(`archive/${path}`, options);
    if (reply.status === 403) tell("archive_forbidden");
    if (!reply.ok) throw new Error(`${reply.status}`);
    return reply.json();
  };
  const post = (path, body = {}) =>
    fetchJson(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

  // Moments come in UTC and are shown by the reader's clock.
  const two = (number) => String(number).padStart(2, "0");
  const clocks = (within) => {
    for (const time of within.querySelectorAll("time[datetime]:not([data-put])")) {
      const at = new Date(time.dateTime);
      time.dataset.put = "yes";
      time.textContent = `${at.getDate()}/${at.getMonth() + 1}/${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
    }
  };

  let latest = 0;
  const draw = async ({ focus } = {}) => {
    const mine = ++latest;
    const query = new URLSearchParams({ ...now, page: String(now.page) });
    let found;
    try {
      found = await fetchJson(`rows?${query}`);
    } catch {
      return;
    }
    if (mine !== latest) return; // a later request was faster
    now.page = found.page;
    const kept = new URLSearchParams(Object.entries(now).filter(([name, value]) => value && !(name === "state" && value === "live")));
    if (asked.get("lang")) kept.set("lang", asked.get("lang"));
    history.replaceState(history.state, "", `${location.pathname}?${kept}`);
    const list = byId("listing");
    const held = list.contains(document.activeElement) ? document.activeElement : null; // drawn anew, it is another element
    const again = held?.dataset.open ? `[data-open="${CSS.escape(held.dataset.open)}"]` : held?.value ? `[value="${CSS.escape(held.value)}"]` : null;
    list.innerHTML = found.html;
    clocks(list);
    byId("archive-count").textContent = found.count.toLocaleString(root.lang === "en" ? "en" : "vi");
    for (const button of document.querySelectorAll("[data-state]")) {
      button.setAttribute("aria-pressed", String(button.dataset.state === now.state));
    }
    for (const words of document.querySelectorAll("[data-for]")) words.hidden = words.dataset.for !== now.state;
    chosen();
    const target = focus ?? again;
    if (target) list.querySelector(target)?.focus();
  };

  const boxes = () => [...document.querySelectorAll("#listing tbody input[type='checkbox']")];
  const chosen = () => {
    const ids = boxes().filter((box) => box.checked).map((box) => box.value);
    byId("archive-change").disabled = !ids.length;
    return ids;
  };
  document.addEventListener("change", (event) => {
    if (!event.target.closest?.("#listing")) return;
    if (event.target.matches("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
    chosen();
  });

  const change = async (what, ids) => {
    tell(what === "remove" ? "archive_removing" : "archive_restoring");
    try {
      await post(what, { ids });
    } catch {
      return;
    }
    window.hoibao.followJobs?.();
  };
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    const sort = hit("#listing [data-sort]")?.dataset.sort;
    if (sort) {
      now.way = now.sort === sort ? (now.way === "ascending" ? "descending" : "ascending") : sort === "since" ? "descending" : "ascending";
      [now.sort, now.page] = [sort, 0];
      draw({ focus: `[data-sort="${sort}"]` });
    }
    const page = hit("#listing [data-page]");
    if (page) {
      now.page = Number(page.dataset.page);
      draw({ focus: "[data-open]" }).then(() => byId("listing").scrollIntoView({ block: "start" }));
    }
    const state = hit("[data-state]")?.dataset.state;
    if (state) {
      [now.state, now.page] = [state, 0];
      draw();
    }
    if (hit("#archive-change")) {
      const ids = chosen();
      if (ids.length) change(now.state === "removed" ? "restore" : "remove", ids);
    }
    const undo = hit("[data-undo]");
    if (undo) change("restore", undo.dataset.undo.split(" "));
  });

  let typing = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "archive-search") return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      [now.q, now.page] = [event.target.value, 0];
      draw();
    }, 250);
  });

  // An article is opened as in the conversation; `evidence.js` asks for it here.
  const cards = '<section class="pane" data-pane="cards"><h2 class="pane-title unseen" tabindex="-1"></h2></section>';
  connect("reader", async ({ open }) => {
    const place = byId("evidence-column");
    const archive = document.querySelector(".archive");
    if (!open) {
      byId("evidence").innerHTML = cards;
      archive.classList.remove("opened");
      return;
    }
    try {
      const { html } = await fetchJson(`article?place=${encodeURIComponent(open)}`);
      archive.classList.add("opened");
      byId("evidence").innerHTML = html;
      place.scrollTop = 0;
    } catch {
      // the way to the login, if it is that, is taken by signed-in.js
    }
  });

  byId("archive-search").value = now.q;
  onDrawn(() => {
    const column = byId("evidence-column");
    if (column) column.dataset.words = "archive_reading";
  });
  Object.assign(window.hoibao, { drawList: draw, clocks, fetchJson, post });
  draw();
})();
