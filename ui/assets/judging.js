// What a reader says of an answer: kept at the first click, with a reason perhaps, changed or taken back by a second one.
(() => {
  const { both, byId, make, onDrawn, say, send, sheet, tell } = window.hoibao;
  const LONGEST = 1000;
  let dialog = null;
  let asked = null; // the answer the sheet is about
  const about = (key) => document.querySelector(`.judge[data-key="${CSS.escape(key)}"]`);
  const judge = (row, verdict, reason) => {
    const said = { exchange: row.dataset.exchange, verdict };
    send("judge", reason === undefined ? said : { ...said, reason });
  };

  const build = () => {
    dialog = sheet("judging", "small", "judge_title");
    const label = make("label", { class: "field" }, make("span", { id: "judging-why" }));
    const box = make("textarea", { rows: "4", maxlength: String(LONGEST), "aria-describedby": "judging-note" });
    label.append(box);
    const button = (name, kind) => make("button", { type: "button", class: kind, name }, both(name));
    const [keep, drop] = [button("judge_send", "primary"), button("judge_take_back", "")];
    const row = make("div", { class: "buttons" }, keep, drop);
    dialog.append(label, make("p", { class: "quiet", id: "judging-note" }, both("judge_note")), row);
    const done = (verdict, reason) => {
      const answer = about(asked.key);
      dialog.close();
      if (answer) judge(answer, verdict, reason);
    };
    keep.addEventListener("click", () => done(asked.verdict, box.value));
    drop.addEventListener("click", () => done("", undefined));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      keep.click();
    });
    dialog.addEventListener("close", () => {
      box.value = "";
      about(asked.key)?.querySelector(`[data-judge="${asked.verdict}"]`)?.focus({ preventScroll: true });
    });
  };
  const why = (row, verdict) => {
    if (!dialog) build();
    asked = { key: row.dataset.key, verdict };
    byId("judging-why").replaceChildren(both(`judge_why_${verdict}`));
    const given = row.querySelector('[aria-pressed="true"]')?.dataset.judge;
    dialog.querySelector("textarea").value = given === verdict ? row.dataset.reason : "";
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("textarea").focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-judge]");
    if (!button) return;
    const row = button.closest(".judge");
    const verdict = button.dataset.judge;
    const pressed = button.getAttribute("aria-pressed") === "true";
    if (!pressed) judge(row, verdict);
    if (pressed || verdict !== "right") why(row, verdict);
  });

  // The server says what came of it; what the reader sees is what is kept.
  let met = "";
  onDrawn(() => {
    const came = document.querySelector("#judged [data-judged]");
    if (!came || came.dataset.fresh === met) return;
    met = came.dataset.fresh;
    const row = about(came.dataset.judged);
    if (row) {
      row.dataset.reason = came.dataset.reason;
      for (const button of row.querySelectorAll("[data-judge]")) {
        button.setAttribute("aria-pressed", String(button.dataset.judge === came.dataset.verdict));
      }
    }
    tell(came.dataset.said);
  });
})();
