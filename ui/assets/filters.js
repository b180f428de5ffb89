// The panel in which filters are set. The server draws it with what is set now; it is opened when it has come.
(() => {
  const { busy, byId, send, onDrawn, focusBox } = window.hoibao;
  let shown = "";
  const panel = () => document.querySelector("#panel dialog");
  const form = (dialog) => {
    const value = (name) => dialog.querySelector(`[name="${name}"]`).value;
    const checked = (name) => [...dialog.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);
    return { since: value("since"), until: value("until"), person: value("person"), outlets: checked("outlets"), people: checked("people") };
  };
  // An answer that grows takes what is searched with it; the panel waits until it is there.
  let late = null;
  const apply = (what) => {
    if (busy()) {
      late = what;
      return;
    }
    const dialog = panel();
    if (what === "filters") send("setter", { act: "filters", form: form(dialog) });
    else send("setter", { act: what });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#panel [data-send]");
    if (button) apply(button.dataset.send);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#panel input") && !event.isComposing) {
      event.preventDefault();
      apply("filters");
    }
  });
  onDrawn(() => {
    if (late && !busy()) {
      apply(late);
      late = null;
    }
    const dialog = panel();
    if (!dialog) {
      if (shown) focusBox();
      shown = "";
    } else if (dialog.dataset.fresh !== shown) {
      shown = dialog.dataset.fresh;
      dialog.showModal();
      dialog.addEventListener("close", () => byId("chips").querySelector(".filter")?.focus());
    }
  });
})();
