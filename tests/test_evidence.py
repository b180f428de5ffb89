"""What the page shows of articles, answers and questions: exact, and harmless whatever they hold."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hostile_payloads import PAYLOADS, as_shown
from hypothesis import given
from hypothesis import strategies as st

from qa.ledger import Version
from qa.schema import Answer, Article, Block, BlockKind, Citation, DateMention, DateRole, Filters, Retrieved
from ui.conversation import Exchange
from ui.evidence import article_html, cards_html
from ui.exchanges import exchange_html, start_html
from ui.places import Place
from ui.plain import plain, web_address
from ui.texts import TEXTS, Text, date_text, example_questions

HUGE = "DÀI" * 20_000
TAGS = set(
    "section h1 h2 h3 p span div button ol ul li blockquote mark header dl dt dd a pre code details summary strong".split()
)
ATTRIBUTES = {
    "class", "lang", "type", "tabindex", "aria-label", "href", "target", "rel", "data-open", "data-back", "data-ask",
    "data-act", "data-copy", "data-link", "data-words", "role", "open", "data-record", "data-conversation",
    "data-exchange", "data-marker", "data-pane", "data-place", "data-save", "data-what", "aria-hidden",
}  # fmt: skip
ID = "0123456789abcdef"


class Shown(HTMLParser):
    """Collects what a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.other: list[str] = []
        self.text = ""
        self.marked: list[str] = []
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._in_mark = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def attributes(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.tags if name in attrs]


def article(*blocks: tuple[BlockKind, str], **fields: object) -> Article:
    text, made = "", []
    for kind, words in blocks:
        text += "\n" if text else ""
        made.append(Block(kind, len(text), len(text) + len(words)))
        text += words
    given_fields = {"id": ID, "source": "a.txt", "title": "Tiêu đề", "language": "vi", "content_hash": "", **fields}
    return Article(text=text, blocks=tuple(made), **given_fields)  # type: ignore[arg-type]


def citation(**fields: object) -> Citation:
    given_fields = {
        "marker": 1, "article_id": ID, "source": "a.txt", "title": "Tiêu đề", "quote": "Ông A chủ trì.", "start": 3, "end": 17,
        "content_hash": "", **fields,
    }  # fmt: skip
    return Citation(**given_fields)  # type: ignore[arg-type]


def answer(text: str = "Ông A [1].", **fields: object) -> Answer:
    given_fields = {"question": "Ai?", "answered": True, "language": "vi", "citations": (citation(),), **fields}
    return Answer(text=text, **given_fields)  # type: ignore[arg-type]


def everything(payload: str) -> dict[str, str]:
    """Return every piece of the page with `payload` in every place it can come through."""
    mention = DateMention(payload, payload, 0, 0, DateRole.EVENT, payload)
    fields = {"source": payload, "title": payload, "outlet": payload, "url": payload, "copies": (payload,)}
    whole = article(
        *((kind, payload) for kind in BlockKind),
        **fields,
        event=mention,
        published=mention,
        language=payload,
        id=payload,
    )
    cited = citation(
        **fields, quote=payload, event=payload, published=payload, article_id=payload, kind=BlockKind.CAPTION
    )
    answered = answer(f"{payload} [1]", question=payload, language=payload, citations=(cited,))
    row = Retrieved(payload, payload, payload, 0.5)
    declined = answer(payload, answered=False, citations=(), retrieved=(row,))
    return {
        "start": start_html(3, [Text(payload, payload)]),
        "question": exchange_html(Exchange(payload, answered), 0),
        "cards": cards_html(Exchange(payload, answered), 0),
        "declined": exchange_html(Exchange(payload, declined), 0),
        "nearest": cards_html(Exchange(payload, declined), 0),
        "article": article_html(whole, Place(ID, 0, len(payload))),
    }


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), HUGE], ids=[*PAYLOADS, "huge"])
def test_hostile_text_stays_text(payload: str) -> None:
    for place, html in everything(payload).items():
        shown = Shown(html)
        assert {tag for tag, _ in shown.tags} <= TAGS, place
        assert {name for _, attrs in shown.tags for name in attrs} <= ATTRIBUTES, place
        assert shown.other == [], place
        assert not shown.attributes("href"), place
        assert "${" not in html, place
        assert "{{" not in html, place
        assert "`" not in html, place
        html.encode("utf-8")  # a lone surrogate would break the whole answer


