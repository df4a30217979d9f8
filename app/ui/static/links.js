// A browser without any network still reaches a server on its own machine; pages' other scripts ask here, too.
window.gbServerIsHere = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
// Without any network, or while the server is away, a link would lead to the browser's own error page, and what is on
// the screen would be gone: the page stays, and says so.
{
  const ANSWERS_MS = 4_000;
  const isLost = () => !navigator.onLine && (!window.gbServerIsHere || !window.socket?.connected);
  // A page that has lost its connection may still be able to open another: some proxies let no socket through.
  const isInDoubt = () => Boolean(window.socket) && !window.socket.connected;
  const { src, dataset: { stays } } = document.currentScript;
  const answers = async () => {
    try {
      await fetch(src, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(ANSWERS_MS) });
      return true;
    } catch {
      return false;
    }
  };
  let told, hiding;
  const tell = () => {
    told ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "gb-stays" }));
    told.setAttribute("role", "status");
    told.textContent = stays;
    told.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { told.hidden = true; }, 4_000);
  };
  const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
    button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.hash && link.pathname === location.pathname) return;
    if (link.origin !== location.origin) return;
    if (isLost()) {
      event.preventDefault();
      tell();
    } else if (isInDoubt() && isPlain(event) && !link.target && !link.hasAttribute("download")) {
      event.preventDefault();
      answers().then((does) => { does ? location.assign(link.href) : tell(); });
    }
  }, true);
  addEventListener("online", () => { if (told) told.hidden = true; });
}
