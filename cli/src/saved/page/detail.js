// What is drawn of a single reference. Every text is set as text, so that none of it is ever mark-up.

/** An element with attributes and content; what is no element is text. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((part) => part !== undefined && part !== ""));
  return made;
}

/** A share from 0 to 1 as a bar, which the number beside it tells too. */
function bar(share, kind) {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  const filled = document.createElementNS(space, "rect");
  const set = (target, attributes) => {
    for (const [key, value] of Object.entries(attributes)) target.setAttribute(key, value);
  };
  set(drawn, { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: "bar" });
  set(filled, { width: (100 * Math.min(1, Math.max(0, share))).toFixed(1), height: "10", class: kind });
  drawn.append(filled);
  return drawn;
}

function percent(share) {
  return `${Math.round(100 * share)}\u00a0%`;
}

/** A weight to one decimal, with its sign; what rounds to zero has none. */
function signed(weight) {
  const shown = Math.abs(weight).toFixed(1);
  return shown === "0.0" ? shown : `${weight < 0 ? "−" : "+"}${shown}`;
}

/** The sentence of a reference with the mention marked; `most` letters on each side of it. */
function sentence(reference, most) {
  const [before, after] = reference.detail || ["", ""];
  const start = before.length > most ? "…" + before.slice(-most) : before;
  const end = after.length > most ? after.slice(0, most) + "…" : after;
  return [start, element("mark", {}, reference.text), end];
}

/** What a reference may be, in a few words. */
function mayBe(reference, system) {
  if (system) {
    const share = probability(reference, system);
    return [`${percent(share)} `, bar(share, "first"), element("div", { class: "about" }, reasons(reference, system))];
  }
  if (reference.state === "named") return [`named: ${reference.names.join(", ")}`];
  const best = reference.candidates[0];
  if (reference.answer) {
    return [`${reference.answer.name} ${percent(reference.answer.probability)} `, bar(reference.answer.probability, "first")];
  }
  const guess = best && `at best ${best.system.name} ${percent(best.probability)}`;
  return ["could not be identified", element("div", { class: "about" }, guess || "nothing fits")];
}

/** The clues that speak most for a system. */
function reasons(reference, system) {
  const at = reference.candidates.findIndex((candidate) => candidate.system === system);
  const told = reference.detail && reference.detail[8][at];
  if (!told) return "";
  return clues(told).filter(({ weight, text }) => weight > 0 && !text.startsWith("prior:")).slice(0, 3)
    .map(({ text }) => text).join("; ");
}

/** The clues of one candidate with their weights. */
function clues(told) {
  const found = [];
  for (let at = 0; at < told.length; at += 2) found.push({ text: data.clues[told[at]], weight: told[at + 1] });
  return found;
}

/** Everything that the page knows of a reference. */
function details(reference) {
  const made = element("div", { class: "detail" });
  if (!reference.detail) {
    const part = data.parts.filter(([first]) => first <= reference.number).pop();
    const told = "Its sentence and the evidence are not on this page, which would grow too long";
    if (part) {
      const target = `${part[1]}#state=any&level=any&open=${reference.number}`;
      made.append(element("p", {}, `${told}: `, element("a", { href: target }, `they stand in ${part[1]}`), "."));
    } else {
      made.append(element("p", {}, `${told}.`));
    }
  } else {
    made.append(element("blockquote", {}, ...sentence(reference, Infinity)), place(reference));
  }
  if (reference.state === "named") {
    made.append(element("p", {}, `The paper names it elsewhere: ${reference.names.join(", ")}.`));
    return made;
  }
  const list = element("ul", { class: "candidates" });
  reference.candidates.forEach((candidate, at) => list.append(drawCandidate(reference, candidate, at)));
  const rest = 1 - reference.unknown - reference.candidates.reduce((sum, { probability }) => sum + probability, 0);
  if (rest >= 0.005) list.append(drawShare("other systems, each less probable", rest, "apart"));
  list.append(drawShare("unknown: none in the catalogue", reference.unknown, "apart"));
  made.append(list);
  return made;
}

function drawShare(name, share, kind) {
  return element("li", {}, element("div", { class: "share" }, element("span", {}, name), bar(share, kind), percent(share)));
}

function drawCandidate(reference, candidate, at) {
  const link = element("a", { href: address({ ...NOTHING_ASKED, system: candidate.system.key }) }, candidate.system.name);
  const share = element("div", { class: "share" }, link, bar(candidate.probability, "first"), percent(candidate.probability));
  const made = element("li", {}, share);
  const told = reference.detail ? clues(reference.detail[8][at] || []) : [];
  if (told.length) {
    const list = element("ul", { class: "clues" });
    for (const { text, weight } of told) {
      list.append(element("li", {}, `${text} (${signed(weight)})`));
    }
    made.append(list);
  }
  return made;
}

/** Where a reference stands, and what else is told of it. */
function place(reference) {
  const [, , file, line, column, page, section, suppressed] = reference.detail;
  const { paper } = reference;
  const name = data.words[file] || paper.id;
  const told = [`${name}, line ${line}, column ${column}`];
  if (page) told.push(`page ${page}`);
  if (data.words[section]) told.push(`section: ${data.words[section]}`);
  told.push([reference.kind, reference.type].join(" "), `${reference.state}, ${reference.level}`);
  told.push(`${percent(reference.confidence)} sure that it is one particular system that the paper never names`);
  if (suppressed) told.push(`suppressed by ${suppressed}`);
  if (paper.organisations.length) told.push(`authors at ${paper.organisations.slice(0, 8).join("; ")}`);
  return element("p", { class: "about" }, told.join(" · "));
}