@pytest.mark.parametrize("payload", [p for p in PAYLOADS.values() if len(p) < 200], ids=ascii)
def test_hostile_text_is_shown_whole(payload: str) -> None:
    for place, html in everything(payload).items():
        assert as_shown(payload) in Shown(html).text, place


def test_huge_titles_are_cut_in_cards_and_their_text_is_whole_in_the_article() -> None:
    pieces = everything(HUGE)
    assert len(pieces["declined"]) < 100_000
    assert len(pieces["nearest"]) - len(HUGE) < 3_000  # the id stands in it whole
    assert Shown(pieces["article"]).text.count("DÀI") > 20_000


@given(st.text(), st.data())
def test_the_highlight_is_exactly_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    html = article_html(article((BlockKind.BODY, text)), Place(ID, start, end))
    marked = "".join(Shown(html.replace("\r", "")).marked)
    assert len(marked) == end - start
    assert marked == as_seen(text[start:end])


def as_seen(text: str) -> str:
    """Return `plain(text)` as a browser reads it back."""
    return Shown(plain(text)).text


@given(st.text())
def test_plain_keeps_one_character_for_one(text: str) -> None:
    assert len(as_seen(text)) == len(text)


def test_a_highlight_over_two_paragraphs_marks_both() -> None:
    whole = article((BlockKind.BODY, "Một hai."), (BlockKind.BODY, "Ba bốn."))
    start = whole.text.index("hai")
    assert Shown(article_html(whole, Place(ID, start, whole.text.index("bốn")))).marked == ["hai.", "Ba "]


def test_a_highlight_in_the_title_is_seen_in_the_heading() -> None:
    whole = article((BlockKind.TITLE, "Bốn văn phòng họp"), (BlockKind.BODY, "Nội dung."))
    html = article_html(whole, Place(ID, 4, 13))
    assert Shown(html).marked == ["văn phòng"]
    assert html.count("Bốn") == 1


def test_an_article_without_a_place_has_no_highlight() -> None:
    assert Shown(article_html(article((BlockKind.BODY, "Nội dung.")), Place(ID))).marked == []


@pytest.mark.parametrize("place", [Place(ID, 5, 900), Place(ID, 400, 900)])
def test_a_place_beyond_the_text_does_no_harm(place: Place) -> None:
    html = article_html(article((BlockKind.BODY, "Nội dung.")), place)
    assert "".join(Shown(html).marked) in {"ung.", ""}


def test_captions_and_holes_are_named_as_such() -> None:
    html = article_html(article((BlockKind.CAPTION, "Ảnh."), (BlockKind.HOLE, "Tới dự có .")), Place(ID))
    assert html.count('class="tag"') == 2
    assert TEXTS["caption"].vi in html
    assert TEXTS["hole"].en in html
    assert TEXTS["caption"].vi in cards_html(Exchange("?", answer(citations=(citation(kind=BlockKind.CAPTION),))))


def test_an_opened_article_says_where_its_dates_and_title_come_from() -> None:
    event = DateMention("2016-02-02", "chiều 2/2", 0, 0, DateRole.EVENT, "Xuân Bính Thân")
    whole = article((BlockKind.BODY, "Nội dung."), event=event, title_derived=True, url="https://bao.example/1?a=1&b=2")
    shown = Shown(article_html(whole, Place(ID)))
    assert "chiều 2/2" in shown.text
    assert "Xuân Bính Thân" in shown.text
    assert TEXTS["derived"].en in shown.text
    link = next(attrs for tag, attrs in shown.tags if tag == "a")
    assert link == {"href": "https://bao.example/1?a=1&b=2", "target": "_blank", "rel": "noopener noreferrer"}


