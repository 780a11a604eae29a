// Nothing needs this. Where a page has a part that may be looked at for long, it offers to fetch that part again every ten seconds.
"use strict";

(() => {
  const offer = document.getElementById("refresh");
  const part = document.getElementById("live");
  if (!offer || !part) {
    return;
  }
  const box = offer.querySelector("input");
  const key = "refresh " + location.pathname;

  async function refresh() {
    // Not under somebody's finger, and not in a tab that nobody sees.
    if (!box.checked || document.hidden || part.contains(document.activeElement)) {
      return;
    }
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (answer.ok && fresh) {
      part.replaceChildren(...fresh.childNodes);
    } else {
      // Signed out, or the database is away: the whole page says so.
      location.reload();
    }
  }

  box.checked = sessionStorage.getItem(key) === "yes";
  box.addEventListener("change", () => sessionStorage.setItem(key, box.checked ? "yes" : "no"));
  offer.hidden = false;
  setInterval(() => refresh().catch(() => {}), 10_000);
})();
