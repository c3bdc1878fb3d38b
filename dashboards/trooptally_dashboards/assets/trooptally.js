// Draws tables and legends from plain lists, and keeps the address in step with the filters.
(function () {
  "use strict";

  const element = (type, props) => ({ type, namespace: "dash_html_components", props });
  const link = (text, href) => ({
    type: "Link",
    namespace: "dash_core_components",
    props: { children: text, href, refresh: false },
  });

  const linked = ({ text, claim, href }) => {
    const to = claim ? "/claims/" + encodeURIComponent(claim) : href;
    return to ? link(text, to) : text;
  };

  const fold = (label, entries) =>
    element("Details", {
      className: "fold",
      children: [
        element("Summary", { children: label }),
        element("Ul", {
          children: entries.map((entry) =>
            element("Li", {
              children: [linked(entry), " ", element("Small", { children: entry.note, className: "note" })],
            }),
          ),
        }),
      ],
    });

  // A picture rather than an element: the component library draws no SVG. Its grey reads on white and on black.
  function sparkline({ spark, label }) {
    const line = '<path d="' + spark + '" fill="none" stroke="#5b8db8" stroke-width="1.6"/>';
    const drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="26" viewBox="-2 -2 100 26">' + line + "</svg>";
    const src = "data:image/svg+xml," + encodeURIComponent(drawn);
    return element("Img", { src, alt: label, title: label, width: 100, height: 26, className: "spark" });
  }

  function cell(content, first) {
    const rich = typeof content === "string" ? { text: content } : content;
    const shown = rich.spark ? sparkline(rich) : linked(rich);
    const children = rich.note ? [shown, element("Small", { children: rich.note, className: "note" })] : [shown];
    if (rich.fold) {
      children.push(fold(rich.fold, rich.folded));
    }
    const props = { children, className: rich.class || undefined };
    // Roles are named because a phone lays the table out as cards, and a browser may then forget that it is a table.
    return first
      ? element("Th", { ...props, scope: "row", role: "rowheader" })
      : element("Td", { ...props, role: "cell" });
  }

  function table(spec) {
    if (!spec) {
      return null;
    }
    const head = spec.headings.map((text) => element("Th", { children: text, scope: "col", role: "columnheader" }));
    const rows = spec.rows.map((cells) => {
      // On a narrow screen a row becomes a card, and each cell needs its heading beside it.
      const drawn = cells.map((content, i) => {
        const made = cell(content, i === 0);
        made.props["data-heading"] = spec.headings[i];
        return made;
      });
      return element("Tr", { children: drawn, role: "row" });
    });
    return element("Table", {
      className: "ledger",
      role: "table",
      children: [
        element("Caption", { children: spec.caption }),
        element("Thead", { role: "rowgroup", children: element("Tr", { children: head, role: "row" }) }),
        element("Tbody", { role: "rowgroup", children: rows }),
      ],
    });
  }

  function legend(sources) {
    return (sources || []).map((source) =>
      element("Li", {
        children: [
          element("Span", { className: "mark mark-" + source.symbol, style: { color: source.colour } }),
          source.name,
          element("Span", { className: "note", children: " " + source.claims }),
        ],
      }),
    );
  }

  // Replacing the address rather than writing it to a location component: the latter would draw the page anew.
  function permalink(address) {
    const embedded = window.location.pathname.startsWith("/embed/");
    if (address && !embedded && address !== window.location.pathname + window.location.search) {
      window.history.replaceState(window.history.state, "", address);
    }
    return window.dash_clientside.no_update;
  }

  // On a narrow screen the panel stands below the chart, out of sight of the finger that chose the point.
  function into_view() {
    const panel = document.querySelector(".panel");
    if (panel && window.innerWidth <= 980) {
      panel.scrollIntoView({ block: "start" });
    }
    return window.dash_clientside.no_update;
  }

  function open_series(click) {
    const point = click && click.points && click.points[0];
    return point ? "/series/" + point.customdata[0] : window.dash_clientside.no_update;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.trooptally = {
    ...window.dash_clientside.trooptally,
    table,
    legend,
    permalink,
    into_view,
    open_series,
  };
})();
