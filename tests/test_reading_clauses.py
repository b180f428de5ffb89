"""Clauses and lists as answers."""

from reading_support import build

from qa.reading.clauses import CLAUSE_CHARS, find_clauses, find_items
from qa.reading.views import ArticleView

LONG = (
    "Sáng nay trời mưa, gió thổi mạnh từ phía biển vào; giá phân bón tăng một phần tư vì tàu không cập cảng được, nông dân nhiều xã "
    "bỏ ruộng, chợ huyện vắng người mua, còn hợp tác xã thì chờ giống mới về."
)


def view(text: str) -> ArticleView:
    return ArticleView(build("a", "Tin", text))


def test_clauses_are_whole_and_short_enough_to_lead() -> None:
    found = view(LONG)
    texts = [found.article.text[s.start : s.end] for s in find_clauses(found, found.sentences[1])]
    assert all(len(t) <= CLAUSE_CHARS and t in LONG for t in texts)
    assert any(t.startswith("giá phân bón tăng một phần tư") for t in texts)
    assert any(t.startswith("vì tàu không cập cảng") for t in texts)


def test_a_short_sentence_is_a_clause_itself() -> None:
    found = view("Cầu đóng vì lũ về nhanh.")
    assert (found.sentences[1].start, found.sentences[1].end) in [
        (s.start, s.end) for s in find_clauses(found, found.sentences[1])
    ]


def test_words_without_a_mark_are_cut_between_words() -> None:
    found = view("một " * 100)
    spans = find_clauses(found, found.sentences[1])
    assert spans
    assert all(set(found.article.text[s.start : s.end].split()) == {"một"} for s in spans)


def test_the_items_of_a_list() -> None:
    found = view("Xã chọn ba việc: làm đường, đào giếng và trồng rừng.")
    items = find_items(found, found.sentences[1])
    assert ("làm đường", "đào giếng", "trồng rừng") in [tuple(s.texts(found.article.text)) for s in items]
    assert not find_items(found, found.sentences[0])


def test_a_decimal_comma_parts_no_items() -> None:
    found = view("Tiền chia làm ba: 2,35 tỷ đồng dựng nhà, 1,5 tỷ đồng mua giống và phần còn lại sửa trạm.")
    items = find_items(found, found.sentences[1])
    assert ("2,35 tỷ đồng dựng nhà", "1,5 tỷ đồng mua giống", "phần còn lại sửa trạm") in [
        tuple(s.texts(found.article.text)) for s in items
    ]
