"""The words of the page in Vietnamese and English, and the questions it offers as examples.

Both languages stand in the page at once and the style sheet shows one of them, by `<html lang>`: Gradio knows no Vietnamese,
and a switch of language then loses nothing of the conversation. Attributes, which cannot hold two languages, are set by
`assets/language.js` from `ATTRIBUTES`.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from qa.schema import Article

__all__ = [
    "ATTRIBUTES",
    "Text",
    "both",
    "date_text",
    "date_words",
    "example_questions",
    "period_text",
    "period_words",
    "spans",
]


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
    "read_off": Text("Đọc từ câu hỏi:", "Read from the question:"),
    "keep": Text("chỉ tìm trong phạm vi này", "search only within this"),
    "within": Text("Đã tìm trong phạm vi:", "Searched within:"),
    "stopped": Text("Bạn đã dừng câu trả lời này.", "You stopped this answer."),
    "unproven": Text("Câu chưa có chứng cứ", "Not proven"),
    "copy": Text("Chép kèm nguồn", "Copy with sources"),
    "link": Text("Chép liên kết", "Copy link"),
    "save": Text("Lưu ra tệp", "Save"),
    "save_answer": Text("Câu trả lời này", "This answer"),
    "save_conversation": Text("Cả cuộc hỏi", "The whole conversation"),
    "save.md": Text("Markdown", "Markdown"),
    "save.docx": Text("Word", "Word"),
    "save.json": Text("JSON, mở lại được", "JSON, to open again"),
    "from_file": Text(
        "Mở từ tệp: câu trả lời này không phải vừa được tìm trong kho.",
        "Opened from a file: this answer was not found here just now.",
    ),
    "judge": Text("Câu trả lời này:", "This answer is:"),
    "judge_right": Text("Đúng", "Right"),
    "judge_wrong": Text("Sai", "Wrong"),
    "judge_missing": Text("Còn thiếu", "Incomplete"),
    "retry": Text("Hỏi lại", "Ask again"),
    "edit": Text("Sửa câu hỏi", "Edit"),
    "editing": Text(
        "Đang sửa câu hỏi vừa rồi; câu mới sẽ thay câu cũ.", "Editing the last question; the new one takes its place."
    ),
    "unedit": Text("Không sửa nữa", "Leave it"),
    "filter": Text("Lọc bài", "Filter articles"),
    "drop": Text("Bỏ", "Remove"),
    "filtered": Text("{count} bài", "{count} articles"),
    "filter_title": Text("Chỉ tìm trong", "Search only in"),
    "filter_period": Text("Thời gian của sự kiện hoặc ngày đăng", "When it happened or was published"),
    "filter_since": Text("Từ", "From"),
    "filter_until": Text("Đến hết", "Up to"),
    "filter_dates": Text("Ví dụ: 2016, 7/2016 hoặc 14/7/2016", "For example 2016, 7/2016 or 14/7/2016"),
    "filter_outlets": Text("Cơ quan báo chí", "Outlets"),
    "filter_people": Text("Người được nói tới", "People spoken of"),
    "filter_person": Text("Thêm một người", "Add a person"),
    "apply": Text("Áp dụng", "Apply"),
    "cancel": Text("Thôi", "Cancel"),
    "clear": Text("Bỏ hết", "Clear all"),
    "unread_date": Text(
        "Không đọc được “{date}”. Hãy gõ năm, tháng/năm hoặc ngày/tháng/năm.",
        "“{date}” cannot be read. Type a year, month/year or day/month/year.",
    ),
    "wrong_way": Text("Ngày đầu đứng sau ngày cuối.", "The first day comes after the last."),
    "versions": Text("Các bản của bài này ({count})", "Versions of this article ({count})"),
    "version_now": Text("bản hiện nay, có từ", "the present one, since"),
    "version_then": Text("bản cũ, đã thay ngày", "an older one, replaced on"),
    "shown_now": Text("đang xem", "shown"),
    "skip": Text("Đến ô câu hỏi", "Go to the question box"),
    "skip_view": Text("Đến nội dung", "Go to the content"),
    "new": Text("Cuộc hỏi mới", "New conversation"),
    "conversations": Text("Các cuộc hỏi", "Conversations"),
    "help": Text("Phím tắt", "Shortcuts"),
    "lost": Text("Không mở lại được cuộc hỏi này.", "This conversation cannot be opened again."),
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
    "back": Text("Về các trích dẫn", "Back to the evidence"),
    "back_to_list": Text("Về danh sách", "Back to the list"),
    "close_article": Text("Đóng bài", "Close the article"),
    "gone": Text("Bài này không còn trong kho.", "This article is no longer in the collection."),
    "happened": Text("Sự kiện", "Event"),
    "published": Text("Đăng", "Published"),
    "read_from": Text("đọc từ", "read from"),
    "caption": Text("Chú thích ảnh", "Caption"),
    "hole": Text("Câu bị mất chữ", "Words lost"),
    "changed": Text(
        "Đây là bản cũ; sau đó bài đã được sửa hoặc gỡ, ngày",
        "This is an older text; the article was changed or removed since, on",
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
    "views": Text("Các trang", "Pages"),
    "actions": Text("Thao tác", "Actions"),
    "tools": Text("Việc với câu trả lời này", "What to do with this answer"),
    "filters": Text("Phạm vi tìm", "What is searched"),
    "stop": Text("Dừng", "Stop"),
    "close": Text("Đóng", "Close"),
    "copied": Text("Đã chép câu trả lời kèm nguồn.", "The answer was copied with its sources."),
    "linked": Text("Đã chép liên kết.", "The link was copied."),
    "judge": Text("Câu trả lời này đúng hay sai?", "Is this answer right?"),
    "judge_title": Text("Cảm ơn bạn đã cho biết", "Thank you for telling"),
    "judge_why_right": Text("Muốn nói thêm? (không bắt buộc)", "Anything to add? (optional)"),
    "judge_why_wrong": Text("Sai ở đâu? (không bắt buộc)", "What is wrong? (optional)"),
    "judge_why_missing": Text("Còn thiếu điều gì? (không bắt buộc)", "What is missing? (optional)"),
    "judge_note": Text(
        "Người giữ kho đọc được ý kiến này cùng câu hỏi và câu trả lời.",
        "Whoever keeps this collection can read this, with the question and the answer.",
    ),
    "judge_send": Text("Gửi", "Send"),
    "judge_take_back": Text("Rút lại ý kiến", "Take it back"),
    "judge_thanks": Text(
        "Đã ghi nhận. Bạn có thể đổi ý bất cứ lúc nào.", "Noted. You can change your mind at any time."
    ),
    "judge_taken": Text("Đã rút lại ý kiến.", "It was taken back."),
    "judge_wait": Text(
        "Nhiều ý kiến quá trong chốc lát. Hãy thử lại sau ít phút.", "Too many at once. Try again in some minutes."
    ),
    "judge_full": Text("Sổ ý kiến đã đầy; chưa ghi được.", "No more can be kept; this was not."),
    "judge_failed": Text("Chưa ghi được ý kiến. Hãy thử lại.", "This could not be kept. Try again."),
    "judge_gone": Text("Không còn câu trả lời này trên trang.", "This answer is no longer on the page."),
    "save_answer": Text("Lưu câu trả lời này", "Save this answer"),
    "save_conversation": Text("Lưu cả cuộc hỏi", "Save the whole conversation"),
    "saved": Text("Đã lưu tệp.", "The file was saved."),
    "unsaved": Text("Chưa có gì để lưu.", "There is nothing to save yet."),
    "open_file": Text("Mở một tệp đã lưu (.json)", "Open a saved file (.json)"),
    "file_large": Text("Tệp lớn quá, trang không mở được.", "The file is too large for the page."),
    "uncopied": Text("Trình duyệt không cho chép.", "The browser does not allow copying."),
    "conversations": Text("Các cuộc hỏi", "Conversations"),
    "conversations_note": Text("Chỉ lưu trong trình duyệt này.", "Kept in this browser only."),
    "conversations_none": Text("Chưa có cuộc hỏi nào.", "No conversations yet."),
    "conversations_unfound": Text("Không tìm thấy cuộc hỏi nào.", "No conversation found."),
    "search": Text("Tìm trong các cuộc hỏi", "Search the conversations"),
    "rename": Text("Đổi tên", "Rename"),
    "rename_to": Text("Tên mới", "New name"),
    "delete": Text("Xóa", "Delete"),
    "deleted": Text("Đã xóa cuộc hỏi.", "The conversation was deleted."),
    "undo": Text("Lấy lại", "Undo"),
    "opened": Text("Đang mở", "Open now"),
    "help": Text("Phím tắt", "Shortcuts"),
    "help_slash": Text("Đến ô câu hỏi", "Go to the question box"),
    "help_enter": Text("Gửi câu hỏi", "Send the question"),
    "help_shift": Text("Xuống dòng", "Break the line"),
    "help_up": Text("Sửa câu hỏi vừa rồi (khi ô trống)", "Edit the last question (in an empty box)"),
    "help_escape": Text("Dừng, đóng, hoặc trở về các trích dẫn", "Stop, close, or go back to the evidence"),
    "help_question": Text("Mở bảng này", "Open this list"),
    "help_single": Text("Dùng các phím / và ?", "Use the keys / and ?"),
}
"""Words of attributes (`placeholder`, `aria-label`, the window's title), by the name the scripts in `assets` know them by."""

MONTHS = "January February March April May June July August September October November December".split()
LONGEST_QUOTED_TITLE = 70
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DATE = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:T.*)?")


