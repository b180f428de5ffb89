"""The training of the bundled models, on a handful of made-up texts."""

import json
import lzma
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from qa.embeddings import StaticEmbeddings
from qa.fusion import SECOND
from qa.language.forms import fold
from qa.language.translations import parse
from training import corpora, fusion, table, vocabulary
from training.embeddings import Options, train
from training.texts import Ragged, tokenized
from training.translation import learn

VIETNAMESE = (
    "hội_nghị thư_viện lúa mưa_lũ cầu_thủ trường_học bác_sĩ tòa_án chợ đường giá xăng Hòa_Bình năm 2019".split()
)
ENGLISH = "conference library rice flood player school doctor court market road price petrol peace year 2019".split()
OPTIONS = Options(steps=6, batch=12, dimensions=8)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts of words drawn by chance, laid out as the training wants them."""
    chance = random.Random(0)
    folder = tmp_path_factory.mktemp("shared") / "train"
    folder.mkdir()

    def drawn(words: list[str], numbers: list[int]) -> str:
        return " ".join(words[n] for n in numbers)

    def numbers(count: int) -> list[int]:
        return [chance.randrange(len(VIETNAMESE)) for _ in range(count)]

    articles = [
        {"id": str(n), "title": drawn(VIETNAMESE, numbers(5)), "abstract": drawn(VIETNAMESE, numbers(8))}
        | {"body": "\n".join(drawn(VIETNAMESE, numbers(8)) for _ in range(8))}
        for n in range(40)
    ]
    pairs = [(drawn(ENGLISH, n), drawn(VIETNAMESE, n).replace("_", " ")) for n in (numbers(9) for _ in range(1300))]
    words = list(zip(ENGLISH, (v.replace("_", " ") for v in VIETNAMESE), strict=True))
    (folder / "news_segmented.jsonl.xz").write_bytes(lzma.compress("\n".join(json.dumps(a) for a in articles).encode()))
    for name, rows in (("parallel_en_vi", [*pairs, ("Untranslated", "...")]), ("dictionary_en_vi", words)):
        (folder / f"{name}.tsv.xz").write_bytes(lzma.compress("\n".join(map("\t".join, rows)).encode()))
    return folder.parent


@pytest.fixture(scope="module")
def trained(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trained")
    train(shared, root / "work", root / "model", OPTIONS)
    return root


def test_what_is_held_out_is_not_trained_on(shared: Path) -> None:
    kept = corpora.held_out(shared)
    assert len(kept) == len(set(kept)) == corpora.HELD_OUT
    pairs = corpora.parallel(shared)
    assert pairs
    assert not {e for e, _ in pairs} & {e for e, _ in kept}
    assert not {v for _, v in pairs} & {v for _, v in kept}
    assert corpora.held_out(shared) == kept


def test_lines_without_a_translation_are_left_out(shared: Path) -> None:
    assert all(any(c.isalnum() for c in v) for _, v in corpora.parallel(shared))


def test_a_model_is_saved_that_both_loaders_read_alike(trained: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["Hội nghị năm 2019", "Who chaired the conference?", "mua lu o dau"]
    library = SentenceTransformer(str(trained / "model"), device="cpu").encode(texts)
    assert StaticEmbeddings(str(trained / "model")).encode_documents(texts) == pytest.approx(library, abs=1e-6)
    assert library.shape == (3, 8)


def test_nothing_of_the_texts_is_saved_beside_the_vocabulary(trained: Path) -> None:
    files = {p.name for p in (trained / "model").rglob("*") if p.is_file()}
    assert "README.md" not in files
    assert {"modules.json", "tokenizer.json", "model.safetensors"} <= files


def test_the_same_seed_gives_the_same_model_also_after_an_interruption(shared: Path, trained: Path) -> None:
    expected = (trained / "model" / "model.safetensors").read_bytes()
    interrupted = trained / "again"
    interrupted.mkdir()
    for name in ("prepared.npz", "tokenizer.json"):
        (interrupted / name).write_bytes((trained / "work" / name).read_bytes())
    train(shared, interrupted, trained / "other", OPTIONS, stop=3)
    train(shared, interrupted, trained / "other", OPTIONS)
    assert (trained / "other" / "model.safetensors").read_bytes() == expected


@pytest.fixture(scope="module")
def vocab() -> vocabulary.Vocabulary:
    vietnamese = ["hội_nghị tòa_án thư_viện của và khỏe hòa", "hiếm"] * 1
    return vocabulary.build(vietnamese * 20, ["the library chairs the court", "to chair a meeting"] * 6)


def rows(vocab: vocabulary.Vocabulary, text: str) -> list[int]:
    return list(tokenized([text], vocab.tokenizer, vocab.rows, vocab.normalizer).values)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tòa án", "toà án"), ("khỏe", "khoẻ"), ("hội nghị", "hoi nghi"), ("chairs", "chair"), ("chaired", "chairing")],
)
def test_spellings_of_a_word_share_a_row(vocab: vocabulary.Vocabulary, one: str, other: str) -> None:
    assert rows(vocab, one) == rows(vocab, other)
    assert len(rows(vocab, one)) == 1


def test_a_compound_is_one_token_and_its_syllables_are_others(vocab: vocabulary.Vocabulary) -> None:
    assert len(rows(vocab, "“Hội nghị”, của tòa án.")) == 3
    assert rows(vocab, "thư viện") != rows(vocab, "thư") + rows(vocab, "viện")


def test_a_single_syllable_keeps_its_diacritics_apart(vocab: vocabulary.Vocabulary) -> None:
    assert fold("của") == "cua"
    assert rows(vocab, "của") != rows(vocab, "cua")


def test_ranges_of_ragged_texts() -> None:
    texts = Ragged(np.arange(6, dtype=np.int32), np.array([0, 2, 3, 6]))
    at, owner = texts.between(np.array([1, 0, 2]), np.array([3, 0, 3]))
    assert at.tolist() == [2, 3, 4, 5, 3, 4, 5]
    assert owner.tolist() == [0, 0, 0, 0, 2, 2, 2]


def test_translations_are_learned_from_what_occurs_together() -> None:
    # Vietnamese 1, 2, 3 are English 11, 12, 13; nothing is paired word by word.
    vietnamese = [[1, 2], [2, 3], [1, 3], [1], [3, 2, 1]]
    english = [[12, 11], [12, 13], [13, 11], [11], [11, 12, 13]]

    def ragged(texts: list[list[int]]) -> Ragged:
        flat = np.asarray([w for t in texts for w in t], dtype=np.int32)
        return Ragged(flat, np.cumsum([0, *map(len, texts)]))

    found = learn(ragged(english), ragged(vietnamese), rows=20)
    asked = np.array([1, 2, 3, 5])
    drawn = found.sample(asked, np.full(4, 0.01, dtype=np.float32), instead=np.arange(20, dtype=np.int32))
    assert drawn.tolist() == [11, 12, 13, 5]


# --- the table of word translations -----------------------------------------------------------------------------------

LEARNED_PAIRS = {"rain": "mưa", "bridge": "cầu", "rice": "lúa", "market": "chợ", "school": "trường", "opens": "mở cửa"}


def made_pairs(count: int = 300) -> list[tuple[list[str], list[str]]]:
    """Return sentences of the same words in the same order, a name at the end of each."""
    chance = random.Random(1)
    pairs = []
    for _ in range(count):
        drawn = chance.sample(sorted(LEARNED_PAIRS), 3)
        pairs.append(([*drawn, "tan"], [*(LEARNED_PAIRS[w] for w in drawn), "tân"]))
    return pairs


def test_the_table_has_the_obvious_translations_first() -> None:
    learned = table.learn(made_pairs())
    assert {e: of[0][0] for e, of in learned.items() if e in LEARNED_PAIRS} == LEARNED_PAIRS
    for e in LEARNED_PAIRS:
        assert learned[e][0][1] > 0.8


def test_chances_of_the_table_are_in_order_and_add_up_to_one() -> None:
    for of in table.learn(made_pairs()).values():
        chances = [p for _, p in of]
        assert 0 < len(chances) <= table.KEPT
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) == pytest.approx(1.0)


def test_a_name_is_not_translated_into_itself() -> None:
    learned = table.learn(made_pairs())
    assert "tân" not in [v for v, _ in learned.get("tan", [])]
    assert "a" not in table.learn([(["a"], ["một"])])  # one letter is none


def test_the_diagonal_parts_words_that_always_occur_together() -> None:
    learned = table.learn([(["red", "old", "new", "big"], ["đỏ", "cũ", "mới", "to"])] * 5)
    assert {e: of[0][0] for e, of in learned.items()} == {"red": "đỏ", "old": "cũ", "new": "mới", "big": "to"}


def test_a_translation_must_be_likely_both_ways() -> None:
    others = [([f"other{n}"], [f"khác{n}"]) for n in range(1000)]  # of few words, any may be there by chance
    seldom = [(["word"], ["thế"]), (["so"], ["rằng"])]
    learned = table.learn([*others, *seldom, *[(["so"], ["thế"])] * 130])
    assert learned["so"] == [("thế", pytest.approx(1.0))]  # `rằng` is always `so`, but `so` is one time in a hundred
    assert "word" not in learned  # it is always `thế`, but `thế` is seldom it


def test_pairs_that_are_empty_or_long_are_left_out() -> None:
    long = ["x"] * (table.LONGEST + 1)
    learned = table.learn([(["rain"], ["mưa"]), ([], ["mưa"]), (["rain"], []), (["flood", *long], ["lũ"])])
    assert learned == {"rain": [("mưa", pytest.approx(1.0))]}


def test_what_is_written_is_what_hoibao_reads(tmp_path: Path) -> None:
    table.save({"rain": [("mưa", 0.75), ("cơn mưa", 0.25)], "bridge": [("cầu", 1.0)]}, tmp_path / "words")
    written = (tmp_path / "words" / "translations.tsv").read_text(encoding="utf-8")
    assert written == "bridge\tcầu=1.00\nrain\tmưa=0.75\tcơn mưa=0.25\n"
    assert parse(written).of("rain") == ((("mưa",), 0.75), (("cơn", "mưa"), 0.25))


def test_the_data_are_prepared_as_words_with_their_compounds(shared: Path) -> None:
    pairs = table.prepared(shared)
    assert (["conference"], ["hội nghị"]) in pairs
    assert all(w.isascii() and w.isalpha() for e, _ in pairs for w in e)
    learned = table.learn(pairs)
    for english, vietnamese in (("conference", "hội nghị"), ("library", "thư viện"), ("rice", "lúa")):
        assert vietnamese in [v for v, _ in learned[english][:3]]


def test_a_rare_form_shares_the_translations_of_its_base_form() -> None:
    counts = Counter({"bridge": 9, "bridges": 3, "opened": table.OWN_ROW_AT_LEAST, "open": 99})
    assert table._base("bridges", counts) == "bridge"
    assert table._base("opened", counts) == "opened"
    assert table._base("news", counts) == "news"


# --- the weights of retrieval -----------------------------------------------------------------------------------------


def asked(number: int, *, group: str = "", gold_set: str = "made") -> fusion.Asked:
    """Return a question of twelve candidates, one of them right, which `lexical` tells and `brevity` contradicts."""
    chance = np.random.default_rng(number)
    measures = np.full((12, len(SECOND)), 0.5)
    measures[:, SECOND.index("vectors")] = chance.random(12)
    measures[:, SECOND.index("lexical")] = chance.random(12) * 0.6
    measures[:, SECOND.index("brevity")] = chance.random(12) * 0.6 + 0.4
    at = int(chance.integers(12))
    measures[at, SECOND.index("lexical")] = 0.8
    measures[at, SECOND.index("brevity")] = 0.1
    right = np.arange(12) == at
    return fusion.Asked(gold_set, "vi", group or str(number), measures, right, np.arange(12))


def test_a_measure_that_tells_gets_weight_and_a_useless_one_none() -> None:
    weights = dict(zip(SECOND, fusion.fit([asked(n) for n in range(40)]), strict=True))
    assert weights["lexical"] > 1
    assert weights["brevity"] == 0.0  # it would have to be negative
    assert weights["lexical"] > 5 * weights["vectors"]
    assert weights["names"] == pytest.approx(0.0, abs=1e-6)  # the same for all candidates
    assert weights["period"] == pytest.approx(fusion.LEAST["period"])  # never less
    assert min(weights.values()) >= 0.0


def test_only_the_measures_named_are_fitted() -> None:
    weights = fusion.fit([asked(n) for n in range(20)], ("vectors", "lexical"))
    assert weights.shape == (2,)
    assert weights[1] > weights[0]


def test_questions_without_anything_to_choose_teach_nothing() -> None:
    told = [asked(n) for n in range(10)]
    one = told[0]
    none, all_of_them = np.zeros(12, dtype=bool), np.ones(12, dtype=bool)
    blind = [fusion.Asked("made", "vi", "x", one.measures, right, one.article) for right in (none, all_of_them)]
    assert fusion.fit([*told, *blind]) == pytest.approx(fusion.fit(told))


def test_a_question_of_an_encyclopedia_counts_less() -> None:
    news, other = [asked(n) for n in range(10)], [asked(n, gold_set="xquad") for n in range(10)]
    at = SECOND.index("lexical")
    assert fusion.fit(other)[at] < fusion.fit(news)[at]


def test_the_rank_is_that_of_the_best_passage_of_the_right_article() -> None:
    measures = np.zeros((5, len(SECOND)))
    measures[:, 0] = [0.9, 0.8, 0.7, 0.6, 0.5]
    weights = np.eye(len(SECOND))[0]

    def rank(right: list[bool], article: list[int]) -> int:
        made = fusion.Asked("made", "vi", "g", measures, np.asarray(right), np.asarray(article))
        return fusion.rank(made, weights)

    assert rank([True, False, False, False, False], [0, 1, 2, 3, 4]) == 1
    assert rank([False, False, True, False, False], [0, 1, 2, 3, 4]) == 3
    assert rank([False, False, True, False, True], [0, 0, 1, 2, 1]) == 2  # two passages of one article are one
    assert rank([False] * 5, [0, 1, 2, 3, 4]) == 99


def test_what_belongs_together_is_never_learned_from_and_told_of_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [asked(n, group=f"article {n // 4}") for n in range(60)]
    fitted: list[set[str]] = []

    def fit(chosen: list[fusion.Asked]) -> np.ndarray:
        fitted.append({a.group for a in chosen})
        return np.full(len(SECOND), float(len(fitted)))

    def rank(row: fusion.Asked, weights: np.ndarray) -> int:
        assert row.group not in fitted[int(weights[0]) - 1]
        return 1

    monkeypatch.setattr(fusion, "fit", fit)
    monkeypatch.setattr(fusion, "rank", rank)
    assert fusion.cross_validated(rows) == {("made", "vi"): [1] * 60}
    groups = {r.group for r in rows}
    assert len(fitted) == fusion.FOLDS
    left_out = [groups - f for f in fitted]
    assert sorted(g for out in left_out for g in out) == sorted(groups)  # each in one fold, with all its questions
    assert sum(bool(out) for out in left_out) > 1


def test_cross_validation_finds_what_can_be_learned() -> None:
    ranks = fusion.cross_validated([asked(n) for n in range(40)])[("made", "vi")]
    assert sum(r == 1 for r in ranks) >= 38
