"""Results of a scan, made up: a few with hostile texts, or as many as a large collection has."""

import json
import random

HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\" onmouseover=\"window.hacked=1\" x=\"",
    "'><svg onload=window.hacked=1>",
    "<!--<script>window.hacked=1//",
    "javascript:window.hacked=1",
    "safe\u202egnp.exe\u2066 and \u200bhidden",
    "&lt;b&gt; {{1+1}} ${1+1} \\u003c",
]

SYSTEMS = [("lamda", "LaMDA", "Google"), ("gopher", "Gopher", "DeepMind"), ("gpt-4", "GPT-4", "OpenAI"),
           ("palm", "PaLM", "Google"), ("llama-2", "Llama 2", "Meta"), ("claude-2", "Claude 2", "Anthropic")]
WORDS = "the model was asked to grade every essay of a school and its answers were read by two people".split()


def mention(text, line):
    return {"kind": "described", "type": "model", "text": text, "start": 0, "end": len(text), "line": line,
            "column": 3, "section": "method", "attributes": {"access": ["internal"], "count": 1}}


def reference(number, shares, unknown, level="warning", sentence=("We asked ", " to answer.")):
    candidates = [
        {"system": key, "name": name, "probability": share, "evidence": [
            {"clue": "parameters", "detail": f"137B is 137B of {name}", "weight": 3.9},
            {"clue": "organisation", "detail": f"every author is at {maker}", "weight": 2.1},
            {"clue": "access", "detail": "internal is hardly open", "weight": -0.04},
            {"clue": "prior", "detail": f"{round(share * 1000)} papers of the sample name it", "weight": -4.1}]}
        for (key, name, maker), share in shares]
    best = shares[0] if shares and shares[0][1] > unknown else None
    answer = best and {"level": "system", "id": best[0][0], "name": best[0][1], "probability": best[1]}
    return {"id": number, "state": "linked" if best else "unresolved", "level": level, "confidence": 0.9,
            "context": {"before": sentence[0], "after": sentence[1]}, "mentions": [number], "names": [],
            "candidates": candidates, "unknown": unknown, "answer": answer}


def paper(name, title, date, organisations, mentions, references):
    return {"document": name, "title": title, "date": date, "organisations": organisations,
            "mentions": mentions, "references": references, "errors": []}


def few():
    """Papers that the tests know by heart, and one for each hostile text."""
    named = {"id": 0, "state": "named", "level": "note", "confidence": 0.9, "mentions": [0], "names": ["GPT-4"],
             "candidates": [], "unknown": 0}
    papers = [
        paper("a", "Grading with a large model", "2021-08", ["Google"], [mention("an in-house model", 7)],
              [reference(0, [(SYSTEMS[0], 0.83), (SYSTEMS[3], 0.1)], 0.07)]),
        paper("b", "Letters to a model", "2022-03", ["Google Research"], [mention("a 137B model", 9)],
              [reference(0, [(SYSTEMS[0], 0.3)], 0.7)]),
        paper("c", "A named model", "2023", ["OpenAI"], [mention("a strong model", 4)], [named]),
        paper("d", "Perhaps a model", "2023-05", [], [mention("some model", 2)],
              [reference(0, [(SYSTEMS[2], 0.6)], 0.4, level="hint")]),
        paper("e", "Letters to an essay", "2023-06", ["OpenAI"], [mention("a strong model", 3)],
              [reference(0, [(SYSTEMS[2], 0.55), (SYSTEMS[4], 0.2)], 0.25)]),
    ]
    for number, text in enumerate(HOSTILE):
        hostile = reference(0, [((text, text, text), 0.5)], 0.1, sentence=(text, text))
        papers.append(paper(text, f"{text} {number}", "2024-01", [text], [mention(text, 1)], [hostile]))
    return papers


def many(papers, each):
    """As many papers as asked for, each with so many nameless references."""
    chance = random.Random(7)
    for number in range(papers):
        mentions, references = [], []
        for place in range(each):
            said = " ".join(chance.choices(WORDS, k=24))
            share = chance.random()
            chosen = chance.sample(SYSTEMS, 4)
            shares = [(system, share / 2 ** (at + 1)) for at, system in enumerate(chosen)]
            mentions.append(mention(f"a model of {chance.randint(1, 500)}B parameters", place + 1))
            references.append(reference(place, shares, 1 - share * 15 / 16, sentence=(said + " ", " " + said + ".")))
        date = f"{chance.randint(2017, 2026)}-{chance.randint(1, 12):02}"
        maker = chance.choice(SYSTEMS)[2]
        yield paper(f"{number:05}", " ".join(chance.choices(WORDS, k=9)), date, [maker], mentions, references)


def write(papers, path):
    with open(path, "w", encoding="utf-8") as out:
        for one in papers:
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
