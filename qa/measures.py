"""What is measured of one question: where retrieval put the right article, and what the answer is worth.

Retrieval, over the ten best articles, a copy of a right article being as good as itself:

    recall@1 recall@5 recall@10   1 when a right article is among the first k. Of several right articles one is enough: an
                                  answer can be read from any of them
    mrr                           1 / rank of the first right article, 0 beyond ten
    ndcg@10                       binary relevance, discount 1 / log2(1 + rank) (Järvelin and Kekäläinen 2002); here every
                                  right article counts, those that are copies of one another once

Answers, `MAX_CITATIONS` citations at most:

    facts           required facts that stand in the text, as whole words; 0 when it is longer than `MAX_CHARS`
    complete        1 when every required fact does
    lead            required facts that stand in the first `LEAD_CHARS` characters
    top_doc         1 when the first citation is of a right document
    any_doc         1 when some citation is
    support         1 when a citation of a right document shares a run of words with a piece of evidence that is 60 % of the
                    longer of the two, or is a quotation of `MIN_QUOTE` characters or more that holds a required fact
    precision       of numbers and accented names in the first `LEAD_CHARS` characters, the share that question, facts or
                    evidence know; not there when there are none
    verbatim        citations of at most `MAX_QUOTE` characters whose quotation stands word for word in the document, white
                    space and Unicode form aside
    abstained       of an unanswerable question: 1 when it was declined
    over_abstained  of an answerable one: 1 when it was; here less is better
    understood      of a follow-up: 1 when the question, as it was understood, holds all that it must and nothing that it must
                    not, with or without diacritics
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from qa.gold import Gold, Place, Texts, documents
from qa.language.forms import fold
from qa.schema import Answer, Citation, Retrieved

__all__ = ["ANSWER", "MAX_CITATIONS", "RETRIEVAL", "answer_measures", "holds", "retrieval_measures", "unproven"]

RETRIEVAL = ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10")
ANSWER = (
    "facts",
    "complete",
    "lead",
    "top_doc",
    "any_doc",
    "support",
    "precision",
    "verbatim",
    "abstained",
    "over_abstained",
    "understood",
)

DEPTH = 10
MAX_CHARS, LEAD_CHARS = 800, 200
MAX_CITATIONS, MAX_QUOTE, MIN_QUOTE = 5, 600, 25
SHARED = 0.6

_UPPER = "A-ZÀ-ỸĐ"
_NAME = re.compile(rf"(?:[{_UPPER}][^\W\d_]*)(?: [{_UPPER}][^\W\d_]*)+")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")


def retrieval_measures(gold: Gold, retrieved: Sequence[Retrieved]) -> dict[str, float]:
    """Return the measures of retrieval; none when no document is right.

    Args:
        gold: The question.
        retrieved: The articles found, best first; those beyond ten are not looked at.
    """
    missing = set(gold.sources)
    if not missing:
        return {}
    first, gain, ideal = math.inf, 0.0, len(missing)
    for rank, row in enumerate(retrieved[:DEPTH], 1):
        right = documents(row)
        first = min(first, rank if right & set(gold.sources) else math.inf)
        if new := right & missing:
            gain += _discount(rank)
            ideal -= len(new) - 1  # copies of one another take one row, so one is all that can be had
            missing -= new
    best = sum(map(_discount, range(1, min(ideal, DEPTH) + 1)))
    hits = {f"recall@{k}": float(first <= k) for k in (1, 5, 10)}
    return {**hits, "mrr": 1 / first, "ndcg@10": gain / best}


def answer_measures(gold: Gold, answer: Answer | None, texts: Texts) -> dict[str, float]:
    """Return the measures of an answer; none when the question is for retrieval only.

    Args:
        gold: The question.
        answer: What was said; None, when the question was refused, is worth nothing.
        texts: Where evidence and quotations are looked up.
    """
    if gold.facts is None:
        return {}
    found = _understood(gold, answer)
    if answer is not None and (cited := answer.citations[:MAX_CITATIONS]):
        found["verbatim"] = 1 - unproven(answer, texts) / len(cited)
    if not gold.facts:
        return {**found, "abstained": float(answer is not None and not answer.answered)}
    if answer is None or not answer.answered:
        nothing = ("facts", "complete", "lead", "top_doc", "any_doc", "support")
        return {**found, **dict.fromkeys(nothing, 0.0), "over_abstained": 1.0}
    evidence = [_evidence(e, texts) for e in gold.evidence]
    return {
        **found,
        **_facts(gold.facts, _normal(answer.text)),
        **_sources(gold, answer.citations[:MAX_CITATIONS], evidence),
        **_precision(gold, _normal(answer.text)[:LEAD_CHARS], evidence),
        "over_abstained": 0.0,
    }


def _understood(gold: Gold, answer: Answer | None) -> dict[str, float]:
    if not gold.shows and not gold.shows_not:
        return {}
    text = fold(answer.understood or answer.question) if answer else ""
    holds_all = all(any(holds(text, fold(s)) for s in spellings) for spellings in gold.shows)
    return {
        "understood": float(answer is not None and holds_all and not any(holds(text, fold(s)) for s in gold.shows_not))
    }


def unproven(answer: Answer, texts: Texts) -> int:
    """Return how many citations are too long or do not stand word for word in their document."""
    return sum(not _stands(citation, texts) for citation in answer.citations[:MAX_CITATIONS])


def _discount(rank: int) -> float:
    return 1 / math.log2(1 + rank)


def _stands(citation: Citation, texts: Texts) -> bool:
    quote = _bare(citation.quote)
    if not quote or len(citation.quote) > MAX_QUOTE:
        return False
    return any(quote in _bare(text) for text in texts.quoted(citation))


def _facts(facts: Sequence[Sequence[str]], text: str) -> dict[str, float]:
    if len(text) > MAX_CHARS:
        return {"facts": 0.0, "complete": 0.0, "lead": 0.0}
    found = [any(holds(text, s) for s in spellings) for spellings in facts]
    lead = [any(holds(text[:LEAD_CHARS], s) for s in spellings) for spellings in facts]
    return {"facts": sum(found) / len(found), "complete": float(all(found)), "lead": sum(lead) / len(lead)}


def _sources(gold: Gold, cited: Sequence[Citation], evidence: Sequence[str]) -> dict[str, float]:
    right = [bool(documents(c) & set(gold.sources)) for c in cited]
    quotes = [_normal(c.quote) for c, good in zip(cited, right, strict=True) if good]
    spellings = [s for fact in gold.facts or () for s in fact]
    supported = any(_supports(q, spellings, evidence) for q in quotes if len(q) <= MAX_QUOTE)
    return {"top_doc": float(right[:1] == [True]), "any_doc": float(any(right)), "support": float(supported)}


def _supports(quote: str, spellings: Sequence[str], evidence: Sequence[str]) -> bool:
    if len(quote) >= MIN_QUOTE and any(holds(quote, s) for s in spellings):
        return True
    return any(_common_run(quote, e) >= SHARED for e in evidence)


def _precision(gold: Gold, lead: str, evidence: Sequence[str]) -> dict[str, float]:
    said = _NUMBER.findall(re.sub(r"\[\d+\]", " ", lead)) + [n for n in _NAME.findall(lead) if not n.isascii()]
    if not said:
        return {}
    known = _normal(" ".join([gold.question, *evidence, *(s for f in gold.facts or () for s in f)]).casefold())
    return {"precision": sum(s.casefold() in known for s in said) / len(said)}


def _evidence(evidence: str | Place, texts: Texts) -> str:
    if isinstance(evidence, str):
        return evidence
    return texts.document(evidence.doc)[evidence.start : evidence.end]


def holds(text: str, spelling: str) -> bool:
    """Return whether a spelling stands in a text as whole words and whole numbers; case and white space make no difference."""
    fact = _normal(spelling).casefold()
    before = r"(?<!\w)(?<!\d[.,/-])" if fact[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\w)(?![.,/-]\d)" if fact[-1:].isdigit() else r"(?!\w)"
    return re.search(before + re.escape(fact) + after, _normal(text).casefold()) is not None


def _common_run(one: str, other: str) -> float:
    """Return the longest run of words that two texts share, as a share of the longer text."""
    a, b = _normal(one).casefold().split(), _normal(other).casefold().split()
    if not a or not b:
        return 0.0
    longest, above = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0, *(1 + run if word == w else 0 for w, (run, _) in zip(b, pairwise(above), strict=True))]
        longest, above = max(longest, *row), row
    return longest / max(len(a), len(b))


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
