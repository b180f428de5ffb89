// Adding: files and folders are sent one by one; what the server does with them is shown to whoever has the page open.
(() => {
  const { both, byId, clocks, drawList, fetchJson, post, tell } = window.hoibao;
  const AT_ONCE = 3;
  const BUSY_MS = 700;
  const IDLE_MS = 8000;

  // What is being done: asked for often while something is, else now and then, for others work here, too.
  let shown = null;
  let over = null;
  let timer = 0;
  const look = async () => {
    clearTimeout(timer);
    let state;
    try {
      state = await fetchJson("state");
    } catch {
      timer = setTimeout(look, IDLE_MS);
      return;
    }
    for (const id of ["archive-adding", "archive-change", "archive-add"]) byId(id).hidden = !state.may;
    byId("archive-forbidden").hidden = state.may;
    const place = byId("archive-jobs");
    if (state.html !== shown) {
      const folded = new Map([...place.querySelectorAll("[data-lines]")].map((lines) => [lines.dataset.lines, lines.open]));
      const focus = document.activeElement?.closest?.("#archive-jobs [data-job]")?.dataset.job;
      place.innerHTML = shown = state.html;
      clocks(place);
      for (const lines of place.querySelectorAll("[data-lines]")) {
        if (folded.has(lines.dataset.lines)) lines.open = folded.get(lines.dataset.lines);
      }
      if (focus) place.querySelector(`[data-job="${focus}"] :is(button, summary)`)?.focus();
    }
    if (over !== null && over !== state.over) {
      drawList();
      if (byId("archive-runs").open) runs();
    }
    over = state.over;
    timer = setTimeout(look, state.busy ? BUSY_MS : IDLE_MS);
  };
  const runs = async () => {
    const { html } = await fetchJson("runs");
    const place = byId("archive-runs").querySelector("div");
    place.innerHTML = html;
    clocks(place);
  };
  byId("archive-runs").addEventListener("toggle", () => byId("archive-runs").open && runs());

  // Sending. A file that cannot be read any more, or whose way breaks, costs that file alone.
  const random = () => [...crypto.getRandomValues(new Uint8Array(8))].map((n) => n.toString(16).padStart(2, "0")).join("");
  let sending = Promise.resolve();
  const send = async (files) => {
    if (!files.length) return;
    const batch = random();
    const replace = byId("archive-replace").checked ? "1" : "0";
    const place = byId("archive-sending");
    let [next, done, lost] = [0, 0, 0];
    const worker = async () => {
      while (next < files.length) {
        const { name, file } = files[next++];
        const query = new URLSearchParams({ batch, replace, name });
        try {
          await fetchJson(`file?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
        } catch {
          lost += 1;
        }
        done += 1;
        place.replaceChildren(both("archive_sending"), ` ${done} / ${files.length}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    try {
      await post("finish", { batch });
      place.replaceChildren(both(lost ? "archive_lost" : "archive_sent"), lost ? ` ${lost}` : "");
    } catch {
      place.replaceChildren(both("archive_failed"));
    }
    look();
  };
  const take = (files) => {
    sending = sending.then(() => send(files));
  };
  const choose = (folder) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true, webkitdirectory: folder });
    input.addEventListener("change", () => take([...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file }))));
    input.click();
  };
  // What is dropped may be folders: they are walked through, batch by batch, as browsers give them.
  const walk = async (entry, below, into) => {
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) into.push({ name: below + file.name, file });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (!some.length) return;
      for (const inner of some) await walk(inner, `${below}${entry.name}/`, into);
    }
  };

  document.addEventListener("click", async (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    if (hit("#archive-add")) {
      byId("archive-adding").scrollIntoView({ block: "start", behavior: window.hoibao.calm() });
      byId("archive-files").focus({ preventScroll: true });
    }
    if (hit("#archive-files")) choose(false);
    if (hit("#archive-folder")) choose(true);
    if (hit("#archive-again")) {
      const { job } = await post("folders");
      if (!job) tell("archive_no_folders");
      look();
    }
    const stop = hit("[data-stop]");
    if (stop) {
      await post("stop", { job: stop.dataset.stop });
      look();
    }
  });
  const drop = byId("archive-drop");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
    });
  }
  drop.addEventListener("drop", async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = [];
    for (const entry of entries) await walk(entry, "", files);
    take(files);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());

  Object.assign(window.hoibao, { followJobs: look, sendFiles: take });
  look();
})();
