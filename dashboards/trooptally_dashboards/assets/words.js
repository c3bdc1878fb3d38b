// Says figures, dates and standings in words, as trooptally_dashboards.words does; the closed words come with the page.
(function () {
  "use strict";

  const block = document.getElementById("trooptally-words");
  const words = block ? JSON.parse(block.textContent) : {};
  const dated = /^(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([~?%]?)$/;

  // The reader's language as the server knows it from the same setting; what is not named there is plain English.
  const groups = words.groups || {};
  const language = (navigator.languages && navigator.languages[0]) || navigator.language || "";
  const apart = groups[language] || groups[language.split("-")[0]] || ",";
  const month_first = (words.month_first || []).includes(language);

  const number = (people) => people.toLocaleString("en-US").replaceAll(",", apart);
  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const known = (value) => value !== null && value !== undefined;

  function figure(low, point, high, hedge) {
    if (known(low) && known(high) && low !== high) {
      return number(low) + "\u2013" + number(high);
    }
    const named = [point, low, high].find(known);
    if (named === undefined) {
      return "no figure";
    }
    if (named === 0 && (hedge === "exact" || !known(hedge))) {
      return "0 (none)";
    }
    return (words.hedged[hedge || "exact"] || "{}").replace("{}", number(named));
  }

  const missing = (reason) => words.missing[reason || "not_stated"] || words.missing.not_stated;

  function day(edtf) {
    const found = dated.exec(edtf);
    if (!found) {
      return edtf;
    }
    const [, year, month, date, doubt] = found;
    const named = month && words.months[Number(month) - 1];
    const parts = month_first && date ? [named, Number(date) + ",", year] : [date && String(Number(date)), named, year];
    return words.doubts[doubt].replace("{}", parts.filter(Boolean).join(" "));
  }

  function as_of(edtf) {
    if (!edtf) {
      return "no date given";
    }
    const at = edtf.indexOf("/");
    if (at < 0) {
      return day(edtf);
    }
    const [first, last] = [edtf.slice(0, at), edtf.slice(at + 1)];
    if (last === "" || last === "..") {
      return "from " + day(first);
    }
    return first === "" || first === ".." ? "until " + day(last) : day(first) + " to " + day(last);
  }

  // What is counted, leaving unsaid what is the rule (military people, basis not stated).
  function kind(measure, component, basis) {
    const parts = [words.measures[measure] || measure];
    if (component !== "military") {
      parts.push(words.components[component] || component);
    }
    if (basis !== "unstated") {
      parts.push(words.bases[basis] || basis);
    }
    return parts.join(", ");
  }

  // A class that makes a number, zero, withheld and not reported look different everywhere.
  function look(low, point, high, reason) {
    if (![low, point, high].some(known)) {
      return reason === "withheld" ? "withheld" : "unreported";
    }
    return low === 0 && point === 0 && high === 0 ? "zero" : "number";
  }

  // Text that a chart prints as it stands: no mark-up, no template fields.
  const plain = (text) =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replaceAll("%{", "%\u200b{");

  window.trooptally = { number, capital, figure, missing, as_of, kind, look, plain, measures: words.measures };
})();
