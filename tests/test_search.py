"""Articles by words, time and outlet."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pipeline_support import jsonl, record

from ingest import ingest
from qa import NewsAssistant, Settings
from qa.embeddings import TextEmbeddings
from qa.errors import QuestionError
from qa.schema import Filters


def sources(assistant: NewsAssistant, words: str, filters: Filters | None = None) -> list[str]:
    return [Path(f.article.source).stem for f in assistant.search(words, filters=filters)]


def test_the_best_article_comes_first_with_its_passage(assistant: NewsAssistant) -> None:
    found = assistant.search("bệnh viện Suối Ngàn")
    assert Path(found[0].article.source).stem == "benh-vien-suoi-ngan-mo-cua"
    assert all(f.article.text[f.passage.start : f.passage.end] == f.passage.text for f in found)
    ids = [f.article.id for f in found]
    assert len(set(ids)) == len(ids)
    assert sources(assistant, "benh vien Suoi Ngan")[0] == "benh-vien-suoi-ngan-mo-cua"


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(since="2016", until="2016"), {"gap-mat-xuan-binh-than", "hoi-nghi-van-phong-cap-uy-da-nang"}),
        (Filters(since="2016-02-02", until="2016-02-02"), {"gap-mat-xuan-binh-than"}),
        (Filters(since="2016-02-03", until="2016-07-13"), set()),
        (Filters(until="2016-07-14"), {"gap-mat-xuan-binh-than", "hoi-nghi-van-phong-cap-uy-da-nang"}),
        (Filters(since="2022"), {"hop-tac-xa-xoai-tan-my-phu", "hue-library-digitisation"}),
        (Filters(outlets=("vietnamplus",)), {"tet-canh-ty-2020"}),
        (Filters(outlets=("TTXVN / Vietnam+",)), {"tet-canh-ty-2020"}),
        (Filters(outlets=("TTXVN",)), {"tet-canh-ty-2020", "van-phong-trung-uong-tong-ket-2017"}),
        (Filters(outlets=("ttxvn",), since="2020"), {"tet-canh-ty-2020"}),
        (Filters(outlets=("Nowhere Times",)), set()),
    ],
)
def test_limits_leave_what_is_of_the_time_and_the_outlet(
    assistant: NewsAssistant, filters: Filters, wanted: set[str]
) -> None:
    words = "hội nghị văn phòng Trung ương, hợp tác xã, library, năm"
    assert set(sources(assistant, words, filters)) == wanted


@pytest.mark.parametrize(
    "filters", [Filters(since="yesterday"), Filters(until="2016-13"), Filters(since="2016-02-30"), Filters(until="16")]
)
def test_what_is_no_time_is_refused(assistant: NewsAssistant, filters: Filters) -> None:
    with pytest.raises(QuestionError, match="is no time") as caught:
        assistant.search("hội nghị", filters=filters)
    assert caught.value.hint


@pytest.mark.parametrize("words", ["", "  ", "x" * 3000])
def test_words_are_taken_as_questions_are(assistant: NewsAssistant, words: str) -> None:
    with pytest.raises(QuestionError):
        assistant.search(words)


def test_no_more_than_are_asked_for(assistant: NewsAssistant) -> None:
    assert len(assistant.search("hội nghị", most=2)) == 2


def test_beyond_what_is_ranked_the_words_decide(tmp_path: Path, embeddings: TextEmbeddings) -> None:
    days = [date(2021, 1, 1) + timedelta(n) for n in range(120)]
    told = "Ngày {d.day}/{d.month}/{d.year}, dân làng số {n} mở lễ hội đua thuyền."
    rows = [record(f"k{n}", f"Lễ hội làng số {n}", told.format(d=d, n=n)) for n, d in enumerate(days)]
    (tmp_path / "a.jsonl").write_text(jsonl(rows), encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    assert len(ingest([tmp_path / "a.jsonl"], settings=settings, embedder=embeddings).added) == len(days)
    assistant = NewsAssistant.open(settings=settings)
    found = assistant.search("lễ hội đua thuyền", filters=Filters(since="2021-02"), most=200)
    assistant.close()
    wanted = {f"k{n}" for n, day in enumerate(days) if day >= date(2021, 2, 1)}
    assert len(wanted) > 50  # more than are ranked
    assert {f.article.source.partition("#")[2] for f in found} == wanted
