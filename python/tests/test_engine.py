"""What the engine promises."""

import datetime
import pickle
import threading
from pathlib import Path

import byname
import pytest

LAMDA = "We prompt a large language model with 137B parameters."


def test_a_reference_is_linked_by_date_and_organisation(engine: byname.Engine) -> None:
    document = engine.scan(LAMDA, date="2021-09", organisations=["Google"], title="A study", id="x")
    [reference] = document.nameless
    best = reference.candidates[0]
    assert (best.name, document.id, document.title, document.date) == ("LaMDA", "x", "A study", "2021-09")
    assert best.probability > 0.5
    assert {evidence.clue for evidence in best.evidence} >= {"parameters", "organisation"}


def test_what_is_known_of_a_paper_may_be_told_by_place_in_one_order(engine: byname.Engine, tmp_path: Path) -> None:
    document = engine.scan(LAMDA, "2021-09", ["Google"], "A study")
    assert document.to_dict() == engine.scan(LAMDA, title="A study", organisations=["Google"], date="2021-09").to_dict()
    assert (document.date, document.organisations, document.title) == ("2021-09", ("Google",), "A study")
    path = tmp_path / "a.md"
    path.write_text(LAMDA, encoding="utf-8")
    assert engine.scan_file(path, "2021-09", ["Google"]).references[0].candidates[0].name == "LaMDA"
    assert engine.resolve("a 137B dialogue model", "2021-09", ["Google"]).candidates[0].name == "LaMDA"
    assert "every author is at Google" in engine.explain(LAMDA, "2021-09", ["Google"])


def test_records_are_bytes_that_stay_where_they_are_and_nothing_else(engine: byname.Engine) -> None:
    for record in (b"{}", bytearray(b"{}")):
        assert len(engine._native.scan_records([record], 1)) == 1
    with pytest.raises(TypeError):
        engine._native.scan_records([[123, 125]], 1)  # type: ignore[list-item]


def test_offsets_count_characters_and_bytes_are_there_too(engine: byname.Engine) -> None:
    text = f"Naïve — “très” 🙂. {LAMDA}"
    document = engine.scan(text)
    [mention] = document.mentions
    assert text[mention.start : mention.end] == mention.text == "a large language model"
    assert text.encode()[mention.start_byte : mention.end_byte].decode() == mention.text
    assert document.text == text


def test_files_are_read_in_their_formats(engine: byname.Engine, tmp_path: Path) -> None:
    path = tmp_path / "é.tex"
    path.write_text("\\section{Á}\n" + LAMDA.replace("137B", "\\textbf{137B}"), encoding="utf-8")
    document = engine.scan_file(path, date="2021")
    [mention] = document.mentions
    assert document.text[mention.start : mention.end] == "a large language model"
    assert (mention.line, document.date) == (2, "2021")


def test_files_in_other_encodings_keep_both_offsets(engine: byname.Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"\ufeffNaïve. {LAMDA}".encode("utf-16-le"))
    document = engine.scan_file(path)
    [mention] = document.mentions
    assert document.text[mention.start : mention.end] == "a large language model"
    given = path.read_bytes()[mention.start_byte : mention.end_byte]
    assert given.decode("utf-16-le") == "a large language model"


def test_many_papers_come_in_order_and_none_is_lost(engine: byname.Engine) -> None:
    papers = [
        LAMDA,
        {"id": "b", "text": LAMDA, "date": "2021-09", "organisations": ["Google"]},
        {"id": "c", "text": None},
        None,
        {"id": "e", "text": LAMDA, "date": "yesterday"},
        "A lone \ud800 surrogate.",
    ]
    done = list(engine.scan_many(papers * 100, jobs=2))  # type: ignore[arg-type]
    assert len(done) == 600
    assert [bool(document.errors) for document in done[:6]] == [False, False, True, True, False, False]
    assert [document.id for document in done[594:599]] == ["record:595", "b", "record:597", "record:598", "e"]
    assert done[1].references[0].candidates[0].name == "LaMDA"
    assert done[598].notes or done[598].date is None


def test_scan_many_streams(engine: byname.Engine) -> None:
    taken = 0

    def endless() -> "object":
        nonlocal taken
        while True:
            taken += 1
            yield LAMDA

    results = engine.scan_many(endless())  # type: ignore[arg-type]
    first = next(iter(results))
    results.close()  # type: ignore[attr-defined]
    assert first.mentions and taken < 2000


def test_papers_that_break_off_lose_none_of_those_before(engine: byname.Engine) -> None:
    def breaking() -> "object":
        for _ in range(300):
            yield LAMDA
        raise OSError("the disk is gone")

    done = []
    with pytest.raises(OSError, match="the disk is gone"):
        for document in engine.scan_many(breaking(), jobs=2):  # type: ignore[arg-type]
            done.append(document)
    assert len(done) == 300 and all(document.mentions for document in done)


