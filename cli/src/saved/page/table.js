// The table: drawn from what fits the address, and the address from what the reader asks for.

const PER_PAGE = 50;
/** How many letters of a sentence a closed row shows on each side of the mention. */
const CLOSED = 90;
const by = (id) => document.getElementById(id);
const FIELDS = ["q", "system", "organisation", "year", "state", "level", "least"];

/** Columns by view: what they are sorted by, their titles. */
const COLUMNS = {
  references: [["mention", "Reference"], ["paper", "Paper"], ["date", "Date"], ["probability", "May be"], ["confidence", "Sure"]],
  papers: [["paper", "Paper"], ["date", "Date"], ["organisation", "Organisations"], ["count", "References"], ["probability", "May be"]],
  systems: [["system", "System"], ["expected", "Expected"], ["count", "References"], ["papers", "Papers"]],
};
const TITLES = { references: "References", papers: "Papers", systems: "Systems" };
/** Columns whose largest values come first. */
const LARGEST_FIRST = ["date", "probability", "confidence", "count", "expected", "papers"];

let drawnView = "";

/** The items of a view, sorted, and how one is drawn. */
function itemsOf(wanted, { found, system }) {
  if (wanted.view === "papers") {
    const groups = grouped(found, (reference) => [reference.paper]);
    const best = ([, list]) => Math.max(...list.map(({ share }) => share));
    const items = sorted(groups, wanted.sort || (system ? "-probability" : "-count"), {
      paper: ([paper]) => paper.title, date: ([paper]) => paper.date, count: ([, list]) => list.length,
      organisation: ([paper]) => paper.organisations.join(), probability: best,
    });
    return { items, draw: (group) => drawPaper(group, system) };
  }
  if (wanted.view === "systems") {
    const groups = grouped(found, (reference) => reference.candidates.map((candidate) => candidate.system));
    const rows = groups.map(([of, list]) => ({
      of, count: list.length, sum: expected(list, of), papers: new Set(list.map((reference) => reference.paper)).size,
    }));
    const items = sorted(rows, wanted.sort || "-expected", {
      system: (row) => row.of.name, expected: (row) => row.sum, count: (row) => row.count, papers: (row) => row.papers,
    });
    return { items, draw: (row) => drawSystem(row, wanted) };
  }
  const items = sorted(found, wanted.sort || (system ? "-probability" : ""), {
    mention: (reference) => reference.text, paper: ({ paper }) => paper.title, date: ({ paper }) => paper.date,
    probability: ({ share }) => share, confidence: (reference) => reference.confidence,
  });
  return { items, draw: (reference) => drawReference(reference, system) };
}

function cell(...content) {
  return element("td", { role: "cell" }, ...content);
}

/** A cell that tells what it counts where there are no columns. */
function labelled(label, content) {
  return element("td", { role: "cell", "data-label": label }, content);
}

/** A row, and below it one that holds what `inside` draws when the row is opened. */
function openable(id, button, first, cells, inside) {
  const row = element("tr", { role: "row" }, cell(button, ...first), ...cells);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const opens = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", String(opens));
    if (opens) {
      const whole = element("td", { role: "cell", colspan: String(cells.length + 1) }, inside());
      row.after(element("tr", { role: "row", class: "opened" }, whole));
    } else {
      row.nextElementSibling.remove();
    }
    if (id) history.replaceState(null, "", address({ ...asked(), open: opens ? id : "" }));
  });
  return row;
}

function drawReference(reference, system) {
  const { paper } = reference;
  const button = element("button", { type: "button", class: "open" }, element("span", { class: "hidden" }, `Details of ${reference.text}`));
  const date = paper.date || element("span", { class: "about" }, "no date");
  const cells = [
    cell(paper.title, element("div", { class: "about" }, paper.id === paper.title ? "" : paper.id)),
    cell(date),
    cell(...mayBe(reference, system)),
    reference.state === "named" ? cell("") : labelled("Sure", percent(reference.confidence)),
  ];
  const row = openable(String(reference.number), button, sentence(reference, CLOSED), cells, () => details(reference));
  row.dataset.number = String(reference.number);
  return row;
}

function drawPaper([paper, list], system) {
  const button = element("button", { type: "button", class: "open" }, element("span", { class: "hidden" }, `References of ${paper.title}`));
  const names = list.map((reference) => (reference.answer ? reference.answer.name : reference.names.join(", "))).filter(Boolean);
  const best = Math.max(...list.map(({ share }) => share));
  const told = system ? percent(best) : [...new Set(names)].slice(0, 4).join(", ") || "could not be identified";
  const organisations = paper.organisations.slice(0, 3).join("; ") + (paper.organisations.length > 3 ? "; …" : "");
  const cells = [cell(paper.date), cell(organisations), labelled("References", whole(list.length)), cell(told)];
  const first = [paper.title, element("div", { class: "about" }, paper.id === paper.title ? "" : paper.id)];
  return openable("", button, first, cells, () => element("div", {}, ...list.slice(0, PER_PAGE).map(details)));
}

/** A number with its thousands set apart. */
function whole(number) {
  return number.toLocaleString("en");
}

