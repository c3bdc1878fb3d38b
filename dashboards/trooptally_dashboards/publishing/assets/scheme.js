// Light or dark, before anything is drawn: as the reader chose, else as the system says.
(function () {
  "use strict";

  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const key = "trooptally-scheme";

  // A page from disk may have no storage at all.
  function kept() {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function keep(scheme) {
    try {
      window.localStorage.setItem(key, scheme);
    } catch {
      // The choice then holds for this page alone.
    }
  }

  const show = (scheme) => root.setAttribute("data-mantine-color-scheme", scheme);
  const asked = () => kept() || (system.matches ? "dark" : "light");

  root.classList.remove("still");
  show(asked());
  system.addEventListener("change", () => show(asked()));
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("scheme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const scheme = root.getAttribute("data-mantine-color-scheme") === "dark" ? "light" : "dark";
      keep(scheme);
      show(scheme);
    });
  });
})();