def test_values_that_tables_hold_are_read_as_what_they_mean(engine: byname.Engine) -> None:
    class Names:  # as an array of numpy
        def tolist(self) -> list[str]:
            return ["Google"]

    loop: dict[str, object] = {"text": LAMDA}
    loop["self"] = loop
    papers = [
        {"id": 7, "text": LAMDA, "date": datetime.date(2021, 9, 1), "organisations": Names(), "title": float("nan")},
        {"id": "b", "text": float("nan")},
        {"id": "c", "text": LAMDA, ("no", "key"): 1},
        loop,
    ]
    first, lost, third, looped = engine.scan_many(papers)  # type: ignore[arg-type]
    assert (first.id, first.date, first.organisations, first.title) == ("7", "2021-09-01", ("Google",), None)
    assert first.references[0].candidates[0].name == "LaMDA"
    assert (lost.id, lost.errors[0].kind) == ("record:2", "invalid-record") and looped.errors and not third.errors


def test_threads_share_an_engine_and_processes_get_their_own(engine: byname.Engine) -> None:
    found: list[int] = []
    work = [threading.Thread(target=lambda: found.append(len(engine.scan(LAMDA).mentions))) for _ in range(4)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == [1, 1, 1, 1]
    assert pickle.loads(pickle.dumps(byname.Engine(mentions="all"))).scan("GPT-4 wins.").mentions


def test_a_description_is_ranked(engine: byname.Engine) -> None:
    ranking = engine.resolve("a 137B dialogue model", organisations=["Google"], top=2)
    assert [each.name for each in ranking.candidates][0] == "LaMDA"
    assert len(ranking.candidates) == 2


def test_rules_and_clues_are_explained(engine: byname.Engine) -> None:
    assert "described/" in engine.explain(LAMDA)
    assert engine.explain(LAMDA, as_json=True).startswith("{")


def test_systems_of_a_catalogue_of_ones_own_are_known(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / "mine.toml").write_text(
        '[[system]]\nid = "zorbo"\nname = "Zorbo"\ntype = "model"\nannounced = "2024-01"\nsources = ["https://example.org"]\n'
    )
    engine = byname.Engine(catalog=tmp_path)
    assert engine.systems["zorbo"].name == "Zorbo"
    assert "lamda" in engine.systems


def test_faults_of_a_catalogue_name_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / "mine.toml").write_text('[[system]]\nid = "zorbo"\nnmae = "Zorbo"\n')
    with pytest.raises(byname.CatalogueError, match=r"mine\.toml:3") as caught:
        byname.Engine(catalog=[tmp_path])
    assert "nmae" in str(caught.value)


@pytest.mark.parametrize(
    ("work", "error", "message"),
    [
        (lambda engine: engine.scan(None), TypeError, "NoneType"),
        (lambda engine: engine.scan(LAMDA, date="yesterday"), byname.BynameError, "yesterday"),
        (lambda engine: engine.scan(LAMDA, organisations="Google"), TypeError, "list"),
        (lambda engine: engine.scan_file("nowhere.md"), byname.ReadError, "nowhere.md: no such file"),
        (lambda engine: engine.scan_file("."), byname.ReadError, "folder"),
        (lambda engine: engine.resolve("  "), byname.BynameError, "empty"),
        (lambda engine: engine.resolve(None), TypeError, "NoneType"),
        (lambda engine: engine.explain(None), TypeError, "NoneType"),
        (lambda engine: engine.scan_file(None), TypeError, "NoneType"),
        (lambda engine: engine.scan_many(LAMDA), TypeError, "one str"),
        (lambda engine: engine.scan_many(None), TypeError, "NoneType"),
        (lambda engine: engine.scan_many([], jobs=0), byname.BynameError, "jobs"),
        (lambda engine: byname.Engine(catalog="/no/where"), byname.CatalogueError, "/no/where"),
        (lambda engine: byname.Engine(mentions="some"), byname.BynameError, "described, all"),
        (lambda engine: byname.Engine(profile="none"), byname.BynameError, "disclosure"),
        (lambda engine: byname.Engine(min_confidence=7), byname.BynameError, "probability"),
    ],
)
def test_what_is_wrong_is_told(engine: byname.Engine, work, error, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=message):
        work(engine)


def test_an_unread_paper_tells_its_kind(engine: byname.Engine) -> None:
    with pytest.raises(byname.ReadError) as caught:
        engine.scan_file("nowhere.md")
    assert caught.value.kind == "not-found"
