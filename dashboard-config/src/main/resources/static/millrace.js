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
  const patience = 30 * 60_000;
  let lastInput = Date.now();

  async function refresh() {
    if (box.checked && Date.now() - lastInput > patience) {
      // Whoever has gone is to be signed out, which what we ask for would put off for ever.
      box.checked = false;
      box.dispatchEvent(new Event("change"));
    }
    // Not under somebody's finger, and not in a tab that nobody sees.
    if (!box.checked || document.hidden || part.contains(document.activeElement)) {
      return;
    }
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
      // The database or this dashboard is away: what is shown is better than a page that says so, and would not ask again.
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (fresh) {
      part.replaceChildren(...fresh.childNodes);
    } else {
      // Signed out: the whole page says so.
      location.reload();
    }
  }

  box.checked = sessionStorage.getItem(key) === "yes";
  box.addEventListener("change", () => sessionStorage.setItem(key, box.checked ? "yes" : "no"));
  for (const input of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(input, () => lastInput = Date.now(), { passive: true });
  }
  offer.hidden = false;
  setInterval(() => refresh().catch(() => {}), 10_000);
})();
