// Asking: examples, again, edited, by a link; stopping.
(() => {
  const { root, byId, send, onDrawn, busy } = window.hoibao;
  const DESK = ["ask", "retry", "link", "open", "file", "new"];
  const box = () => document.querySelector("#question textarea");

  const act = (data) => {
    if (busy() && data.act !== "panel") return; // the answer that grows comes first
    if (DESK.includes(data.act)) {
      if (data.act !== "link" && location.hash.includes("q=")) history.replaceState(null, "", location.pathname + location.search);
      send("desk", data);
    } else {
      send("setter", data);
    }
  };
  let editing = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-act]");
    if (!button) return;
    act({ ...button.dataset });
    if (button.dataset.act === "new") box()?.focus();
  });
  onDrawn(() => {
    root.classList.toggle("busy", busy());
    const now = document.querySelector("#chips .editing") !== null;
    if (now && !editing) {
      box().focus();
      box().setSelectionRange(box().value.length, box().value.length);
    }
    editing = now;
  });

  // A link holds a question, and what it followed from, behind the #: that part of an address never reaches a server.
  const follow = () => {
    const fields = new URLSearchParams(location.hash.slice(1));
    if (!fields.get("q")) return;
    const [q, since, until] = ["q", "since", "until"].map((name) => fields.get(name) || "");
    const [h, outlets, people] = ["h", "outlets", "people"].map((name) => fields.getAll(name));
    act({ act: "link", link: { q, h, since, until, outlets, people } });
  };
  addEventListener("hashchange", follow);
  follow();

  Object.assign(window.hoibao, {
    act,
    focusBox: () => box()?.focus(),
    isEditing: () => editing,
    stop: () => byId("stop")?.click(),
  });
})();
