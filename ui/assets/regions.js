// What the server sends is put in place here: HTML of regions, and the text of the question box.
(() => {
  const region = (name) => document.querySelector(`[data-region="${name}"]`);
  const numberOf = (parent) => Number(parent.querySelector(".exchange")?.dataset.exchange ?? -1);

  const write = (text) => {
    const box = document.querySelector("#question textarea");
    if (!box || box.value === text) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // An exchange that is followed by another goes to those before it; only the last can be asked again and edited.
  const retire = (live, past) => {
    const exchange = live.querySelector(".exchange");
    for (const button of exchange.querySelectorAll(".tools [data-act]")) button.remove();
    past.append(exchange);
  };
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  // By bridge, what it brought last: values grow while an event goes on, and only what is new of them is drawn.
  const brought = {};
  const place = (name, value) => {
    if (!value?.event) return;
    if (!region("live")) {
      requestAnimationFrame(() => place(name, value)); // Gradio draws the page piece by piece
      return;
    }
    const before = brought[name]?.event === value.event ? brought[name] : {};
    brought[name] = value;
    const changes = new Map(Object.entries(value).filter(([key, shown]) => key !== "event" && before[key] !== shown));
    if (changes.has("live") && !("past" in value) && !("live" in before)) {
      const now = numberOf(region("live"));
      if (now >= 0 && now < numberOf(parsed(value.live))) retire(region("live"), region("past"));
    }
    for (const [key, shown] of changes) {
      if (key === "box") write(shown);
      else region(key).replaceChildren(parsed(shown));
    }
  };
  Object.assign(window.hoibao, { place });
})();
