// On a page with users: signing out, the way back to the login when a session has ended, and nothing left for the next reader.
(() => {
  // What a page keeps in the browser is its reader's: another one, or nobody, finds only the choice of language.
  const KEPT = ["hoibao-language", "hoibao-reader"];
  const forget = () => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("hoibao-") && !KEPT.includes(key)) localStorage.removeItem(key);
    }
  };
  const mark = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${window.hoibaoReader}=`)) ?? "";
  try {
    if (localStorage.getItem("hoibao-reader") !== mark) forget();
    localStorage.setItem("hoibao-reader", mark);
  } catch {
    // storage can be closed to us; then nothing is kept there either
  }

  const login = () => {
    const query = new URLSearchParams(location.search);
    const view = document.querySelector("[data-view][aria-current]")?.dataset.view;
    if (view) query.set("view", view); // where to go on
    location.assign(`login${query.size ? `?${query}` : ""}`);
  };
  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const reply = await fetched(...request);
    if (reply.status === 401) login();
    return reply;
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-sign-out]")) return;
    try {
      forget();
    } catch {
      // as above
    }
    fetched("logout", { method: "POST", redirect: "manual" }).finally(login);
  });
})();
