"""The words of the page in Vietnamese and English, and the questions it offers as examples.

Both languages stand in the page at once and the style sheet shows one of them, by `<html lang>`: Gradio knows no Vietnamese,
and a switch of language then loses nothing of the conversation. Attributes, which cannot hold two languages, are set by
`assets/page.js` from `ATTRIBUTES`.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from qa.schema import Article

__all__ = ["ATTRIBUTES", "Text", "both", "date_text", "date_words", "example_questions"]


class Text(NamedTuple):
    """The same words in both languages."""

    vi: str
    en: str


TEXTS = {
    "name": Text("Hỏi báo", "Hoibao"),
    "tagline": Text(
        "Hỏi kho bài báo của bạn. Mỗi câu trả lời kèm đúng câu trong bài làm chứng.",
        "Ask your news articles. Every answer comes with the very sentence that proves it.",
    ),
    "sign_out": Text("Đăng xuất", "Sign out"),
    "conversation": Text("Hỏi và đáp", "Questions and answers"),
    "evidence": Text("Trích dẫn", "Evidence"),
    "evidence_wait": Text(
        "Câu trích làm chứng cho câu trả lời sẽ hiện ở đây. Bấm vào số [1] để đọc cả bài.",
        "The sentences that prove an answer appear here. Click a mark such as [1] to read the whole article.",
    ),
    "evidence_none": Text("Câu trả lời này không có trích dẫn.", "This answer has no quotation."),
    "nearest": Text("Những bài gần nhất", "The nearest articles"),
    "opening": Text("Đang mở kho bài báo…", "Opening the collection…"),
    "start": Text("Bạn muốn hỏi gì?", "What would you like to ask?"),
    "articles": Text(
        "Trong kho có {count} bài báo. Có thể bắt đầu bằng:", "{count} articles to ask. You could start with:"
    ),
    "no_examples": Text("Trong kho có {count} bài báo.", "{count} articles to ask."),
    "empty": Text("Kho chưa có bài báo nào", "Nothing has been ingested yet"),
    "empty_how": Text(
        "Hãy nạp một thư mục bài báo bằng lệnh dưới đây, rồi tải lại trang.",
        "Ingest a folder of articles with the command below, then reload this page.",
    ),
    "understood": Text("Hiểu là:", "Understood as:"),
    "reading": Text("Đang đọc…", "Reading…"),
    "question_error": Text("Chưa nhận được câu hỏi này", "This question cannot be taken"),
    "question_empty": Text(
        "Câu hỏi còn trống. Hãy gõ câu hỏi vào ô bên dưới.", "The question is empty. Type one in the box below."
    ),
    "question_long": Text(
        "Câu hỏi dài quá. Hãy rút gọn còn tối đa {limit} ký tự.",
        "The question is too long. Shorten it to at most {limit} characters.",
    ),
    "error": Text("Chưa trả lời được", "No answer for now"),
    "error_unknown": Text(
        "Có trục trặc khi đọc các bài báo. Hãy thử lại; nếu vẫn vậy, xem nhật ký của chương trình.",
        "Something went wrong while reading the articles. Try again; if it stays so, look into the program's log.",
    ),
    "open": Text("Đọc cả bài", "Read the article"),
    "back": Text("Về các trích dẫn", "Back to the evidence"),
    "gone": Text("Bài này không còn trong kho.", "This article is no longer in the collection."),
    "happened": Text("Sự kiện", "Event"),
    "published": Text("Đăng", "Published"),
    "read_from": Text("đọc từ", "read from"),
    "caption": Text("Chú thích ảnh", "Caption"),
    "hole": Text("Câu bị mất chữ", "Words lost"),
    "changed": Text(
        "Đây là văn bản lúc được trích; sau đó bài đã được sửa hoặc gỡ, ngày",
        "This is the text as it was quoted; the article was changed or removed since, on",
    ),
    "derived": Text(
        "Tệp không có tiêu đề; dòng này được rút ra từ bài.",
        "The file has no title; this line was taken from the text.",
    ),
    "untitled": Text("Không có tiêu đề", "Untitled"),
    "file": Text("Tệp", "File"),
    "copies": Text("Cũng có ở", "Also in"),
    "original": Text("Bản gốc", "Original"),
}

ATTRIBUTES = {
    "title": Text("Hỏi báo", "Hoibao – ask the newspaper"),
    "question": Text("Câu hỏi của bạn", "Your question"),
    "placeholder": Text("Gõ câu hỏi, rồi nhấn Enter", "Your question, then Enter"),
    "send": Text("Hỏi", "Ask"),
    "evidence": Text("Trích dẫn", "Evidence"),
    "conversation": Text("Hỏi và đáp", "Questions and answers"),
    "language": Text("Ngôn ngữ", "Language"),
}
"""Words of attributes (`placeholder`, `aria-label`, the window's title), by the name `assets/page.js` knows them by."""

MONTHS = "January February March April May June July August September October November December".split()
LONGEST_QUOTED_TITLE = 70
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DATE = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:T.*)?")


