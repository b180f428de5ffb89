"""Institutions, places, quoted titles and what follows the noun that is asked for."""

import pytest
from reading_support import build

from qa.question import understand
from qa.reading.names import find_headed, find_organisations, find_places, find_quoted
from qa.reading.spans import Span
from qa.reading.views import ArticleView


def told(spans: list[Span], text: str) -> list[tuple[str, ...]]:
    return [tuple(text[a:b] for a, b in s.parts) for s in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Việc này do Sở Giáo dục và Đào tạo Hà Nội lo.", "Sở Giáo dục và Đào tạo Hà Nội"),
        ("Quyết định của Cảng vụ Hàng không miền Nam có hiệu lực.", "Cảng vụ Hàng không miền Nam"),
        ("Anh làm ở Công ty Sông Quàng từ lâu.", "Công ty Sông Quàng"),
        ("It was signed by the Ministry of Health of Japan yesterday.", "Ministry of Health of Japan"),
    ],
)
def test_an_institution(text: str, name: str) -> None:
    assert any(name in s[0] for s in told(find_organisations(text, 0, len(text)), text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hội nghị họp tại Hà Nội sáng nay.", "Hà Nội"),
        ("Lễ hội diễn ra tại huyện Sông Quàng hằng năm.", "huyện Sông Quàng"),
        ("Lễ hội ở xã Tân Phú, huyện Sông Quàng đã tan.", "xã Tân Phú"),
        ("Lễ hội ở xã Tân Phú, huyện Sông Quàng đã tan.", "xã Tân Phú, huyện Sông Quàng"),
        ("The fair was held in Can Tho City on Monday.", "Can Tho City"),
        ("Hội nghị họp tại Hà Nội và bàn nhiều việc.", "Hà Nội"),
    ],
)
def test_a_place(text: str, place: str) -> None:
    assert (place,) in told(find_places(text, 0, len(text)), text)


def test_what_is_quoted_alone_and_together() -> None:
    text = "Chị hát bài “Giọt sương” rồi bài “Mùa thu”."
    assert told(find_quoted(text, 0, len(text)), text) == [("Giọt sương",), ("Mùa thu",), ("Giọt sương", "Mùa thu")]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "Hợp tác xã trồng loại xoài nào?",
            "Hợp tác xã trồng loại xoài cát Hòa Lộc, bán rất chạy.",
            "loại xoài cát Hòa Lộc",
        ),
        (
            "hop tac xa trong loai xoai nao",
            "Hợp tác xã trồng loại xoài cát Hòa Lộc, bán rất chạy.",
            "loại xoài cát Hòa Lộc",
        ),
        ("Which pagoda burned?", "Đêm qua chùa Từ Quang cháy.", "chùa Từ Quang"),
    ],
)
def test_what_follows_the_noun_asked_for(question: str, text: str, answer: str) -> None:
    view = ArticleView(build("a", "Tin", text))
    asked = understand(question)
    spans = find_headed(view, view.sentences[1], asked.slots[0], plain=question.isascii())
    assert (answer,) in told(spans, view.article.text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Chiều 2/2, tại Hà Nội, 4 Văn phòng họp mặt.", "Hà Nội"),
        ("Lễ hội mở tại cung Văn hoá Hữu nghị đêm qua.", "cung Văn hoá Hữu nghị"),
        ("Họ họp tại Trung tâm Hành chính thành phố.", "Trung tâm Hành chính"),
    ],
)
def test_a_place_is_cut_through_no_word(text: str, place: str) -> None:
    spans = told(find_places(text, 0, len(text)), text)
    assert (place,) in spans
    assert not [s for s in spans if s[0].endswith((" Văn", " Trung")) or not any(c.isupper() for c in s[0])]
