"""Stretches of words: cut where no token can lie across, and put together again they are the tokens of the whole."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.embeddings import bundled_table
from qa.stretches import Stretches

VOCABULARY = ["▁tòa▁á", "▁mặt▁ánh", "▁cầu▁thang", "▁of", "án", "▁hội▁nghị▁trung"]


def cut(*texts: str) -> list[str]:
    """Return the stretches that are tokenized, each once."""
    met: list[str] = []

    def tokenized(stretches: list[str]) -> list[list[int]]:
        met.extend(stretches)
        return [[] for _ in stretches]

    Stretches(VOCABULARY, lambda text: " ".join(text.lower().replace("-", " ").split()), tokenized).tokens(texts)
    return sorted(met)


def test_words_stay_together_where_a_token_may_lie_across() -> None:
    assert cut("tòa án ánh sáng") == ["sáng", "tòa án", "ánh"]
    assert cut("tòa ánh") == ["tòa ánh"]  # `á` may go on
    assert cut("mặt án, mặt ánhsáng") == ["mặt", "mặt ánhsáng", "án,"]
    assert cut("cầu thangs cầu tha") == ["cầu", "cầu thangs", "tha"]
    assert cut("hội nghị trung tòa") == ["hội nghị trung", "tòa"]


def test_texts_are_cut_apart_and_lines_are_not() -> None:
    assert cut("tòa", "án") == ["tòa", "án"]
    assert cut("tòa\nán") == ["tòa án"]
    assert cut("tòa - án") == ["tòa án"]
    assert cut("of of Of OF") == ["of"]


PIECES = [piece for token in ("thủ tướng", "hội nghị", "tòa án", "of them") for piece in (*token.split(), token[:5])]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*PIECES, "Hội", "-", "2019", "\n", "nam,", "covid-19"]), max_size=12), max_size=4
    )
)
def test_tokens_are_those_of_the_whole_text(given_texts: list[list[str]]) -> None:
    table, texts = bundled_table(), [" ".join(words) for words in given_texts]
    ids, edges = table._stretches.tokens(texts)
    assert edges[-1] == len(ids)
    for text, (first, last) in zip(texts, pairwise(edges.tolist()), strict=True):
        assert ids[first:last].tolist() == table._ids([table._normalized(text)])[0]
