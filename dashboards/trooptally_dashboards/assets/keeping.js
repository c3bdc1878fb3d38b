// Saves a chart's picture, drawn in this browser, and writes the lines that show the chart on another page.
(function () {
  "use strict";

  const EMBED = "/embed";
  const words_of = (selector) => (document.querySelector(selector) || {}).textContent || "";

  // The picture says what the page says: its heading, its sentence, and the address that shows it again.
  function framed(drawn) {
    const layout = JSON.parse(JSON.stringify(drawn.layout));
    const text = (told, y, size, yshift) => ({
      ...{ text: window.trooptally.plain(told), xref: "paper", yref: "paper", x: 0, y, yshift, xanchor: "left" },
      ...{ yanchor: y ? "bottom" : "top", showarrow: false, font: { size, color: "#1f2933" }, align: "left" },
    });
    const margin = { l: 58, r: 16, ...layout.margin };
    const heading = text(words_of("main h1"), 1, 18, 44);
    const address = text(window.location.href, 0, 10, -30);
    return {
      data: drawn.data,
      layout: {
        ...layout,
        annotations: [...(layout.annotations || []), heading, address],
        margin: { ...margin, t: (margin.t || 0) + 60, b: (margin.b || 0) + 30 },
        paper_bgcolor: "#ffffff",
        plot_bgcolor: "#ffffff",
      },
    };
  }

  async function picture(chart, form) {
    const drawn = document.querySelector("#" + chart + " .js-plotly-plot");
    const width = Math.max(900, drawn.clientWidth);
    const size = { format: form, width, height: drawn.clientHeight + 90, scale: form === "png" ? 2 : 1 };
    const url = await window.Plotly.toImage(framed(drawn), size);
    const link = document.createElement("a");
    link.download = document.title.split(" \u00b7 ")[0].replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase() + "." + form;
    link.href = url;
    link.click();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-picture]");
    if (button) {
      picture(button.dataset.chart, button.dataset.picture).catch(() => {
        button.after(" The picture could not be made.");
      });
    }
  });

  // The lines are written when somebody opens their fold, so that they hold what is chosen then.
  document.addEventListener(
    "toggle",
    (event) => {
      const lines = event.target.matches && event.target.matches(".embed-fold") && event.target.querySelector("pre");
      if (lines) {
        const { origin, pathname, search } = window.location;
        const address = (origin + EMBED + pathname + search).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
        const looks = 'width="100%" height="640" style="border:0" loading="lazy"';
        lines.textContent = '<iframe src="' + address + '" title="' + document.title.replaceAll('"', "&quot;") + '" ' + looks + "></iframe>";
      }
    },
    true,
  );
})();
