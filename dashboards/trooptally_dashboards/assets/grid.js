// The grid of many rows: blocks pasted from a spreadsheet, what would become of each row, and the way to what is wrong.
(function () {
  "use strict";

  const none = () => window.dash_clientside.no_update;
  // Asked for before it has been drawn, the grid would complain.
  const grid = () => document.querySelector("#rows-grid .ag-root") && window.dash_ag_grid.getApi("rows-grid");
  const FEWEST = 8; // empty rows that are always there to type in
  let fates = {}; // by the row's id: {fate, why, wrong}; beside the grid, so that its own undo survives
  let next_id = 1;

  const fields = (api) => api.getColumns().map((one) => one.getColId()).filter((id) => !["fate", "why"].includes(id));
  const blank = (row) => !row || !Object.entries(row).some(([name, cell]) => name !== "id" && String(cell || "").trim());

  function nodes(api) {
    const found = [];
    api.forEachNode((node) => found.push(node));
    return found;
  }

  // What the server looks at, and what this browser keeps: every row with anything in it.
  function cells(api) {
    return nodes(api).map((node) => node.data).filter((row) => !blank(row)).map((row) => ({ ...row }));
  }

  const fresh = (many) => Array.from({ length: many }, () => ({ id: "r" + next_id++ }));

  function fill_up(api) {
    const last = nodes(api).reverse().findIndex((node) => !blank(node.data));
    const free = last === -1 ? nodes(api).length : last;
    if (free < 2) {
      api.applyTransaction({ add: fresh(FEWEST) });
    }
  }

  let waiting = 0;
  function look_soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const api = grid();
      if (api && api.getEditingCells().length) {
        look_soon(); // what is being typed into a cell is not cut off; it is looked at with the rest
      } else if (api) {
        fill_up(api);
        window.dash_clientside.set_props("rows-cells", { data: cells(api) });
      }
    }, 250);
  }

  // Whoever saves right after typing means what they see, the last cell included.
  document.addEventListener(
    "click",
    (event) => {
      const api = event.target.closest && event.target.closest("#rows-save") && grid();
      if (api) {
        api.stopEditing();
        window.dash_clientside.set_props("rows-cells", { data: cells(api) });
      }
    },
    true,
  );

  function changed() {
    look_soon();
    return none();
  }

  // Rows that the server has read out of a pasted text go behind those that are there.
  function add_rows(added) {
    const api = grid();
    if (!api || !added || !added.length) {
      return none();
    }
    const empty = nodes(api).filter((node) => blank(node.data)).map((node) => node.data);
    const many = fresh(added.length).map((row, i) => ({ ...row, ...added[i] }));
    api.applyTransaction({ remove: empty, add: many });
    look_soon();
    return "";
  }

  function restore(ready, kept) {
    const api = grid();
    if (ready && api && kept && kept.length && nodes(api).every((node) => blank(node.data))) {
      api.applyTransaction({ remove: nodes(api).map((node) => node.data), add: kept.map((row, i) => ({ ...row, ...fresh(1)[0] })) });
      look_soon();
    }
    return none();
  }

  function empty(clicks, saved) {
    const api = grid();
    const pressed = window.dash_clientside.callback_context.triggered_id;
    if (api && (pressed === "rows-clear" ? clicks : saved)) {
      fates = {};
      api.applyTransaction({ remove: nodes(api).map((node) => node.data), add: fresh(FEWEST) });
      window.dash_clientside.set_props("rows-cells", { data: [] });
    }
    return none();
  }

  function show_fates(seen) {
    fates = seen || {};
    const api = grid();
    if (api) {
      api.refreshCells({ force: true });
    }
    return none();
  }

  // On to the next row that is refused or doubtful, at the cell that is wrong.
  function next_wrong(clicks) {
    const api = grid();
    if (!clicks || !api) {
      return none();
    }
    const many = nodes(api);
    const here = api.getFocusedCell();
    const from = here ? here.rowIndex + 1 : 0;
    const order = [...many.slice(from), ...many.slice(0, from)];
    const rank = (node) => ["refused", "draft", "flagged"].indexOf((fates[node.data.id] || {}).fate);
    const worst = order.find((node) => rank(node) === 0) || order.find((node) => rank(node) > 0);
    if (worst) {
      const wrong = fates[worst.data.id].wrong || [];
      const column = fields(api).find((name) => wrong.includes(name)) || fields(api)[0];
      api.ensureIndexVisible(worst.rowIndex, "middle");
      api.ensureColumnVisible(column);
      api.setFocusedCell(worst.rowIndex, column);
    }
    return none();
  }

  function remove_row(clicks) {
    const api = grid();
    const here = api && api.getFocusedCell();
    const node = here && api.getDisplayedRowAtIndex(here.rowIndex);
    if (clicks && node) {
      api.applyTransaction({ remove: [node.data] });
      look_soon();
      const stays = api.getDisplayedRowAtIndex(Math.min(here.rowIndex, api.getDisplayedRowCount() - 1));
      if (stays) {
        api.setFocusedCell(stays.rowIndex, here.column);
      }
    }
    return none();
  }

  // A block pasted onto a cell fills the cells to the right and below; one with all columns is read by the server,
  // which knows headers and their other names.
  function paste(event) {
    const api = grid();
    const place = document.getElementById("rows-grid");
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!api || !place || !place.contains(document.activeElement) || !text || api.getEditingCells().length) {
      return;
    }
    const here = api.getFocusedCell();
    const names = fields(api);
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    event.preventDefault();
    const first = here ? names.indexOf(here.column.getColId()) : 0;
    if (first <= 0 && block[0].length > 3) {
      window.dash_clientside.set_props("rows-pasted", { value: text });
      return;
    }
    const many = nodes(api);
    const start = here ? here.rowIndex : 0;
    const update = [];
    const add = [];
    block.forEach((line, at) => {
      const node = api.getDisplayedRowAtIndex(start + at);
      const row = node ? { ...node.data } : fresh(1)[0];
      line.forEach((cell, i) => names[first + i] && (row[names[first + i]] = cell.trim()));
      (node && many.includes(node) ? update : add).push(row);
    });
    api.applyTransaction({ update, add });
    look_soon();
  }

  document.addEventListener("paste", paste, true);

  // Functions that the grid's column definitions name.
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.rowFate = (params) => (params.data && fates[params.data.id] ? fates[params.data.id].fate : "");
  functions.rowWhy = (params) => (params.data && fates[params.data.id] ? fates[params.data.id].why : "");
  functions.cellIsWrong = (params) => {
    const seen = params.data && fates[params.data.id];
    return Boolean(seen && (seen.wrong || []).includes(params.colDef.field));
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.grid = { changed, add_rows, restore, empty, show_fates, next_wrong, remove_row };
})();
