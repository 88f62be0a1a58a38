"""byname in a pipeline of spaCy."""

import pytest

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc  # noqa: E402

LAMDA = "Naïve users prompt a large language model with 137B parameters."


def test_spans_and_the_whole_result_are_set() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("byname")
    doc = nlp.make_doc(LAMDA)
    doc._.byname_paper = {"date": "2021-09", "organisations": ["Google"]}
    doc = nlp(doc)
    [span] = doc.spans["byname"]
    assert (span.text, span.label_, span.kb_id_) == ("a large language model", "described", "lamda")
    assert doc._.byname["references"][0]["candidates"][0]["name"] == "LaMDA"


def test_processes_share_the_work() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("byname", config={"mentions": "all"})
    docs = list(nlp.pipe([LAMDA, "GPT-4 wins."] * 4, n_process=2, batch_size=2))
    assert [[span.label_ for span in doc.spans["byname"]] for doc in docs] == [["described"], ["named"]] * 4


def test_documents_and_pipelines_are_kept(tmp_path) -> None:  # type: ignore[no-untyped-def]
    nlp = spacy.blank("en")
    nlp.add_pipe("byname", config={"mentions": "all"})
    doc = nlp(LAMDA)
    read = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span.text for span in read.spans["byname"]] == ["a large language model"]
    assert read._.byname == doc._.byname
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    doc = again("GPT-4 wins.")
    assert [span.label_ for span in doc.spans["byname"]] == ["named"]


def test_a_broken_catalogue_is_told_when_the_component_is_made(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Exception, match="no catalogue file"):
        spacy.blank("en").add_pipe("byname", config={"catalog": [str(tmp_path)]})


def test_a_wrong_date_is_told_and_the_other_documents_go_on() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("byname")
    docs = [nlp.make_doc(LAMDA) for _ in range(3)]
    docs[1]._.byname_paper = {"date": "yesterday"}
    with pytest.raises(ValueError, match="`yesterday` is no date"):
        list(nlp.pipe(docs))
    told: list[str] = []
    nlp.set_error_handler(lambda name, component, docs, error: told.append(f"{name}: {error}"))
    done = list(nlp.pipe(docs))
    assert [len(doc.spans["byname"]) for doc in done] == [1, 1]
    assert len(told) == 1 and told[0].startswith("byname: `yesterday` is no date")
