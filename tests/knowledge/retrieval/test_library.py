"""The library finds passages, filters them, and keeps its index sound."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.documents.document import Document, document_from
from knowledge.documents.parse import parsed
from knowledge.problems import BadInput
from knowledge.retrieval import chroma_cache, search_index, vector_cache
from knowledge.retrieval.encoder import DIMENSIONS, Encoder
from knowledge.retrieval.library import Hit, Library
from knowledge.retrieval.ranking import in_turns
from knowledge.retrieval.words import stems
from knowledge.workspace import Workspace, open_workspace

CONTRACTS = Path(__file__).parent / "contracts"
PAYERS = {"High Plains": "high_plains.txt", "Two Rivers": "two_rivers.txt"}


class CountingEncoder(Encoder):
    """Vectors that count stems, so that the index can be tried without the model's weights."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    @property
    def ready(self) -> bool:
        return True

    def wait(self) -> None:
        return None

    def for_contracts(self) -> Encoder:
        return self

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        made = np.full((len(texts), DIMENSIONS), 1e-3, dtype=np.float32)
        for row, text in zip(made, texts, strict=True):
            for stem in stems(text):
                row[zlib.crc32(stem.encode()) % DIMENSIONS] += 1
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made


def read(name: str) -> Document:
    return document_from(parsed(str(CONTRACTS / name), name))


def stock(library: Library, workspace: Workspace, payers: dict[str, str]) -> None:
    sources = []
    for payer, name in payers.items():
        document = replace(read(name), payer=payer, kind="contract")
        library.store(document)
        sources.append({"document": document.id, "payer": payer, "file": name})
    workspace.write_json(workspace.manifest, {"version": 1, "sources": sources})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "practice")


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def library(workspace: Workspace, encoder: CountingEncoder) -> Library:
    library = Library(workspace, encoder)
    stock(library, workspace, PAYERS)
    return library


def shown(hits: Sequence[Hit]) -> list[tuple[str, int, int, float]]:
    return [
        (h.passage.citation.document, h.passage.citation.start, h.passage.citation.end,
         round(h.score, 4))
        for h in hits
    ]  # fmt: skip


QUERIES = [
    "how many days to file a claim",
    "can they take money back after two years",
    "who decides medical necessity",
    "do they rent our network",
]


def test_without_an_encoder_words_alone_find_the_clause(workspace: Workspace) -> None:
    library = Library(workspace, None)
    stock(library, workspace, PAYERS)
    hits = library.search("reversal of payments eighteen months", payers=["High Plains"])
    assert hits[0].passage.citation.section == "4.7"
    assert "eighteen (18) months" in hits[0].passage.text


def test_a_query_that_shares_no_word_finds_nothing(workspace: Workspace) -> None:
    library = Library(workspace, None)
    stock(library, workspace, PAYERS)
    assert library.search("zyzzyva quokka") == []


@pytest.mark.parametrize("query", ["", "   ", "?!", "§"])
def test_an_empty_query_finds_nothing(library: Library, query: str) -> None:
    assert library.search(query) == []


def test_an_empty_workspace_finds_nothing(workspace: Workspace) -> None:
    assert Library(workspace, None).search("timely filing") == []


def test_every_quote_is_found_at_its_offsets(library: Library) -> None:
    library.update_index()
    texts = {document.id: document.text for document in library.documents()}
    for query in QUERIES:
        for hit in library.search(query, k=20):
            citation = hit.passage.citation
            assert texts[citation.document][citation.start : citation.end] == citation.quote
            assert citation.quote == hit.passage.text


@pytest.mark.parametrize("indexed", [False, True], ids=["words alone", "with vectors"])
def test_a_payer_filter_lets_no_other_payer_through(library: Library, indexed: bool) -> None:
    if indexed:
        library.update_index()
    for query in QUERIES:
        assert {h.passage.payer for h in library.search(query, ["Two Rivers"], k=50)} == {
            "Two Rivers"
        }
    both = {h.passage.payer for q in QUERIES for h in library.search(q, k=50)}
    assert both == {"High Plains", "Two Rivers"}
    assert library.search("claim", payers=["Nobody"]) == []


def test_k_passages_come_best_first(library: Library) -> None:
    library.update_index()
    hits = library.search(QUERIES[0], ["Two Rivers"], k=7)
    assert len(hits) == 7
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert library.search(QUERIES[0], k=0) == []


def test_each_payers_best_comes_before_any_payers_second() -> None:
    """A leads twice, B is near, C is far behind and keeps its place at the end."""
    scored = np.array([9.0, 8.5, 7.0, 6.5, 1.0], dtype=np.float32)
    payers = ["A", "A", "B", "A", "C"]
    assert in_turns([0, 1, 2, 3, 4], scored, payers) == [0, 2, 1, 3, 4]
    assert in_turns([], scored, payers) == []