/** A sum of probabilities, to one decimal. */
function decimal(sum) {
  return sum.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function drawSystem(row, wanted) {
  const target = address({ ...wanted, system: row.of.key, view: "references", sort: "", page: "1", open: "" });
  return element("tr", { role: "row" },
    cell(element("a", { href: target }, row.of.name)), labelled("Expected", decimal(row.sum)),
    labelled("References", whole(row.count)), labelled("Papers", whole(row.papers)));
}

function drawHead(wanted) {
  if (drawnView !== wanted.view) {
    drawnView = wanted.view;
    const heads = COLUMNS[wanted.view].map(([key, title]) => {
      const button = element("button", { type: "button" }, title);
      button.addEventListener("click", () => {
        const now = asked();
        const largest = LARGEST_FIRST.includes(key);
        const first = largest ? `-${key}` : key;
        ask({ ...now, sort: now.sort === first ? (largest ? key : `-${key}`) : first, page: "1", open: "" });
      });
      return element("th", { role: "columnheader", scope: "col", "data-key": key }, button);
    });
    by("table").tHead.replaceChildren(element("tr", { role: "row" }, ...heads));
  }
  for (const head of by("table").tHead.rows[0].cells) {
    const isSorted = wanted.sort.replace(/^-/, "") === head.dataset.key;
    if (isSorted) head.setAttribute("aria-sort", wanted.sort.startsWith("-") ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}

/** What stands above the table: of one system its name, and what is expected of it. */
function drawTitle(wanted, result) {
  const { found, elsewhere, system } = result;
  const inPapers = new Set(found.map((reference) => reference.paper)).size;
  const counted = (number, one) => `${whole(number)} ${one}${number === 1 ? "" : "s"}`;
  const count = `${counted(found.length, "reference")} in ${counted(inPapers, "paper")}`;
  const told = [];
  if (system) {
    told.push(`Papers that may use ${system.name} and do not say so. Expected number of references: ${decimal(expected(found, system))}. `);
    told.push(element("a", { href: "#view=systems" }, "All systems"));
  } else if (wanted.system) {
    told.push(`No reference here may be "${wanted.system}".`);
    const near = nearestSystems(wanted.system);
    near.forEach((one, at) => told.push(at ? ", " : " Did you mean ", element("a", { href: address({ ...wanted, system: one.key }) }, one.name)));
    if (near.length) told.push("?");
  }
  by("told").replaceChildren(...told);
  by("browse-title").textContent = system ? system.name : TITLES[wanted.view];
  document.title = system ? `${system.name}: papers that may use it nameless` : PAGE_TITLE;
  const more = elsewhere && element("a", { href: address({ ...wanted, level: "any", page: "1", open: "" }) }, `${whole(elsewhere)} more of other levels`);
  by("count").replaceChildren(count + (more ? "; " : ""), ...(more ? [more] : []));
  const pictures = by("pictures");
  if (pictures) pictures.hidden = Boolean(wanted.system);
}

/** Draws all that the address asks for. */
function show() {
  const wanted = asked();
  if (!Object.hasOwn(COLUMNS, wanted.view)) wanted.view = "references";
  for (const id of FIELDS) {
    const field = by(id);
    const value = id === "system" && findSystem(wanted.system) ? findSystem(wanted.system).name : wanted[id];
    if (field !== document.activeElement && field.value !== value) field.value = value;
  }
  for (const view of Object.keys(COLUMNS)) {
    const link = by(`view-${view}`);
    link.href = address({ ...wanted, view, sort: "", page: "1", open: "" });
    if (view === wanted.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const result = fitting(wanted);
  drawTitle(wanted, result);
  drawHead(wanted);
  const { items, draw } = itemsOf(wanted, result);
  const opened = wanted.open ? items.findIndex((item) => String(item.number) === wanted.open) : -1;
  const last = Math.max(1, Math.ceil(items.length / PER_PAGE));
  const jump = opened >= 0 && wanted.page === "1" ? Math.floor(opened / PER_PAGE) + 1 : Number(wanted.page);
  const page = Math.min(last, Math.max(1, Math.floor(jump) || 1));
  by("table").tBodies[0].replaceChildren(...items.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(draw));
  by("page-told").textContent = `page ${whole(page)} of ${whole(last)}`;
  by("previous").disabled = page === 1;
  by("next").disabled = page === last;
  by("pages").hidden = last === 1;
  by("pages").dataset.page = String(page);
  const row = wanted.open && document.querySelector(`tr[data-number="${CSS.escape(wanted.open)}"]`);
  if (row) {
    row.querySelector("button").click();
    row.scrollIntoView({ block: "start" });
  }
}

/** Asks for something by the address, so that the reader can go back and pass it on. */
function ask(wanted) {
  history.pushState(null, "", address(wanted));
  show();
}

function turnTo(step) {
  ask({ ...asked(), page: String(Number(by("pages").dataset.page) + step), open: "" });
  by("browse-title").focus();
}

function fillChoices() {
  const years = [...new Set(papers.map((paper) => paper.date.slice(0, 4)).filter(Boolean))].sort().reverse();
  by("year").append(...years.map((year) => element("option", {}, year)));
  const names = (list) => [...new Set(list)].sort((a, b) => a.localeCompare(b)).map((value) => element("option", { value }));
  by("system-names").append(...names(systems.map((system) => system.name)));
  by("organisation-names").append(...names(data.organisations));
}

const PAGE_TITLE = document.title;
fillChoices();
for (const id of FIELDS) {
  by(id).addEventListener("input", () => {
    const value = id === "system" && findSystem(by(id).value) ? findSystem(by(id).value).key : by(id).value;
    const wanted = { ...asked(), [id]: value, page: "1", open: "" };
    // Typing would fill the history with every letter.
    history.replaceState(null, "", address(wanted));
    show();
  });
}
by("filters").addEventListener("submit", (event) => event.preventDefault());
by("previous").addEventListener("click", () => turnTo(-1));
by("next").addEventListener("click", () => turnTo(1));
addEventListener("hashchange", () => {
  show();
  if (!asked().open) by("browse-title").focus();
  by("browse").scrollIntoView();
});
if (by("plain")) by("plain").remove();
by("browse").hidden = false;
show();
prepareSearch();
if (location.hash.length > 1 && !asked().open) by("browse").scrollIntoView();
