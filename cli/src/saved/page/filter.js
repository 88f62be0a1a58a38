"use strict";
// The data of the page, what the address asks of it, and the references that fit.

const data = JSON.parse(document.getElementById("data").textContent);

/** What is asked where the address says nothing. */
const NOTHING_ASKED = {
  q: "", system: "", organisation: "", year: "", state: "nameless", level: "", least: "",
  view: "references", sort: "", page: "1", open: "",
};

const papers = data.papers.map(([id, title, date, organisations]) => ({
  id,
  title: title || id,
  date: date || "",
  organisations: organisations.map((number) => data.organisations[number]),
  // In lower case, as filters compare them.
  places: organisations.map((number) => data.organisations[number].toLowerCase()),
}));

const systems = data.systems.map(([key, name]) => ({ key, name, spelled: spelling(name) }));

const references = data.references.map((row, index) => {
  const [paper, state, level, kind, type, confidence, text, unknown, answer, names, shares] = row;
  const candidates = [];
  for (let at = 0; at < shares.length; at += 2) {
    candidates.push({ system: systems[shares[at]], probability: shares[at + 1] });
  }
  return {
    number: data.first + index,
    detail: data.details[index],
    paper: papers[paper],
    state: data.words[state],
    level: data.words[level],
    kind: data.words[kind],
    type: data.words[type],
    answer: answer && { name: answer[0], probability: answer[1] },
    confidence, text, unknown, names, candidates,
  };
});

/** What the address asks. What it does not know is left alone. */
function asked() {
  const found = { ...NOTHING_ASKED };
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (Object.hasOwn(found, key)) found[key] = value;
  }
  return found;
}

/** The address that asks for something. */
function address(wanted) {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(wanted)) {
    if (value !== NOTHING_ASKED[key]) said.set(key, value);
  }
  return "#" + (said.toString() || "view=references");
}

/** A name without case, blanks and hyphens: equal for spellings of one name. */
function spelling(name) {
  return name.toLowerCase().replace(/[\s_\u2010-\u2013-]/g, "");
}

/** The system of an id or a name; undefined where none is called so. */
function findSystem(wanted) {
  const key = spelling(wanted);
  return systems.find((system) => system.key === wanted)
    || systems.find((system) => system.spelled === key || spelling(system.key) === key);
}

/** The systems whose names are nearest to a text, at most three. */
function nearestSystems(wanted) {
  const key = spelling(wanted).slice(0, 60);
  const distance = (system) => {
    const name = system.spelled.slice(0, 60);
    return name.includes(key) || key.includes(name) ? 1 : edits(name, key);
  };
  return systems
    .map((system) => ({ system, away: distance(system) }))
    .filter(({ away }) => away <= Math.max(2, key.length / 3))
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ system }) => system);
}

/** How many letters must change to make one text of the other. */
function edits(one, other) {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const change = above[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1);
      line.push(Math.min(above[at] + 1, line[at - 1] + 1, change));
    }
    above = line;
  }
  return above[other.length];
}

/** How probable it is that a reference is a system; without a system, what it is most likely to be. */
function probability(reference, system) {
  if (system) {
    const found = reference.candidates.find((candidate) => candidate.system === system);
    return found ? found.probability : -1;
  }
  if (reference.answer) return reference.answer.probability;
  return reference.candidates.length ? reference.candidates[0].probability : 0;
}

/** All that a search looks through, kept once it was asked for. */
function searched(reference) {
  if (reference.searched === undefined) {
    const { paper, text, detail } = reference;
    const sentence = detail ? detail[0] + text + detail[1] : text;
    reference.searched = [sentence, paper.title, paper.id, reference.names.join(" ")].join("\n").toLowerCase();
  }
  return reference.searched;
}

/** Makes the first search as quick as others, a few references at a time, so that nobody waits for it. */
function prepareSearch(from = 0) {
  references.slice(from, from + 250).forEach(searched);
  if (from < references.length) setTimeout(prepareSearch, 20, from + 250);
}

function fitsState(reference, state) {
  if (state === "any") return true;
  return state === "nameless" ? reference.state !== "named" : reference.state === state;
}

function fitsLevel(reference, level) {
  if (level === "any") return true;
  if (level) return reference.level === level;
  return reference.state === "named" || !["hint", "note", "suppressed"].includes(reference.level);
}

/** The references that fit, in the order that is asked for, and how many of them other levels have. */
function fitting(wanted) {
  const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  const organisation = wanted.organisation.toLowerCase();
  const system = findSystem(wanted.system);
  const least = Number(wanted.least) / 100 || 0;
  const found = [];
  let elsewhere = 0;
  if (wanted.system && !system) return { found, elsewhere, system };
  for (const reference of references) {
    const { paper } = reference;
    if (!fitsState(reference, wanted.state)) continue;
    if (wanted.year && !paper.date.startsWith(wanted.year)) continue;
    reference.share = probability(reference, system);
    if ((system || least) && reference.share < least) continue;
    if (organisation && !paper.places.some((name) => name.includes(organisation))) continue;
    if (words.length && !words.every((word) => searched(reference).includes(word))) continue;
    if (fitsLevel(reference, wanted.level)) found.push(reference);
    else elsewhere += 1;
  }
  return { found, elsewhere, system };
}

/** References by what `key` gives for them, as [what, references]. */
function grouped(found, key) {
  const groups = new Map();
  for (const reference of found) {
    for (const what of key(reference)) {
      if (!groups.has(what)) groups.set(what, []);
      groups.get(what).push(reference);
    }
  }
  return [...groups];
}

/** The expected number of references that are a system. */
function expected(found, system) {
  return found.reduce((sum, reference) => sum + Math.max(0, probability(reference, system)), 0);
}

const ALPHABET = new Intl.Collator("en");

/** Sorts by one of some keys; a minus before its name turns the order round. */
function sorted(list, sort, keys) {
  const key = keys[sort.replace(/^-/, "")];
  if (!key) return list;
  const turn = sort.startsWith("-") ? -1 : 1;
  const order = (a, b) => (typeof a === "string" ? ALPHABET.compare(a, b) : a - b);
  return list
    .map((item, at) => ({ item, at, by: key(item) }))
    .sort((a, b) => turn * order(a.by, b.by) || a.at - b.at)
    .map(({ item }) => item);
}