def test_other_weights_for_contracts_make_the_index_anew(
    library: Library, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.update_index()
    fresh = [shown(library.search(query, k=10)) for query in QUERIES]
    homes = sorted(path.name for path in workspace.index.glob("chroma-*"))
    for module in (chroma_cache, vector_cache, search_index):
        monkeypatch.setattr(module, "contract_name", lambda: "other weights")
    encoder = CountingEncoder()
    again = Library(workspace, encoder)
    again.update_index()
    assert any("HPA" in text for text in encoder.encoded)
    assert sorted(path.name for path in workspace.index.glob("chroma-*")) != homes
    assert [len(found) for found in fresh] == [len(again.search(q, k=10)) for q in QUERIES]


def test_only_what_is_new_is_encoded(
    library: Library, workspace: Workspace, encoder: CountingEncoder
) -> None:
    library.update_index()
    encoder.encoded.clear()
    library.update_index()
    assert encoder.encoded == []
    stock(library, workspace, {**PAYERS, "Canyon State": "canyon_state.txt"})
    library.update_index()
    assert encoder.encoded
    assert not any("HPA" in text for text in encoder.encoded)
    assert library.search("Denver courts", ["Canyon State"])


def test_a_document_no_longer_named_is_no_longer_found(
    library: Library, workspace: Workspace
) -> None:
    library.update_index()
    stock(library, workspace, {"Two Rivers": "two_rivers.txt"})
    library.update_index()
    assert {h.passage.payer for q in QUERIES for h in library.search(q, k=50)} == {"Two Rivers"}


def damage_nothing(folder: Path) -> None:
    return None


def damage_chroma(folder: Path) -> None:
    for path in folder.glob("chroma-*/**/*"):
        if path.is_file():
            content = bytearray(path.read_bytes())
            for at in range(0, len(content), 7):
                content[at] ^= 0x5A
            path.write_bytes(bytes(content))


def damage_vectors(folder: Path) -> None:
    (folder / "vectors.sqlite").write_bytes(os.urandom(20_000))


def remove_stamp(folder: Path) -> None:
    (folder / "chroma.json").unlink()


def fill_stamp_with_noise(folder: Path) -> None:
    (folder / "chroma.json").write_bytes(b"\xff{[")


def remove_half_of_chroma(folder: Path) -> None:
    for path in sorted(folder.glob("chroma-*/**/*"))[::2]:
        if path.is_file():
            path.unlink()


def remove_all(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    "damage",
    [damage_nothing, damage_chroma, damage_vectors, remove_stamp, fill_stamp_with_noise,
     remove_half_of_chroma, remove_all],
)  # fmt: skip
def test_a_damaged_index_is_built_again_equal_to_a_fresh_one(
    library: Library, workspace: Workspace, damage: object
) -> None:
    library.update_index()
    fresh = [shown(library.search(query, k=10)) for query in QUERIES]
    assert callable(damage)
    damage(workspace.index)
    again = Library(workspace, CountingEncoder())
    again.update_index()
    assert [shown(again.search(query, k=10)) for query in QUERIES] == fresh


def test_an_unfinished_write_to_chroma_is_thrown_away(
    library: Library, workspace: Workspace
) -> None:
    library.update_index()
    first = sorted(path.name for path in workspace.index.glob("chroma-*"))
    remove_stamp(workspace.index)  # a process killed while writing leaves no stamp
    Library(workspace, CountingEncoder()).update_index()
    assert sorted(path.name for path in workspace.index.glob("chroma-*")) != first


def test_a_stale_index_is_brought_up_to_date_while_searches_go_on(library: Library) -> None:
    first = library.search(QUERIES[0])  # nothing indexed yet: by words, and the mending begins
    assert first
    until = time.monotonic() + 60
    while shown(library.search(QUERIES[0])) == shown(first) and time.monotonic() < until:
        time.sleep(0.05)
    assert shown(library.search(QUERIES[0])) != shown(first)


def test_the_guide_is_found_and_cited_by_its_section(library: Library) -> None:
    hits = library.search("prompt payment interest statute", sources="guide", k=5)
    assert hits
    assert all(hit.passage.citation.source.startswith(("guide/", "market/")) for hit in hits)
    assert all("/" in hit.passage.citation.section for hit in hits)


def test_a_users_own_guide_is_cited_before_ours(library: Library, workspace: Workspace) -> None:
    text = "1. Letters. A proposal letter keeps to one page and names a date for the reply."
    path = workspace.root / "own.txt"
    path.write_text(text)
    own = replace(document_from(parsed(str(path), "own.txt")), kind="guide")
    library.store(own)
    manifest = workspace.read_json(workspace.manifest, {})
    manifest["sources"].append({"document": own.id, "payer": None, "file": "own.txt"})
    workspace.write_json(workspace.manifest, manifest)
    library.update_index()
    assert (
        library.search("proposal letter", sources="guide")[0].passage.citation.source == "own.txt"
    )
    assert all(
        hit.passage.citation.source != "own.txt" for hit in library.search("proposal letter", k=50)
    )


def test_all_sources_are_searched_together(library: Library) -> None:
    library.update_index()
    found = {h.passage.citation.document == "" for h in library.search("claims", sources="all")}
    assert found == {True, False}


def test_a_missing_text_is_named_in_one_sentence(library: Library, workspace: Workspace) -> None:
    id = library.documents()[0].id
    (workspace.texts / f"{id}.json").write_text("{")
    with pytest.raises(BadInput, match=f"texts/{id}.json: the stored text"):
        library.document(id)


def test_the_manifests_payer_counts(library: Library, workspace: Workspace) -> None:
    manifest = workspace.read_json(workspace.manifest, {})
    manifest["sources"][0]["payer"] = "Renamed"
    workspace.write_json(workspace.manifest, manifest)
    assert [d.payer for d in library.documents()] == ["Renamed", "Two Rivers"]
    assert library.search("claim", ["Renamed"])[0].passage.payer == "Renamed"
    assert library.documents("High Plains") == ()
