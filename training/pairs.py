"""Training pairs, drawn anew for every step: a question-like text and the passage that should be nearest to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.texts import Ids, Ragged
from training.translation import Translations

__all__ = ["NewsPairs", "Side", "TranslationPairs"]

PASSAGES_PER_ARTICLE = 3
"""Pairs of one article in a batch: its other passages are the negatives that are hard to tell apart."""
WINDOW = 3
"""Most sentences taken on each side of the one that is asked about."""
LONGEST_PASSAGE = 170
"""Most tokens of a passage."""
LONGEST_QUESTION = 40
UNACCENTED, ENGLISH = 0.22, 0.33
"""Shares of questions without diacritics, and of those turned into English word by word."""
REMOVED = 0.55
"""Share of questions whose own sentence is taken out of the passage (inverse cloze, Lee et al. 2019)."""
TITLED = 0.6
"""Share of passages that begin with the title of their article, as they are embedded in use."""
THINNED = 0.2
"""Share of the words that are dropped from translated sentences."""
ASKED = 0.5
"""Share of questions that get question words."""


@dataclass(frozen=True, slots=True)
class Side:
    """Texts of a batch, ready for an embedding bag.

    Attributes:
        rows: Rows of all texts, one after the other.
        starts: Where each text begins.
    """

    rows: Ids
    starts: Ids


class NewsPairs:
    """Pairs from articles: a sentence, title or abstract, and a passage of the same article.

    Args:
        sentences: Titles, abstracts and sentences of all articles; the title of an article first.
        plain: The same without diacritics.
        articles: First sentence of each article, shape `(articles + 1,)`.
        translations: To make English of Vietnamese.
        unaccented_rows: The row of each row's unaccented form.
        questions: Question words by form: Vietnamese, unaccented, English.
    """

    def __init__(
        self,
        sentences: Ragged,
        plain: Ragged,
        *,
        articles: Ids,
        translations: Translations,
        unaccented_rows: NDArray[np.int32],
        questions: tuple[Ragged, Ragged, Ragged],
    ) -> None:
        self.sentences = sentences
        self.plain = plain
        self.articles = articles
        self.translations = translations
        self.unaccented_rows = unaccented_rows
        self.questions = questions
        self.usable = np.flatnonzero(np.diff(articles) >= 6)

    def draw(self, size: int, chance: np.random.Generator) -> tuple[Side, Side, NDArray[np.bool_]]:
        """Return `(questions, passages, which questions are titles)`; pairs of an article stand together."""
        chosen = chance.choice(self.usable, size // PASSAGES_PER_ARTICLE, replace=False)
        article = np.repeat(chosen, PASSAGES_PER_ARTICLE)
        first, last = self.articles[article], self.articles[article + 1]
        body = first + 2
        asked = body + (chance.random(len(article)) * (last - body)).astype(np.int64)
        begin = np.maximum(body, asked - chance.integers(0, WINDOW + 1, len(article)))
        end = np.minimum(last, asked + 1 + chance.integers(0, WINDOW + 1, len(article)))
        kind = chance.random(len(article))
        is_title = (kind < 0.12) & (np.arange(len(article)) % PASSAGES_PER_ARTICLE == 0)
        is_abstract = (kind > 0.88) & (np.arange(len(article)) % PASSAGES_PER_ARTICLE == 0)
        question = np.where(is_title, first, np.where(is_abstract, first + 1, asked))
        removed = (question == asked) & (chance.random(len(article)) < REMOVED) & (end - begin > 1)
        titled = ~is_title & (chance.random(len(article)) < TITLED)
        passages = self._passages(begin, end, np.where(removed, asked, -1), np.where(titled, first, -1))
        return self._questions(question, chance), passages, is_title

    def _passages(self, begin: Ids, end: Ids, without: Ids, title: Ids) -> Side:
        at, owner = self.sentences.between(begin, end)
        gap = without >= 0
        low = np.where(gap, self.sentences.ends[without], 0)[owner]
        high = np.where(gap, self.sentences.ends[without + 1], 0)[owner]
        kept = (at < low) | (at >= high)
        at, owner = at[kept], owner[kept]
        kept = np.arange(len(owner)) - np.searchsorted(owner, owner) < LONGEST_PASSAGE
        at, owner = at[kept], owner[kept]
        has = title >= 0
        title_at, title_owner = self.sentences.between(title[has], title[has] + 1)
        return _side(
            [self.sentences.values[at], self.sentences.values[title_at]],
            [owner, np.flatnonzero(has)[title_owner]],
            len(begin),
        )

    def _questions(self, sentence: Ids, chance: np.random.Generator) -> Side:
        form = chance.random(len(sentence))
        plain, english = form < UNACCENTED, form > 1 - ENGLISH
        rows, owners = [], []
        for source, which in ((self.sentences, ~plain), (self.plain, plain)):
            numbers = np.flatnonzero(which)
            at, owner = source.between(sentence[numbers], sentence[numbers] + 1)
            rows.append(source.values[at].astype(np.int64))
            owners.append(numbers[owner])
        row, owner = np.concatenate(rows), np.concatenate(owners)
        row, owner = self._shortened(row, owner, len(sentence), chance)
        translated = english[owner]
        row[translated] = self.translations.sample(
            row[translated], chance.random(translated.sum(), dtype=np.float32), instead=self.unaccented_rows
        )
        words, word_owner = self._question_words(np.where(plain, 1, np.where(english, 2, 0)), chance)
        return _side([row, words], [owner, word_owner], len(sentence))

    def _shortened(self, row: Ids, owner: Ids, count: int, chance: np.random.Generator) -> tuple[Ids, Ids]:
        """Keep a stretch of each sentence and drop some of its words, as a question does."""
        order = np.argsort(owner, kind="stable")
        row, owner = row[order], owner[order]
        lengths = np.bincount(owner, minlength=count)
        place = np.arange(len(owner)) - np.searchsorted(owner, owner)
        kept_length = np.minimum(LONGEST_QUESTION, np.maximum(4, lengths * (0.3 + 0.7 * chance.random(count))))
        begin = chance.random(count) * np.maximum(0, lengths - kept_length)
        dropped = chance.random(count) * 0.5
        kept = (place >= begin[owner]) & (place < (begin + kept_length)[owner])
        kept &= chance.random(len(owner)) >= dropped[owner]
        return row[kept], owner[kept]

    def _question_words(self, form: Ids, chance: np.random.Generator) -> tuple[Ids, Ids]:
        rows, owners = [], []
        for number, phrases in enumerate(self.questions):
            which = np.flatnonzero((form == number) & (chance.random(len(form)) < ASKED))
            phrase = chance.integers(0, len(phrases), len(which))
            at, owner = phrases.between(phrase, phrase + 1)
            rows.append(phrases.values[at].astype(np.int64))
            owners.append(which[owner])
        return np.concatenate(rows), np.concatenate(owners)


class TranslationPairs:
    """Pairs of an English text and its Vietnamese translation, with or without diacritics.

    Args:
        english: English sides.
        vietnamese: Vietnamese sides, as many.
        plain: The Vietnamese sides without diacritics.
    """

    def __init__(self, english: Ragged, vietnamese: Ragged, plain: Ragged) -> None:
        self.english, self.vietnamese, self.plain = english, vietnamese, plain
        self.usable = np.flatnonzero((english.lengths > 0) & (vietnamese.lengths > 0))

    def draw(self, size: int, chance: np.random.Generator) -> tuple[Side, Side]:
        """Return `(English texts, Vietnamese texts)`."""
        chosen = chance.choice(self.usable, min(size, len(self.usable)), replace=False)
        plain = chance.random(len(chosen)) < 0.15
        at, owner = _thinned(*self.english.between(chosen, chosen + 1), chance)
        english = _side([self.english.values[at]], [owner], len(chosen))
        rows, owners = [], []
        for source, which in ((self.vietnamese, ~plain), (self.plain, plain)):
            numbers = np.flatnonzero(which)
            at, owner = _thinned(*source.between(chosen[numbers], chosen[numbers] + 1), chance)
            rows.append(source.values[at])
            owners.append(numbers[owner])
        return english, _side(rows, owners, len(chosen))


def _thinned(at: Ids, owner: Ids, chance: np.random.Generator) -> tuple[Ids, Ids]:
    """Drop some words of long texts, so that few sentences are not learned by heart."""
    long = np.bincount(owner)[owner] > 6
    kept = ~long | (chance.random(len(at)) > THINNED)
    return at[kept], owner[kept]


def _side(rows: list[NDArray[np.int32]] | list[Ids], owners: list[Ids], count: int) -> Side:
    row, owner = np.concatenate(rows).astype(np.int64), np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    lengths = np.bincount(owner, minlength=count)
    return Side(row[order], np.cumsum(lengths) - lengths)
