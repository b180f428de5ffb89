// The keyboard: a few keys, and the list of them.
(() => {
  const { both, busy, byId, focusBox, isEditing, isReading, leaveArticle, make, act, send, sheet, stop, stored } = window.hoibao;
  const KEY = "hoibao-keys";
  const KEYS = [["/", "help_slash"], ["Enter", "help_enter"], ["Shift + Enter", "help_shift"], ["↑", "help_up"], ["Esc", "help_escape"], ["?", "help_question"]];
  const single = () => stored.get(KEY) !== "off";

  let dialog = null;
  const help = () => {
    if (!dialog) {
      dialog = sheet("help", "small", "help");
      const rows = KEYS.flatMap(([key, name]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, both(name))]);
      const choice = make("input", { type: "checkbox" });
      choice.checked = single();
      choice.addEventListener("change", () => stored.set(KEY, choice.checked ? "on" : "off"));
      dialog.append(make("dl", { class: "keys" }, ...rows), make("label", { class: "check" }, choice, make("span", {}, both("help_single"))));
    }
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-show="help"]')) help();
    if (event.target.closest?.(".skip")) {
      event.preventDefault();
      const view = byId("view");
      if (view) {
        view.tabIndex = -1;
        view.focus();
      } else focusBox();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return; // the sheet has its own Escape
    const writing = event.target.matches?.("input, textarea, select");
    if (event.key === "Escape") {
      if (busy()) stop();
      else if (isEditing()) send("setter", { act: "unedit" });
      else if (isReading()) leaveArticle();
    } else if (event.key === "ArrowUp" && event.target.matches?.("#question textarea") && !event.target.value) {
      if (document.querySelector('#live [data-act="edit"]')) act({ act: "edit" });
    } else if (!writing && single() && event.key === "/") {
      event.preventDefault();
      focusBox();
    } else if (!writing && single() && event.key === "?") {
      event.preventDefault();
      help();
    }
  });
})();
