// Language: ?lang=en, else what was chosen last, else Vietnamese. Words stand in the page twice; attributes are set here.
(() => {
  const { root, byId, say, stored, onDrawn } = window.hoibao;
  const KEY = "hoibao-language";
  const setAttribute = (element, name, value) => {
    if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const setText = (element, value) => {
    if (element && element.textContent.trim() !== value) element.textContent = value;
  };
  const translate = () => {
    if (document.title !== say("title")) document.title = say("title");
    const box = document.querySelector("#question textarea");
    setAttribute(box, "placeholder", say("placeholder"));
    setAttribute(box, "aria-label", say("question"));
    if (box && !box.dataset.met) {
      box.dataset.met = "yes";
      if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true }); // on a phone it would call up the keyboard
    }
    setText(byId("send"), say("send"));
    setText(byId("stop"), say("stop"));
    for (const [id, name] of [["conversation", "conversation"], ["evidence-column", "evidence"]]) {
      setAttribute(byId(id), "role", "region");
      setAttribute(byId(id), "aria-label", say(name));
    }
    for (const element of document.querySelectorAll("[data-words]")) setAttribute(element, "aria-label", say(element.dataset.words));
    for (const element of document.querySelectorAll("[data-hint]")) setAttribute(element, "placeholder", say(element.dataset.hint));
    for (const button of document.querySelectorAll("[data-language]")) {
      setAttribute(button, "aria-pressed", String(button.dataset.language === root.lang));
    }
  };
  const speak = (language) => {
    root.lang = language === "en" ? "en" : "vi";
    translate();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-language]");
    if (!button) return;
    stored.set(KEY, button.dataset.language);
    speak(button.dataset.language);
  });
  onDrawn(translate);
  speak(new URLSearchParams(location.search).get("lang") || stored.get(KEY));
})();
