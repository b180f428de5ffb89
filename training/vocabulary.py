"""The tokenizer: a Unigram model whose tokens are whole words, Vietnamese compounds (`▁hội▁nghị`) among them.

Several spellings of a word are tokens of one row of the embedding table: both placements of the tone (`hòa`, `hoà`),
the rarer forms of an English word (`chair`, `chaired`), and a compound without its diacritics (`hoi nghi`), which is seldom ambiguous. A single syllable without diacritics
has a row of its own, since it may be any of several words.
"""

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from qa.language.forms import fold, match_form
from qa.language.lexicon import lemmas

__all__ = ["UNKNOWN", "Vocabulary", "build"]

UNKNOWN = "<unk>"
SPACE = "▁"

VIETNAMESE_AT_LEAST = 12
"""Occurrences in the news from which a Vietnamese word has a row."""
ENGLISH_AT_LEAST = 2
"""Occurrences on the English sides from which an English word has a row."""
COMMON_ENGLISH = 1500
"""Most frequent English words: an unaccented compound made of these alone is left to English."""
OWN_ROW_AT_LEAST = 25
"""Occurrences from which an inflected English word has a row of its own; a rarer one shares that of its base form."""
INFLECTED_AT_LEAST = 4
"""Occurrences from which the regular forms of an English word are tokens, seen or not."""
PIECES = 6000
"""Parts of words, for what is in no list."""
PIECE_PENALTY = 6.0
"""Taken from a piece's log probability, so that a whole word is preferred to its parts."""
LONGEST = 5
"""Most syllables of a token."""

