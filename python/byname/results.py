"""What was found, as plain values; each knows itself from the JSON that the command writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a candidate, or against it."""

    clue: str
    detail: str
    #: What it adds to the log-odds of the candidate.
    weight: float

    @classmethod
    def of(cls, value: Json) -> Evidence:
        return cls(value["clue"], value["detail"], value["weight"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named system that a reference may stand for."""

    system: str
    name: str
    probability: float
    aliases: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @classmethod
    def of(cls, value: Json) -> Candidate:
        return cls(
            value["system"],
            value["name"],
            value["probability"],
            tuple(value.get("aliases", ())),
            tuple(Evidence.of(each) for each in value.get("evidence", ())),
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a paper that speaks of a system.

    ``start`` and ``end`` count characters of the text, ``start_byte`` and ``end_byte`` bytes of the source as it was
    given. Of a paper in several files, ``file`` is the one that both count in; none where it is the main file.
    """

    text: str
    kind: str
    type: str
    start: int
    end: int
    start_byte: int
    end_byte: int
    line: int
    column: int
    section: str
    confidence: float
    #: The probability of each kind.
    kinds: Mapping[str, float]
    rules: tuple[str, ...]
    attributes: Json
    #: The place of its reference in ``Document.references``; none for kinds that refer to nothing.
    reference: int | None
    file: str | None

    @classmethod
    def of(cls, value: Json, characters: tuple[int, int]) -> Mention:
        return cls(
            value["text"],
            value["kind"],
            value["type"],
            *characters,
            value["start"],
            value["end"],
            value["line"],
            value["column"],
            value.get("section", "body"),
            value["confidence"],
            value.get("kinds", {}),
            tuple(value.get("rules", ())),
            value.get("attributes", {}),
            value.get("reference"),
            value.get("file"),
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """A system that a paper speaks of: all of its mentions, and what they may stand for."""

    id: int
    #: ``named``, ``linked``, ``unresolved`` or ``own``.
    state: str
    #: What the profile makes of it: ``error``, ``warning``, ``note``, ``hint``; none where it does not mind.
    level: str | None
    #: The probability that it is a particular system which the paper never names.
    confidence: float | None
    mentions: tuple[int, ...]
    names: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    #: The probability of systems that the catalogue does not know.
    unknown: float | None
    #: The deepest level that can be told: a system, a family or a maker; none where nothing can.
    answer: Json | None

    @classmethod
    def of(cls, value: Json) -> Reference:
        return cls(
            value["id"],
            value["state"],
            value.get("level"),
            value.get("confidence"),
            tuple(value.get("mentions", ())),
            tuple(value.get("names", ())),
            tuple(Candidate.of(each) for each in value.get("candidates", ())),
            value.get("unknown"),
            value.get("answer"),
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The systems that a description may stand for."""

    state: str
    candidates: tuple[Candidate, ...]
    unknown: float
    answer: Json | None
    #: What the description was read to say.
    attributes: Json

    @classmethod
    def of(cls, value: Json) -> Ranking:
        return cls(
            value["state"],
            tuple(Candidate.of(each) for each in value["candidates"]),
            value["unknown"],
            value.get("answer"),
            value.get("attributes", {}),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a paper could not be read, or not in full."""

    kind: str
    message: str

    @classmethod
    def of(cls, value: Json) -> Problem:
        return cls(value["kind"], value["message"])


@dataclass(frozen=True, slots=True)
class System:
    """A named system of the catalogue. ``facts`` holds all that is known, under the keys of the system files."""

    id: str
    name: str
    type: str
    facts: Json

    @classmethod
    def of(cls, value: Json) -> System:
        return cls(value["id"], value["name"], value["type"], value)
