"""The words of the view of people and time."""

from ui.texts import Text, spans

__all__ = ["NAME", "ROLES", "WORDS", "counted", "say"]

NAME = Text("Người và thời gian", "People and time")
TEXTS = {
    "people": Text("Người", "People"),
    "time": Text("Thời gian", "Time"),
    "find": Text("Tìm người", "Find a person"),
    "find_hint": Text(
        "Gõ họ tên hoặc một phần, có dấu hay không dấu đều được.",
        "Type a name or part of it, with or without diacritics.",
    ),
    "most_named": Text("Được nhắc trong nhiều bài nhất", "Named in most articles"),
    "found": Text("{count} người có tên như vậy", "{count} people of such a name"),
    "found_one": Text("{count} người có tên như vậy", "{count} person of such a name"),
    "found_most": Text(
        "{count} người được nhắc nhiều nhất có tên như vậy", "The {count} people of such a name who are named most"
    ),
    "nobody": Text("Không bài nào nhắc tới ai tên “{name}”.", "No article names anybody called “{name}”."),
    "articles": Text("{count} bài", "{count} articles"),
    "articles_one": Text("{count} bài", "{count} article"),
    "spellings": Text("Cũng viết là", "Also written"),
    "namesakes": Text("Những người khác trùng tên", "Others of this name"),
    "posts": Text("Chức vụ qua các bài", "Posts in the articles"),
    "posts_more": Text("{count} cách gọi khác", "{count} other wordings"),
    "timeline": Text("Theo dòng thời gian", "Over time"),
    "all": Text("Tất cả", "All"),
    "only_posts": Text("Chức vụ", "Posts"),
    "only_deeds": Text("Hoạt động", "Deeds"),
    "only_year": Text("Chỉ năm {year}", "Only {year}"),
    "every_year": Text("Mọi năm", "Every year"),
    "undated": Text("Không rõ ngày", "No date known"),
    "by_event": Text("ngày của sự kiện", "day of the event"),
    "by_published": Text("ngày đăng", "day of publication"),
    "by_planned": Text("năm được bàn tới", "year that is planned for"),
    "read": Text("Đọc trong bài", "Read in the article"),
    "earlier": Text("Trước đó", "Earlier"),
    "later": Text("Tiếp theo", "Further"),
    "page": Text("{first}–{last} trong {count}", "{first}–{last} of {count}"),
    "none": Text("Không có gì ở đây.", "There is nothing here."),
    "time_title": Text("Bài báo theo thời gian", "Articles over time"),
    "time_year": Text("Năm {year}", "{year}"),
    "time_lead": Text(
        "Mỗi cột là số bài của một năm hoặc tháng. Bấm vào một cột để xem các bài.",
        "Each bar counts the articles of a year or month. Click one to list them.",
    ),
    "event": Text("Theo ngày của sự kiện", "By day of the event"),
    "published": Text("Theo ngày đăng", "By day of publication"),
    "told": Text("Lần được nhắc", "Mentions"),
    "time_undated_one": Text("{count} bài không rõ ngày.", "{count} article has no known date."),
    "time_undated": Text("{count} bài không rõ ngày.", "{count} articles have no known date."),
    "time_nothing": Text("Chưa bài nào có ngày.", "No article has a date yet."),
    "time_before": Text(
        "Biểu đồ bắt đầu từ {year}; các năm trước đó có trong bảng.",
        "The chart begins in {year}; earlier years are in the table.",
    ),
    "table": Text("Xem dạng bảng", "Show as a table"),
    "year": Text("Năm", "Year"),
    "month": Text("Tháng", "Month"),
    "no_month": Text("Không rõ tháng", "Month not given"),
    "all_years": Text("Tất cả các năm", "All years"),
    "open_hint": Text("Bấm vào một câu hay một bài để đọc ở đây.", "Click a sentence or an article to read it here."),
    "article": Text("Bài báo", "Article"),
    "untitled": Text("Không có tiêu đề", "Untitled"),
    "empty": Text("Kho chưa có bài báo nào.", "Nothing has been ingested yet."),
    "failed": Text("Chưa mở được trang này. Hãy thử lại.", "This could not be opened. Try again."),
    "opening": Text("Đang mở…", "Opening…"),
}
ROLES = {
    "post": Text("Chức vụ", "Post"),
    "chairs": Text("Chủ trì", "Chairs"),
    "speaks": Text("Phát biểu", "Speaks"),
    "presents": Text("Trình bày", "Presents"),
    "attends": Text("Tham dự", "Attends"),
    "signs": Text("Ký", "Signs"),
    "appointed": Text("Được bổ nhiệm", "Appointed"),
    "meets": Text("Gặp gỡ", "Meets"),
}
"""What somebody is said to be or do, by `qa.schema.Role`."""
WORDS = {
    "people_find": TEXTS["find"],
    "people_ways": Text("Xem theo", "Show by"),
    "people_article": TEXTS["article"],
    "people_told": NAME,
    "people_kinds": Text("Loại", "Kind"),
    "people_pages": Text("Trang của danh sách", "Pages of the list"),
}
"""Words of attributes, for the scripts."""


def say(name: str, /, **fields: object) -> str:
    """Return the text `name` as HTML holding both languages; `fields` are put in escaped."""
    return spans(Text(*(words.format(**fields) for words in TEXTS[name])))


def counted(name: str, count: int) -> str:
    """Return the text `name` with a number in it, in the singular where there is one for it."""
    return say(f"{name}_one" if count == 1 else name, count=f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"))