def both(name: str, **fields: object) -> str:
    """Return the text `name` as HTML holding both languages; `fields` are put in escaped."""
    return spans(Text(*(words.format(**fields) for words in TEXTS[name])))


def spans(text: Text) -> str:
    """Return a text as HTML holding both languages."""
    return "".join(
        f'<span class="t" lang="{language}">{escape(words)}</span>' for language, words in text._asdict().items()
    )


def date_text(value: str) -> str:
    """Return an ISO date, cut short or with an open year, as HTML holding both languages; other text unchanged, escaped."""
    words = date_words(value)
    return escape(words.vi) if words.vi == words.en else spans(words)


def period_text(since: str, until: str = "") -> str:
    """Return a stretch of time between two ISO dates, either of them perhaps "", as HTML holding both languages."""
    words = period_words(since, until)
    return escape(words.vi) if words.vi == words.en else spans(words)


def period_words(since: str, until: str = "") -> Text:
    """Return a stretch of time between two ISO dates, either of them perhaps "", in both languages."""
    first, last = date_words(since), date_words(until)
    if since == until or not (since or until):
        return first
    if since and until:
        return Text(f"{first.vi} – {last.vi}", f"{first.en} – {last.en}")
    return Text(f"từ {first.vi}", f"from {first.en}") if since else Text(f"đến hết {last.vi}", f"up to {last.en}")


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