@pytest.mark.parametrize("url", ["https://vietnamplus.vn/a/1.vnp", "http://báo.vn/bài", "https://a.vn:8443/x?y=1#z"])
def test_ordinary_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//evil.test", "/relative", "https://", "https:///x", "http://[::1", "http://a b.test",
        "http://a.test\\@evil.test", "ftp://a.test", "blob:https://a.test/x", "http://a.test/\u202egpj", "http://a.test:99999/",
    ],
)  # fmt: skip
def test_other_addresses_do_not(url: str | None) -> None:
    assert web_address(url) is None


def test_only_marks_of_citations_become_buttons() -> None:
    html = exchange_html(Exchange("?", answer("A [1], B [2], C [x], D [1][99].")), 4)
    buttons = [attrs for tag, attrs in Shown(html).tags if tag == "button" and attrs["class"] == "mark"]
    assert [b["data-open"] for b in buttons] == [f"{ID}:3-17"] * 2
    assert {b["data-exchange"] for b in buttons} == {"4"}
    assert "[2]" in Shown(html).text
    assert "[99]" in Shown(html).text


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    html = exchange_html(Exchange("?", answer(understood="Ai <b> chủ trì?")), 0)
    assert "Ai <b> chủ trì?" in Shown(html).text
    assert "understood" not in exchange_html(Exchange("?", answer()), 0)


def test_points_are_a_list() -> None:
    html = exchange_html(Exchange("?", answer("- “A <b>” [1]\n- “B - C” [1]")), 0)
    assert [tag for tag, _ in Shown(html).tags if tag in {"li", "b"}] == ["li", "li"]
    assert "- “" not in Shown(html).text
    assert "<li>" not in exchange_html(Exchange("?", answer("Ông A [1].\n- B [1]")), 0)


def test_a_declined_answer_is_calm_and_names_the_nearest() -> None:
    rows = tuple(Retrieved(f"{n:016x}", "a.txt", f"Bài {n}", 0.1) for n in range(5))
    exchange = Exchange("?", answer("Các bài báo không cho biết.", answered=False, citations=(), retrieved=rows))
    assert 'class="answer declined"' in exchange_html(exchange, 0)
    assert Shown(cards_html(exchange)).attributes("data-open") == [f"{n:016x}" for n in range(3)]


def test_a_growing_answer_may_still_have_a_quotation() -> None:
    growing = Exchange("?", answer("…", answered=False, citations=(), done=False))
    assert TEXTS["evidence_wait"].en in cards_html(growing)
    assert TEXTS["evidence_none"].en in cards_html(replace(growing, stopped=True))


def test_a_growing_answer_is_not_called_declined() -> None:
    assert "declined" not in exchange_html(Exchange("?", answer("…", answered=False, citations=(), done=False)), 0)


def test_an_article_that_has_changed_since_says_so() -> None:
    whole = article((BlockKind.BODY, "Nội dung."))
    assert "2026" not in Shown(article_html(whole, Place(ID))).text
    told = Shown(article_html(whole, Place(ID, 0, 3), until="2026-02-07T10:00:00+00:00"))
    assert "7 February 2026." in told.text
    assert "<" not in told.text
    assert told.marked == ["Nội"]


def test_what_proves_the_sentence_is_bold() -> None:
    quote = "Sáng 25/1, ông Lê Văn <b>Thử</b> gặp bà Trần Thị Mai."
    cited = citation(quote=quote, start=0, end=len(quote))
    html = cards_html(Exchange("?", answer("Bà Trần Thị Mai, ngày 25/1/2019. [1]", citations=(cited,))))
    assert "Trần Thị Mai</strong>" in html
    assert "25/1</strong>" in html
    assert quote in Shown(html).text


def test_the_versions_of_an_article_are_listed_and_the_one_shown_is_no_link() -> None:
    now = article((BlockKind.BODY, "Bản mới."), content_hash="b" * 64)
    old = article((BlockKind.BODY, "Bản cũ."), content_hash="a" * 64)
    versions = [
        Version(now, "2026-03-01T00:00:00+00:00", None),
        Version(old, "2026-01-01", "2026-03-01T00:00:00+00:00"),
    ]
    html = article_html(old, Place(ID, 0, 3, "a" * 12), 4, until=versions[1].until, versions=versions)
    shown = Shown(html)
    assert shown.attributes("data-open") == [f"{ID}@{'b' * 12}"]
    assert "1 March 2026" in shown.text
    assert TEXTS["shown_now"].vi in shown.text
    assert "versions" not in article_html(now, Place(ID), versions=versions[:1])