_WORD = re.compile(r"[^\W_]+")
_OLD_TO_NEW = dict(
    zip(
        "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy".split(),
        "oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer and the row of the embedding table that each of its tokens stands for.

    Attributes:
        tokenizer: Gives token ids.
        normalizer: That of the tokenizer.
        rows: Row of each token id.
        counts: Occurrences of each row in the training texts, at least 1.
    """

    tokenizer: Tokenizer
    normalizer: normalizers.Normalizer
    rows: list[int]
    counts: list[int]


def build(vietnamese: Iterable[str], english: Iterable[str]) -> Vocabulary:
    """Build the tokenizer.

    Args:
        vietnamese: Word-segmented texts, `_` joining the syllables of a word.
        english: English texts.
    """
    normal = _normalizer()
    vi_counts = _vietnamese_counts(vietnamese)
    en_counts = Counter(w for text in english for w in _WORD.findall(normal.normalize_str(text)))
    common = {w for w, _ in en_counts.most_common(COMMON_ENGLISH)}
    base_of = _base_forms(en_counts)
    words, rare = _frequent(vi_counts, Counter({w: c for w, c in en_counts.items() if w not in base_of}))

    table = _Table()
    for word, count in words:
        table.add(word, count)
    for form, base in base_of.items():
        if _token(base) in table.row_of:
            table.alias(form, of=base, count=en_counts[form])
    for word, count in words:
        if " " in word and not set(fold(word).split()) <= common:
            table.alias(fold(word), of=word, count=count // 20)
    for word, count in _unaccented_syllables(vi_counts):
        table.add(word, count)
    for piece, score in _pieces(rare):
        table.add_piece(piece, score)
    return table.vocabulary(normal)


class _Table:
    """Collects tokens, rows and scores."""

    def __init__(self) -> None:
        self.scores: dict[str, float] = {}
        self.row_of: dict[str, int] = {}
        self.row_counts: list[int] = [1]
        self.counts: dict[str, int] = {}

    def add(self, word: str, count: int) -> None:
        """Give a word, and its spelling with the tone placed the old way, a row."""
        token = _token(word)
        if token in self.row_of:
            return
        row = len(self.row_counts)
        self.row_counts.append(max(1, count))
        for spelling in _spellings(token):
            self.row_of.setdefault(spelling, row)
            self.counts.setdefault(spelling, max(1, count))

    def alias(self, word: str, *, of: str, count: int) -> None:
        """Let a word stand for the row of another."""
        token = _token(word)
        if token not in self.row_of:
            self.row_of[token] = self.row_of[_token(of)]
            self.counts[token] = max(1, count)

    def add_piece(self, piece: str, score: float) -> None:
        for spelling in _spellings(piece):
            if spelling not in self.row_of:
                if spelling == piece or piece not in self.row_of:
                    self.row_counts.append(1)
                self.row_of[spelling] = len(self.row_counts) - 1
                self.scores[spelling] = score

    def vocabulary(self, normal: normalizers.Normalizer) -> Vocabulary:
        total = sum(self.counts.values())
        scores = self.scores | {t: math.log(c / total) for t, c in self.counts.items()}
        tokens = [(UNKNOWN, 0.0), *((t, round(s, 3)) for t, s in scores.items())]
        tokenizer = Tokenizer(models.Unigram(tokens, unk_id=0))
        tokenizer.normalizer = normal
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=False)
        return Vocabulary(tokenizer, normal, [0, *(self.row_of[t] for t, _ in tokens[1:])], self.row_counts)


def _normalizer() -> normalizers.Normalizer:
    """Return the normalizer: one Unicode form, lower case, and nothing but letters and digits between single spaces."""
    marks = normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " ")
    steps = [normalizers.NFC(), normalizers.Lowercase(), marks, normalizers.Strip()]
    return normalizers.Sequence(steps)


def _vietnamese_counts(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(unicodedata.normalize("NFC", text).lower().split())
    forms: Counter[str] = Counter()
    for word, count in counts.items():
        syllables = [match_form(s) for s in _WORD.findall(word)]
        if 1 <= len(syllables) <= LONGEST:
            forms[" ".join(syllables)] += count
        if len(syllables) != 1:
            for syllable in syllables:
                forms[syllable] += max(1, count // 10)
    return forms


def _frequent(vi: Counter[str], en: Counter[str]) -> tuple[list[tuple[str, int]], Counter[str]]:
    """Return the words that get rows, most frequent first, and the words that must be pieced together."""
    chosen: Counter[str] = Counter()
    rare: Counter[str] = Counter()
    for word, count in vi.items():
        if count >= VIETNAMESE_AT_LEAST and len(word) < 40:
            chosen[word] += count
        elif " " not in word and len(word) < 20:
            rare[word] += count
    for word, count in en.items():
        if count >= ENGLISH_AT_LEAST and len(word) < 40:
            chosen[word] += count
        elif len(word) < 20:
            rare[word] += count
    return sorted(chosen.items(), key=lambda w: (-w[1], w[0])), rare


def _base_forms(en: Counter[str]) -> dict[str, str]:
    """Return the base form of every inflected English word that shares its row."""
    base_of = {}
    for word, count in en.items():
        bases = [b for b in lemmas(word)[1:] if len(b) > 2 and en[b] >= ENGLISH_AT_LEAST]
        if bases and count < OWN_ROW_AT_LEAST and word.isascii():
            base_of[word] = max(bases, key=lambda b: en[b])
    for base, count in en.items():
        if count >= INFLECTED_AT_LEAST and base.isascii() and base.isalpha() and len(base) > 2 and base not in base_of:
            for form in (base + "s", base.removesuffix("e") + "ed", base.removesuffix("e") + "ing"):
                if form not in en and base in lemmas(form):
                    base_of[form] = base
    return base_of


def _unaccented_syllables(vi: Counter[str]) -> list[tuple[str, int]]:
    folded: Counter[str] = Counter()
    for word, count in vi.items():
        if " " not in word and fold(word) != word:
            folded[fold(word)] += count // 20
    return sorted(((w, c) for w, c in folded.items() if c), key=lambda w: (-w[1], w[0]))


def _pieces(rare: Counter[str]) -> list[tuple[str, float]]:
    """Return parts of rare words with their log probabilities; every letter is one."""
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False, max_piece_length=12
    )
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    ordered = sorted(rare.items())
    tokenizer.train_from_iterator((" ".join([w] * min(c, 5)) for w, c in ordered), trainer)
    learned = sorted(tokenizer.get_vocab().items(), key=lambda t: t[1])
    ranks = {t: i for i, (t, _) in enumerate(learned) if t != UNKNOWN}
    letters = {c for word in rare for c in word} | {SPACE}
    last = len(ranks)
    for letter in sorted(letters - ranks.keys()):
        ranks[letter] = last
    # Zipf's law in place of the trainer's own scores, which the library does not hand out.
    return [(t, -math.log(10 * (r + 2)) - PIECE_PENALTY) for t, r in ranks.items()]


def _token(word: str) -> str:
    return SPACE + word.replace(" ", SPACE)


def _spellings(token: str) -> list[str]:
    """Return the token with the tone of every open `oa`, `oe`, `uy` placed the new way and the old way."""
    parts = re.split(rf"({SPACE})", token)
    ways = [(p, p[:-2] + _OLD_TO_NEW[p[-2:]]) if _movable(p) else (p,) for p in parts]
    return ["".join(way) for way in itertools.islice(itertools.product(*ways), 8)]


def _movable(syllable: str) -> bool:
    return syllable[-2:] in _OLD_TO_NEW and syllable[:-2][-1:] != "q"
