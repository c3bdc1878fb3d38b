// Draws a series from the server's answer: the claims come once, as columns, and chart and table point into them.
(function () {
  "use strict";

  const headings = ["As of", "Figure", "What", "Said by", "Published by", "Published on", "Standing"];
  // The controls in their order, each with what it stands at when nothing is chosen.
  const fields = {
    ...{ measure: "", component: "", basis: "", source: "", from: "", to: "" },
    ...{ status: "all", rank: "best", by: "origin", scale: "linear", known_at: "", estimate: "on" },
  };
  const files = ["csv", "json", "xlsx", "parquet"];
  const element = (type, props) => ({ type, namespace: "dash_html_components", props });

  // A column that says the same of every claim is sent as that one value.
  const reader = (claims) => (name, row) => (Array.isArray(claims[name]) ? claims[name][row] : claims[name]);

  function said(get, row) {
    const say = window.trooptally;
    return get("hedge", row)
      ? say.figure(get("low", row), get("point", row), get("high", row), get("hedge", row))
      : say.missing(get("missing_reason", row));
  }

  function card(get, row) {
    const say = window.trooptally;
    return [
      get("claim_id", row),
      say.plain(say.capital(said(get, row))),
      say.measures[get("measure", row)] + (get("status", row) === "draft" ? " (draft)" : ""),
      say.as_of(get("as_of", row)),
      say.plain(get("printed", row)),
    ];
  }

  function figure(answer, behind, get) {
    const layout = { ...answer.figure.layout };
    const claims = answer.figure.data.map((trace) =>
      trace.customdata ? { ...trace, customdata: trace.customdata.map((row) => (Array.isArray(row) ? row : card(get, row))) } : trace,
    );
    layout.shapes = [...layout.shapes, ...(behind ? behind.shapes : [])];
    layout.annotations = [...layout.annotations, ...(behind ? behind.annotations : [])];
    const axis = layout.meta.level;
    const estimate = axis && behind ? behind.data.map((trace) => ({ ...trace, yaxis: axis })) : [];
    const lines = estimate.map(({ hovertemplate, ...trace }) => ({ ...trace, hoverinfo: "skip" }));
    const data = [...lines, ...claims, ...told(estimate)];
    return { data, layout: estimate.length ? reaching(layout, axis, estimate) : layout };
  }

  // Unseen marks tell the estimate to the pointer. They are larger than those of the claims, which makes them yield
  // where both are near: a bare line would take the place of the very claims that it goes through.
  function told(estimate) {
    const { x, y, yaxis, hovertemplate } = estimate.find((trace) => trace.hovertemplate) || {};
    const marker = { size: 14, opacity: 0 };
    return x ? [{ type: "scatter", mode: "markers", x, y, yaxis, hovertemplate, marker }] : [];
  }

  // A band may end above the highest claim; it gets more room, but not so much that it flattens the claims.
  function reaching(layout, axis, estimate) {
    const name = "yaxis" + axis.slice(1);
    const { range } = layout[name];
    const top = range && Math.min(1.5 * range[1], Math.max(range[1], 1.05 * Math.max(...estimate[1].y)));
    return range ? { ...layout, [name]: { ...layout[name], range: [0, top] } } : layout;
  }

  // Files with the very claims that the address shows.
  function downloads() {
    const at = "/api/v1" + window.location.pathname.replace(/^\/embed/, "");
    const links = files.map((form) =>
      element("A", { children: form.toUpperCase(), href: at + "." + form + window.location.search, download: "" }),
    );
    return ["Download what is shown: ", ...links.flatMap((link, i) => (i ? [", ", link] : [link]))];
  }

  function cells(answer, get, row) {
    const say = window.trooptally;
    const [published, rank] = [get("published_on", row), get("rank", row)];
    return [
      say.as_of(get("as_of", row)),
      {
        text: say.capital(said(get, row)),
        claim: get("claim_id", row),
        class: say.look(get("low", row), get("point", row), get("high", row), get("missing_reason", row)),
      },
      say.kind(get("measure", row), get("component", row), get("basis", row)),
      answer.sources[get("origin_id", row)],
      answer.sources[get("source_id", row)],
      say.as_of(published),
      get("status", row) + (rank === "normal" ? "" : ", " + rank),
    ];
  }

  // The row of a claim names its echoes behind a fold in the cell of its publisher.
  function folded(answer, get, [row, ...echoes]) {
    const drawn = cells(answer, get, row);
    if (echoes.length) {
      drawn[4] = {
        text: drawn[4],
        fold: "+" + echoes.length + (echoes.length === 1 ? " echo" : " echoes"),
        folded: echoes.map((echo) => ({
          text: answer.sources[get("source_id", echo)],
          claim: get("claim_id", echo),
          note: window.trooptally.as_of(get("published_on", echo)),
        })),
      };
    }
    return drawn;
  }

  function table(answer, get) {
    const recency = ([row]) => {
      const published = get("published_on", row) || "";
      return (get("as_of_latest", row) || published) + "|" + published;
    };
    const dated = answer.rows.map((group) => [recency(group), group]);
    dated.sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0));
    const claims = answer.rows.reduce((sum, group) => sum + group.length, 0);
    const counted = window.trooptally.number(claims) + (claims === 1 ? " claim" : " claims");
    const rows = dated.map(([, group]) => folded(answer, get, group));
    if (!rows.length) {
      return nothing();
    }
    const left = answer.unlisted ? " (" + window.trooptally.number(answer.unlisted) + " more in the downloads)" : "";
    const caption = counted + left + (rows.length < claims ? " in " + window.trooptally.number(rows.length) + " rows" : "");
    return window.dash_clientside.trooptally.table({ caption: caption + ", latest first", headings, rows });
  }

  // Filters that let nothing through: say so, and how to get back.
  function nothing() {
    const all = element("A", { children: "Show every claim of this series", href: window.location.pathname });
    const why = new URLSearchParams(window.location.search).get("known_at")
      ? "Nothing was known here at that time, or the filters leave it out. "
      : "No claim passes these filters; widen the time, or choose All. ";
    return element("P", { children: [why, all, "."] });
  }

  function happened(events) {
    if (!events || !events.length) {
      return [];
    }
    const line = (event) => {
      const link = { href: event.url, target: "_blank", rel: "noopener noreferrer external", className: "external" };
      const title = event.url ? element("A", { ...link, children: event.title }) : event.title;
      const said = [window.trooptally.as_of(event.on), event.source, event.note].filter(Boolean).join(" \u00b7 ");
      return element("Li", { children: [title, element("Small", { children: said, className: "note" })] });
    };
    const list = element("Ul", { children: events.map(line), className: "entries" });
    return [element("H2", { children: "What happened", className: "events-title" }), list];
  }

  function show_series(answer, behind) {
    if (!answer) {
      return Array(7).fill(window.dash_clientside.no_update);
    }
    const get = reader(answer.claims);
    const legend = window.dash_clientside.trooptally.legend(answer.legend);
    const notes = behind ? behind.notes.map((note) => element("P", { children: note })) : [];
    return [answer.sentence, figure(answer, behind, get), legend, table(answer, get), notes, downloads(), happened(behind && behind.events)];
  }

  // The address that asks what the controls stand at, without what is the default.
  function address(key, given) {
    const asked = new URLSearchParams();
    Object.keys(fields).forEach((name, i) => {
      const chosen = Array.isArray(given[i]) ? given[i].join(",") : given[i];
      if (chosen && chosen !== fields[name]) {
        asked.set(name, chosen);
      }
    });
    const query = asked.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return "/series/" + key.map(encodeURIComponent).join("/") + (query && "?" + query);
  }

  // Fetches an answer; whatever goes wrong is said on the page, which keeps what it showed before.
  async function fetched(address) {
    try {
      const answered = await fetch(address);
      if (answered.ok) {
        trouble("");
        return await answered.json();
      }
      const said = await answered.json().catch(() => ({}));
      trouble(said.error || "The server could not answer (" + answered.status + ").");
    } catch {
      trouble("The server cannot be reached.");
    }
    return null;
  }

  function trouble(why) {
    const said = why && why + " What stands below is older than what was asked for; change a filter to try again.";
    window.dash_clientside.set_props("series-trouble", { children: said });
  }

  // Puts the question into the reader's address and fetches its answer; an answer that a later question has overtaken
  // is dropped.
  let asking = 0;
  async function ask_series(...given) {
    const path = address(given.pop(), given);
    const turn = ++asking;
    window.dash_clientside.trooptally.permalink(path);
    const answer = await fetched("/api/v1/views" + path);
    return turn !== asking || !answer ? window.dash_clientside.no_update : answer;
  }

  let looking = 0;
  async function ask_behind(component, basis, known_at, estimate, key) {
    const asked = new URLSearchParams({ component, basis, known_at, estimate });
    const turn = ++looking;
    const answer = await fetched("/api/v1/views/behind/" + key.map(encodeURIComponent).join("/") + "?" + asked);
    if (turn === looking && answer) {
      window.dash_clientside.set_props("series-behind", { data: answer });
    }
    return window.dash_clientside.no_update;
  }

  // The slider and the field beside it say the same; the slider's right end is now, which the address leaves out.
  function known_at(text, place, stops) {
    const slid = window.dash_clientside.callback_context.triggered_id === "series-slider";
    const chosen = slid ? (place >= stops.length ? "" : stops[place]) : text || "";
    const shown = chosen ? stops.filter((stop) => stop <= chosen).length - 1 : stops.length;
    const left = window.dash_clientside.no_update;
    const stand = Math.max(0, shown);
    return [chosen === (text || "") ? left : chosen, stand === place ? left : stand, stood(chosen, shown, stops)];
  }

  function stood(chosen, shown, stops) {
    if (!chosen) {
      return "now";
    }
    const [day, time] = chosen.split("T");
    const at = window.trooptally.as_of(day) + (time ? ", " + time.slice(0, 5) + " UTC" : "");
    const first = stops.length ? window.trooptally.as_of(stops[0].slice(0, 10)) : "";
    return shown < 0 && first ? at + ": before anything was recorded here (" + first + ")" : "as it stood on " + at;
  }

  // A mark of a condensed chart carries its time; choosing it opens that time.
  function open_period(click) {
    const point = click && click.points && click.points[0];
    const period = point && Array.isArray(point.customdata) && String(point.customdata[0]).split("/");
    if (period && period.length === 2) {
      window.dash_clientside.set_props("series-from", { value: period[0] });
      window.dash_clientside.set_props("series-to", { value: period[1] });
    }
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.trooptally = { ...window.dash_clientside.trooptally, show_series, ask_series, ask_behind, known_at, open_period };
  window.dash_clientside.trooptally.chart_of = (answer, behind) => figure(answer, behind, reader(answer.claims));
})();