def test_the_bare_answer_leads_and_an_unproven_sentence_is_named_so() -> None:
    led = exchange_html(Exchange("?", answer("Ông A [1]. “Ông A chủ trì.” [1]")), 0)
    assert '<span class="lead">Ông A</span>' in led
    doubted = exchange_html(Exchange("?", answer("Ông A [1]. Ông B. [?] Hết.", unproven=("Ông B.",))), 0)
    assert '<span class="unproven">Ông B. <span class="tag">' in doubted
    assert "[?]" not in Shown(doubted.split("tools")[0]).text
    assert 'class="lead"' not in doubted


def test_what_was_read_from_a_question_can_become_a_filter() -> None:
    read = Exchange(
        "?", answer(), periods=("2016-01/2016-03", "--07-14", "<b>"), people=("Lê <b>",), filters=Filters(since="2015")
    )
    shown = Shown(exchange_html(read, 0))
    assert shown.attributes("data-period") == ["2016-01/2016-03"]
    assert shown.attributes("data-person") == ["Lê <b>"]
    assert "July, year not given" in shown.text
    assert "from 2015" in shown.text


@pytest.mark.parametrize("place", [Place(ID), Place(ID, 0, 5), Place(ID, 120, 388), Place(ID, 1, 2, "0123456789ab")])
def test_places_come_back_as_they_went(place: Place) -> None:
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "x",
        ID[:-1],
        ID + ":1",
        ID + ":1-",
        ID + ":-1-5",
        "../../etc/passwd",
        ID + ":1-2\n",
        ID.upper(),
        [ID],
        {},
    ],
)
def test_other_places_are_none(text: object) -> None:
    assert Place.parse(text) is None


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("2016-02-02", "2/2/2016", "2 February 2016"),
        ("2016-02", "tháng 2/2016", "February 2016"),
        ("2016", "2016", "2016"),
        ("--02-02", "2/2, không rõ năm", "2 February, year not given"),
        ("--07", "tháng 7, không rõ năm", "July, year not given"),
        ("2019-01-25T08:00", "25/1/2019", "25 January 2019"),
    ],
)
def test_dates_are_said_in_both_languages(value: str, vi: str, en: str) -> None:
    html = date_text(value)
    assert vi in html
    assert en in html


@pytest.mark.parametrize("value", ["2016-13-01", "hôm qua", "2016-00", "<b>"])
def test_other_dates_are_left_as_they_are(value: str) -> None:
    assert Shown(date_text(value)).text == value


def test_every_text_stands_in_both_languages_with_the_same_fields() -> None:
    for name, text in TEXTS.items():
        assert text.vi.strip(), name
        assert text.en.strip(), name
        assert text.vi.count("{") == text.en.count("{"), name


def test_an_empty_collection_says_so_with_the_command() -> None:
    shown = Shown(start_html(0, []))
    assert TEXTS["empty"].vi in shown.text
    assert TEXTS["empty"].en in shown.text
    assert "hoibao ingest" in shown.text
    assert not shown.attributes("data-ask")


def test_example_questions_come_from_the_articles() -> None:
    chaired = article((BlockKind.BODY, "Hội nghị do ông A chủ trì."), title="Họp năm 2019")
    held = article(
        (BlockKind.BODY, "Hội nghị khai mạc."),
        title="Họp",
        event=DateMention("2016-07-14", "14/7", 0, 0, DateRole.EVENT),
    )
    questions = list(example_questions([chaired, held]))
    assert Text("Ai chủ trì hội nghị năm 2019?", "Who chaired the 2019 conference?") in questions
    assert Text("Hội nghị năm 2016 diễn ra ngày nào?", "On what day was the 2016 conference?") in questions
    assert list(example_questions([article((BlockKind.BODY, "Mưa lớn."))])) == []
