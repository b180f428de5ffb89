"""What is remembered of the last questions: as much as a follow-up needs, and nothing that has changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import NewsAssistant, Settings
from qa.edit import removing
from qa.question import understand
from qa.recalled import KEPT, Recalled
from qa.schema import Filters, Turn
from qa.talk.near import CONSIDERED
from qa.within import Within

FIRST, FOLLOWING = "Ai chủ trì hội nghị năm 2019?", "Hội nghị đó họp ở đâu?"


@pytest.fixture
def fresh(fresh_samples: Path) -> Iterator[NewsAssistant]:
    """An assistant that has been asked nothing."""
    found = NewsAssistant.open(fresh_samples)
    yield found
    found.close()


def test_a_follow_up_is_answered_alike_whether_the_question_before_it_is_remembered_or_not(
    fresh: NewsAssistant, assistant: NewsAssistant
) -> None:
    history = [Turn(FIRST, fresh.ask(FIRST).text)]
    remembered = fresh.ask(FOLLOWING, history=history)
    forgotten = NewsAssistant.open(settings=Settings(data_dir=assistant.stores.root)).ask(FOLLOWING, history=history)
    assert remembered.text == forgotten.text
    assert remembered.citations == forgotten.citations
    assert remembered.retrieved == forgotten.retrieved


def test_what_was_found_is_given_back_for_the_same_question_within_the_same_articles(fresh: NewsAssistant) -> None:
    recalled, question = Recalled(fresh.stores.ledger), understand(FIRST)
    hits = fresh.retriever.search(question)
    recalled.keep(question, None, hits)
    given = recalled.hits(understand(FIRST), None)
    assert given == tuple(h for h in hits if h.article.id in {g.article.id for g in given or ()})
    assert given
    assert given[0] == hits[0]
    assert len({h.article.id for h in given}) == min(CONSIDERED, len({h.article.id for h in hits}))
    some = Within(fresh.stores, fresh.stores.ledger.facets.within(Filters(since="2019")))
    assert recalled.hits(question, some) is None
    assert recalled.hits(understand(FOLLOWING), None) is None


def test_what_has_gone_is_looked_for_anew(fresh: NewsAssistant) -> None:
    recalled, question = Recalled(fresh.stores.ledger), understand(FIRST)
    hits = fresh.retriever.search(question)
    recalled.keep(question, None, hits)
    assert recalled.hits(question, None)
    removing(fresh.stores.root, [hits[0].article.id])
    assert recalled.hits(question, None) is None


def test_the_oldest_is_forgotten_first(fresh: NewsAssistant) -> None:
    recalled = Recalled(fresh.stores.ledger)
    hits = fresh.retriever.search(understand(FIRST))[:1]
    for n in range(KEPT + 1):
        recalled.keep(understand(f"Cầu số {n} ở đâu?"), None, hits)
    assert recalled.hits(understand("Cầu số 0 ở đâu?"), None) is None
    assert recalled.hits(understand("Cầu số 1 ở đâu?"), None) is not None
