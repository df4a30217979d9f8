// A browser without any network still reaches a server on its own machine; pages' other scripts ask here, too.
window.gbServerIsHere = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
// Without any network a link would lead to the browser's own error page, and what is on the screen would be gone: the
// page stays, and says so.
{
  const isAway = () => !navigator.onLine && (!window.gbServerIsHere || !window.socket?.connected);
  const { stays } = document.currentScript.dataset;
  let told, hiding;
  const tell = () => {
    told ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "gb-stays" }));
    told.setAttribute("role", "status");
    told.textContent = stays;
    told.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { told.hidden = true; }, 4_000);
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.hash && link.pathname === location.pathname) return;
    if (link.origin !== location.origin || !isAway()) return;
    event.preventDefault();
    tell();
  }, true);
  addEventListener("online", () => { if (told) told.hidden = true; });
}
