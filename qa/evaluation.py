"""An evaluation: every gold question asked, scored, and summed up by language and kind.

`qa.gold` says what a gold line is, `qa.measures` what each measure counts, `qa.comparison` what differs between two runs.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.errors import QuestionError
from qa.gold import Gold, LedgerTexts, Texts
from qa.measures import ANSWER, MAX_CITATIONS, RETRIEVAL, answer_measures, retrieval_measures, unproven
from qa.question import checked, understand
from qa.schema import Answer, Retrieved

if TYPE_CHECKING:
    from qa.assistant import NewsAssistant

__all__ = ["Scored", "chat_summary", "evaluate", "summary"]


@dataclass(frozen=True, slots=True)
class Scored:
    """One question, what came of it, and what that is worth.

    Attributes:
        measures: By name; those that do not apply are not there.
        retrieved: The articles found, best first.
        answer: None when only retrieval was run, or the question was refused.
        refusal: Why the question could not be taken, or None; a refused question scores as one without an answer.
        citations: Citations that count.
        unproven: Those among them that are not verbatim.
        seconds: Time taken; None when the question was refused.
    """

    gold: Gold
    measures: dict[str, float]
    retrieved: tuple[Retrieved, ...] = ()
    answer: Answer | None = None
    refusal: QuestionError | None = None
    citations: int = field(default=0, kw_only=True)
    unproven: int = field(default=0, kw_only=True)
    seconds: float | None = field(default=None, kw_only=True)

    @property
    def missed(self) -> bool:
        """Whether facts are missing, an unanswerable question was answered or, searching only, no right article is first."""
        if "complete" in self.measures or "abstained" in self.measures:
            return 0.0 in (self.measures.get("complete"), self.measures.get("abstained"))
        return self.measures.get("recall@1") == 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the row of a saved run."""
        about = {"id": self.gold.id, "gold": self.gold.file, "lang": self.gold.lang, "type": self.gold.kind}
        return {**about, **self.measures, "seconds": self.seconds and round(self.seconds, 6)}


def evaluate(
    golds: Sequence[Gold], assistant: "NewsAssistant", *, texts: Texts | None = None, retrieval: bool = False
) -> Iterator[Scored]:
    """Ask and score question by question.

    The first question is asked once more than the others, before the clock runs, so that no time holds the loading.

    Args:
        golds: The questions. Those without `facts` are searched for, not answered.
        assistant: Who is asked.
        texts: Where evidence and quotations are looked up; by default the assistant's ledger.
        retrieval: Search only, and give the measures of retrieval alone.

    Raises:
        IndexMissing: Nothing has been ingested yet.
    """
    texts = texts or LedgerTexts(assistant)
    if golds:
        with suppress(QuestionError):
            _asked(golds[0], assistant, retrieval=retrieval)
    for gold in golds:
        answer, refusal, seconds = None, None, None
        retrieved: tuple[Retrieved, ...] = ()
        began = time.perf_counter()
        try:
            answer, retrieved = _asked(gold, assistant, retrieval=retrieval)
            seconds = time.perf_counter() - began
        except QuestionError as exc:
            refusal = exc
        measures = retrieval_measures(gold, retrieved)
        if not retrieval:
            measures |= answer_measures(gold, answer, texts)
        cited = len(answer.citations[:MAX_CITATIONS]) if answer else 0
        bad = unproven(answer, texts) if answer else 0
        yield Scored(gold, measures, retrieved, answer, refusal, citations=cited, unproven=bad, seconds=seconds)


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """Return the measures of all questions, and by language, kind and gold file.

    Each group has `n`, the mean of every measure over the questions it applies to, and the percentiles `p50_ms` and
    `p95_ms`. `verbatim` is over citations, not over questions.
    """
    return {
        "all": _group(scored),
        "languages": _groups(scored, lambda s: s.gold.lang),
        "kinds": _groups([s for s in scored if s.gold.kind], lambda s: s.gold.kind),
        "golds": _groups(scored, lambda s: s.gold.file),
    }


def chat_summary(scored: Sequence[Scored]) -> dict[str, Any] | None:
    """Return what the answers took of the chat model; None when none was asked.

    `written` counts the answers that it wrote, `declined` those it said that the articles do not answer, `quoted` those that
    were quoted in its place; `refused` the sentences that the claim gate refused. `cost` is there when the price is set.
    """
    used = [(s.answer, s.answer.usage) for s in scored if s.answer is not None and s.answer.usage is not None]
    if not used:
        return None
    row: dict[str, Any] = {"model": used[0][1].model, "n": len(used), "written": sum(u.written for _, u in used)}
    row["quoted"] = sum(a.answered and not u.written for a, u in used)
    row["declined"] = sum(not a.answered for a, _ in used)
    for name in ("calls", "refused", "input_tokens", "output_tokens"):
        row[name] = sum(getattr(u, name) for _, u in used)
    if all(u.cost is not None for _, u in used):
        row["cost"] = round(sum(u.cost or 0.0 for _, u in used), 6)
    if first := [u.first_seconds for _, u in used if u.first_seconds is not None]:
        row["first_word_p50_ms"] = round(float(np.percentile(first, 50)) * 1000, 1)
    return row


def _asked(gold: Gold, assistant: "NewsAssistant", *, retrieval: bool) -> tuple[Answer | None, tuple[Retrieved, ...]]:
    """Return the answer, where one is wanted, and the articles found."""
    if not retrieval and gold.facts is not None:
        answer = assistant.ask(gold.question, history=gold.history)
        return answer, answer.retrieved
    from qa.conversation import stand_alone
    from qa.retriever import ranked_articles  # LangChain costs half a second, and comparing runs needs none of it

    asked = checked(gold.question, longest=assistant.settings.max_question_chars)
    question = understand(stand_alone(asked, gold.history))
    return None, tuple(ranked_articles(assistant.retriever.search(question)))


def _groups(scored: Sequence[Scored], name: Callable[[Scored], str]) -> dict[str, dict[str, Any]]:
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[name(one)].append(one)
    return {name: _group(groups[name]) for name in sorted(groups)}


def _group(scored: Sequence[Scored]) -> dict[str, Any]:
    row: dict[str, Any] = {"n": len(scored)}
    for name in (*RETRIEVAL, *ANSWER):
        values = [s.measures[name] for s in scored if name in s.measures]
        if name == "verbatim" and values:
            row[name] = round(1 - sum(s.unproven for s in scored) / sum(s.citations for s in scored), 4)
        elif values:
            row[name] = round(fmean(values), 4)
    if times := [s.seconds for s in scored if s.seconds is not None]:
        p50, p95 = np.percentile(times, [50, 95])
        row.update(p50_ms=round(float(p50) * 1000, 2), p95_ms=round(float(p95) * 1000, 2))
    return row
