// Draws a series from the server's answer: the claims come once, as columns, and chart and table point into them.
(function () {
  "use strict";

  const headings = ["As of", "Figure", "What", "Said by", "Published by", "Published on", "Standing"];
  const fields = { measure: "", component: "", status: "all", rank: "best", by: "origin", scale: "linear", known_at: "", estimate: "on" };
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
      trace.customdata ? { ...trace, customdata: trace.customdata.map((row) => card(get, row)) } : trace,
    );
    layout.shapes = [...layout.shapes, ...(behind ? behind.shapes : [])];
    layout.annotations = [...layout.annotations, ...(behind ? behind.annotations : [])];
    const axis = layout.meta.level;
    const estimate = axis && behind ? behind.data.map((trace) => ({ ...trace, yaxis: axis })) : [];
    return { data: [...estimate, ...claims], layout: estimate.length ? reaching(layout, axis, estimate) : layout };
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
    const at = "/api/v1" + window.location.pathname;
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
    const caption = counted + (rows.length < claims ? " in " + window.trooptally.number(rows.length) + " rows" : "");
    return window.dash_clientside.trooptally.table({ caption: caption + ", latest first", headings, rows });
  }

  function show_series(answer, behind) {
    if (!answer) {
      return Array(6).fill(window.dash_clientside.no_update);
    }
    const get = reader(answer.claims);
    const legend = window.dash_clientside.trooptally.legend(answer.legend);
    const notes = behind ? behind.notes.map((note) => element("P", { children: note })) : [];
    return [answer.sentence, figure(answer, behind, get), legend, table(answer, get), notes, downloads()];
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

  // Puts the question into the reader's address and fetches its answer; an answer that a later question has overtaken
  // is dropped.
  let asking = 0;
  async function ask_series(...given) {
    const path = address(given.pop(), given);
    const turn = ++asking;
    window.dash_clientside.trooptally.permalink(path);
    const answered = await fetch("/api/v1/views" + path);
    if (turn !== asking || !answered.ok) {
      return window.dash_clientside.no_update;
    }
    return answered.json();
  }

  async function ask_behind(component, known_at, estimate, key) {
    const asked = new URLSearchParams({ component, known_at, estimate });
    const answered = await fetch("/api/v1/views/behind/" + key.map(encodeURIComponent).join("/") + "?" + asked);
    return answered.ok ? answered.json() : window.dash_clientside.no_update;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.trooptally = { ...window.dash_clientside.trooptally, show_series, ask_series, ask_behind };
  window.dash_clientside.trooptally.chart_of = (answer, behind) => figure(answer, behind, reader(answer.claims));
})();
