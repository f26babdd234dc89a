// The browser may bring a page back from memory as it was left: someone else's name, a typed password, an ended session.
// Such a page is asked for anew. Not by reload(), which would offer to send a posted form a second time.
export function refreshRestoredPages() {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.replace(location.pathname + location.search);
    }
  });
}
