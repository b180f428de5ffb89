// Conversations, kept in this browser and nowhere else: listed, searched, renamed, deleted, opened again.
(() => {
  const { act, both, clean, make, onDrawn, root, sheet, stored } = window.hoibao;
  const PREFIX = "hoibao-conversation-";
  const MOST = 80;
  const MOST_CHARS = 2_000_000; // of the five million that browsers give
  const ID = /^[0-9a-f]{16}$/;

  const read = (key) => {
    try {
      const found = JSON.parse(stored.get(key));
      const whole = ID.test(found.id) && key === PREFIX + found.id && Array.isArray(found.exchanges) && found.exchanges.length > 0;
      return whole && found.exchanges.every((e) => e && typeof e.q === "string") ? found : null;
    } catch {
      return null; // not ours, or spoilt
    }
  };
  const all = () => {
    const found = stored.keys().filter((key) => key.startsWith(PREFIX)).map(read).filter(Boolean);
    return found.sort((a, b) => (Number(b.at) || 0) - (Number(a.at) || 0));
  };
  const write = (conversation) => {
    const text = JSON.stringify(conversation);
    if (text.length > MOST_CHARS / 4) return;
    let room = MOST_CHARS - text.length;
    const others = all().filter((other) => other.id !== conversation.id);
    others.forEach((other, at) => {
      room -= JSON.stringify(other).length;
      if (at >= MOST - 1 || room < 0) stored.remove(PREFIX + other.id);
    });
    while (!stored.set(PREFIX + conversation.id, text) && others.length) stored.remove(PREFIX + others.pop().id);
  };
  const nameOf = (conversation) => clean(conversation.name || conversation.exchanges[0].q).slice(0, 200);

  // What is on the page is kept as soon as an answer is there, once.
  let kept = "";
  const keep = () => {
    const id = document.querySelector("#live .exchange[data-record]")?.dataset.conversation;
    if (!id) return;
    const drawn = document.querySelectorAll(`:is(#past, #live) .exchange[data-conversation="${id}"]`);
    const records = [...drawn].map((element) => element.dataset.record);
    const now = records.join("\n");
    if (now === kept) return;
    kept = now;
    const before = read(PREFIX + id);
    const exchanges = records.map((record) => JSON.parse(record));
    if (before && JSON.stringify(before.exchanges) === JSON.stringify(exchanges)) return;
    write({ id, name: before?.name || exchanges[0].q.slice(0, 200), at: Date.now(), exchanges });
  };

  const fold = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const holds = (conversation, words) => {
    const text = fold([conversation.name, ...conversation.exchanges.flatMap((e) => [e.q, e.a])].join("\n"));
    return words.every((word) => text.includes(word));
  };
  const current = () => document.querySelector("#live .exchange")?.dataset.conversation;

  let dialog = null;
  let list = null;
  let search = null;
  const icon = (name, mark) => make("button", { type: "button", class: "icon", "data-words": name }, mark);
  const row = (conversation) => {
    const when = new Date(Number(conversation.at) || 0).toLocaleDateString(root.lang === "en" ? "en-GB" : "vi-VN");
    const open = make("button", { type: "button", class: "opens" });
    open.append(make("span", { class: "name" }, nameOf(conversation)), make("span", { class: "quiet" }, `${when} · ${conversation.exchanges.length}`));
    if (conversation.id === current()) {
      open.setAttribute("aria-current", "true");
      open.lastChild.append(" · ", both("opened"));
    }
    const [rename, remove] = [icon("rename", "✎"), icon("delete", "🗑\ufe0e")];
    const item = make("li", {}, open, rename, remove);
    open.addEventListener("click", () => {
      dialog.close();
      act({ act: "open", record: { id: conversation.id, exchanges: conversation.exchanges } });
    });
    rename.addEventListener("click", () => renaming(item, conversation));
    remove.addEventListener("click", () => {
      stored.remove(PREFIX + conversation.id);
      const undo = make("button", { type: "button", class: "tool" }, both("undo"));
      undo.addEventListener("click", () => {
        write(conversation);
        draw();
        search.focus();
      });
      item.replaceChildren(make("p", { class: "quiet", role: "status" }, both("deleted"), " ", undo));
      undo.focus();
    });
    return item;
  };
  const renaming = (item, conversation) => {
    const field = make("input", { type: "text", maxlength: "200", "data-words": "rename_to" });
    field.value = nameOf(conversation);
    const done = (changed) => {
      if (changed && field.value.trim()) write({ ...conversation, name: field.value.trim() });
      draw();
      [...list.querySelectorAll("li")].find((li) => li.dataset.id === conversation.id)?.querySelector("button").focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      done(event.key === "Enter");
    });
    field.addEventListener("blur", () => field.isConnected && done(true));
    item.replaceChildren(field);
    field.focus();
    field.select();
  };
  const draw = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const found = all();
    const shown = found.filter((conversation) => holds(conversation, words));
    list.replaceChildren(...shown.map((conversation) => Object.assign(row(conversation), {})));
    shown.forEach((conversation, at) => (list.children[at].dataset.id = conversation.id));
    if (!shown.length) list.append(make("li", { class: "quiet" }, both(found.length ? "conversations_unfound" : "conversations_none")));
  };
  const show = () => {
    if (!dialog) {
      dialog = sheet("conversations", "drawer", "conversations");
      search = make("input", { type: "search", "data-words": "search", "data-hint": "search" });
      list = make("ul", { class: "conversations" });
      search.addEventListener("input", draw);
      dialog.append(make("p", { class: "quiet" }, both("conversations_note")), search, list);
    }
    search.value = "";
    draw();
    dialog.showModal();
    search.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-show="conversations"]')) show();
  });
  onDrawn(keep);
})();
