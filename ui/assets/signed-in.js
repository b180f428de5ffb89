// On a page with users: signing out, and back to the login when the session has ended meanwhile.
(() => {
  const login = () => location.assign(`login${location.search}`);
  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const reply = await fetched(...request);
    if (reply.status === 401) login();
    return reply;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-sign-out]")) fetched("logout", { method: "POST" }).finally(login);
  });
})();