def both(name: str, **fields: object) -> str:
    """Return the text `name` as HTML holding both languages; `fields` are put in escaped."""
    return _spans(Text(*(words.format(**fields) for words in TEXTS[name])))


def date_text(value: str) -> str:
    """Return an ISO date, cut short or with an open year, as HTML holding both languages; other text unchanged, escaped."""
    words = date_words(value)
    return escape(words.vi) if words.vi == words.en else _spans(words)


def date_words(value: str) -> Text:
    """Return an ISO date, cut short or with an open year, in both languages; other text unchanged."""
    found = DATE.fullmatch(value)
    if not found or (found["month"] and not 1 <= int(found["month"]) <= 12):
        return Text(value, value)
    year = "" if found["year"] == "-" else found["year"]
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    if not month:
        return Text(year or value, year or value)
    vi = f"{day}/{month}" if day else f"tháng {month}"
    en = f"{day} {MONTHS[month - 1]}" if day else MONTHS[month - 1]
    if not year:
        return Text(f"{vi}, không rõ năm", f"{en}, year not given")
    return Text(f"{vi}/{year}", f"{en} {year}")


def example_questions(articles: Iterable[Article]) -> Iterator[Text]:
    """Yield questions that the articles suggest by what they are about, those of different forms first.

    Whether they can be answered has to be tried: a template knows a year and a title, no more.
    """
    forms: dict[str, dict[Text, None]] = {"chair": {}, "day": {}, "event": {}}
    for article in articles:
        for form, question in _suggested(article):
            forms[form][question] = None
    for row in zip_longest(*forms.values()):
        yield from (question for question in row if question is not None)


def _suggested(article: Article) -> Iterator[tuple[str, Text]]:
    text, event = article.text.casefold(), article.event
    in_title = YEAR.findall(article.title)
    year = event.value[:4] if event else in_title[0] if len(set(in_title)) == 1 else ""
    meeting = "hội nghị" in text or "conference" in text
    if meeting and year.isdigit() and ("chủ trì" in text or "chaired" in text):
        yield "chair", Text(f"Ai chủ trì hội nghị năm {year}?", f"Who chaired the {year} conference?")
    if meeting and year.isdigit() and event and len(event.value) == 10:
        yield "day", Text(f"Hội nghị năm {year} diễn ra ngày nào?", f"On what day was the {year} conference?")
    if (
        not article.title_derived
        and event
        and len(event.value) == 10
        and 0 < len(article.title) <= LONGEST_QUOTED_TITLE
    ):
        title = article.title.strip()
        yield "event", Text(f"“{title}”: việc này diễn ra ngày nào?", f"“{title}”: on what day was this?")


def _spans(text: Text) -> str:
    return "".join(
        f'<span class="t" lang="{language}">{escape(words)}</span>' for language, words in text._asdict().items()
    )
