// Files: an answer or a conversation saved by the browser, and a saved conversation opened again.
(() => {
  const { act, both, busy, byId, make, onDrawn, root, send, tell } = window.hoibao;
  const LARGEST = 1_500_000; // what one message to the server may hold

  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-save]");
    if (button) {
      const { save, what, exchange } = button.dataset;
      send("saver", { save, what, exchange, language: root.lang });
      const menu = button.closest("details");
      menu.open = false;
      menu.querySelector("summary").focus({ preventScroll: true });
    }
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const open = event.key === "Escape" && [...menus()][0];
      if (!open) return;
      event.stopPropagation(); // this Escape is the menu's
      open.open = false;
      open.querySelector("summary").focus();
    },
    { capture: true },
  );

  let met = "";
  onDrawn(() => {
    const came = document.querySelector("#file [data-fresh]");
    if (!came || came.dataset.fresh === met) return;
    met = came.dataset.fresh;
    if (!came.dataset.body) {
      tell("unsaved");
      return;
    }
    const bytes = Uint8Array.from(atob(came.dataset.body), (c) => c.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: came.dataset.type }));
    const link = make("a", { href: address, download: came.dataset.file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    came.removeAttribute("data-body");
    tell("saved");
  });

  // Below the list of conversations: a file that was saved as JSON, from here or elsewhere.
  const chosen = async (input) => {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    if (file.size > LARGEST) {
      tell("file_large");
      return;
    }
    const text = await file.text();
    byId("conversations").close();
    if (!busy()) act({ act: "file", file: text });
  };
  onDrawn(() => {
    const drawer = byId("conversations");
    if (!drawer || drawer.querySelector(".from-file")) return;
    const input = make("input", { type: "file", accept: ".json,application/json", class: "unseen", tabindex: "-1", "data-words": "open_file" });
    const button = make("button", { type: "button", class: "tool from-file" }, both("open_file"));
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => chosen(input));
    drawer.append(make("p", {}, button, input));
  });
})();
