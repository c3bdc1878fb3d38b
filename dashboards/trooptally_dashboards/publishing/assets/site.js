// Draws the map or the chart of a page from the answer that stands in it; nothing is fetched.
(function () {
  "use strict";

  function content(id) {
    const block = document.getElementById(id);
    return block && JSON.parse(block.textContent);
  }

  function draw(id, figure, config, chosen) {
    const place = document.getElementById(id);
    if (!place) {
      return;
    }
    window.Plotly.newPlot(place, figure.data, figure.layout, config).then(() => {
      place.on("plotly_click", (click) => {
        const carried = click.points[0] && (click.points[0].customdata || beneath(place, click.points[0]));
        if (Array.isArray(carried)) {
          chosen(String(carried[0]));
        }
      });
    });
  }

  // Where the estimate runs through a mark, the line takes the click; the mark of that day and height is meant.
  function beneath(place, point) {
    const axis = (trace) => trace.yaxis || "y";
    const marks = place.data.filter((trace) => trace.customdata && axis(trace) === axis(point.data));
    const found = marks.flatMap((trace) => trace.customdata.filter((_, i) => trace.x[i] === point.x && trace.y[i] === point.y));
    return found[0];
  }

  // Choosing a mark goes to its claim in the table; a mark of several claims names a time instead, and leads nowhere.
  function to_claim(claim) {
    const row = document.getElementById("claim-" + claim);
    if (row) {
      window.location.hash = row.id;
      row.scrollIntoView({ block: "center" });
    }
  }

  const series = content("trooptally-series");
  if (series) {
    const figure = window.dash_clientside.trooptally.chart_of(series.answer, series.behind);
    draw("series-chart", figure, series.config, to_claim);
  }

  // Discs are sized for a wide map; on a narrow one they would hide each other.
  function fitted(trace) {
    const { marker } = trace;
    const width = document.getElementById("world-map").clientWidth;
    if (width >= 640 || !Array.isArray(marker.size)) {
      return trace;
    }
    return { ...trace, marker: { ...marker, size: marker.size.map((size) => Math.max(5, size * Math.max(0.5, width / 800))) } };
  }

  const map = content("trooptally-map");
  if (map && document.getElementById("world-map")) {
    map.figure.data = map.figure.data.map(fitted);
    draw("world-map", map.figure, map.config, (page) => {
      window.location.href = page;
    });
  }

  const force = document.getElementById("force");
  if (force) {
    force.addEventListener("change", () => {
      window.location.href = force.value;
    });
  }
})();
