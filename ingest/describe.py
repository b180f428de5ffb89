"""What an article is: its title, outlet, language, and when it happened and was published."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.clean import Cleaned
from qa.language.dates import find_dates, resolve
from qa.language.forms import detect_language, words
from qa.language.periods import year_role
from qa.language.sentences import split_sentences
from qa.language.times import find_counted
from qa.schema import BlockKind, DateMention, DateRole

__all__ = ["Description", "describe"]

LONGEST_TITLE = 100
"""Characters of the longest title made from a text without one."""
READ = 200_000
"""Characters in which dates are looked for; no article is longer."""
OPENING = 3
"""Body sentences in which the day of the happening is looked for."""

# Outlets: the canonical name, then its hosts and the other names it signs with.
_OUTLETS = """
TTXVN: vnanet.vn ttxvn.vn | Thông tấn xã Việt Nam, VNA
VietnamPlus: vietnamplus.vn | Vietnam+, Vietnam Plus
Báo Tin tức: baotintuc.vn | Tin tức
Viet Nam News: vietnamnews.vn | VNS
VnExpress: vnexpress.net | VNE
Tuổi Trẻ: tuoitre.vn tuoitrenews.vn | TTO, Tuổi Trẻ Online
Thanh Niên: thanhnien.vn | TNO, Thanh Niên Online
Tiền Phong: tienphong.vn | TPO
Nhân Dân: nhandan.vn nhandan.com.vn nhandan.org.vn | Báo Nhân Dân, NDO
Quân đội nhân dân: qdnd.vn | QĐND
Công an nhân dân: cand.com.vn cand.vn | CAND
Dân trí: dantri.com.vn
VietNamNet: vietnamnet.vn
Lao Động: laodong.vn laodong.com.vn | LĐO
Người Lao Động: nld.com.vn | NLĐ, NLĐO
VOV: vov.vn vovworld.vn | VOV.VN, Đài Tiếng nói Việt Nam
VTV: vtv.vn | Đài Truyền hình Việt Nam
VTC News: vtcnews.vn vtc.vn | VTC
Sài Gòn Giải Phóng: sggp.org.vn | SGGP, SGGPO
Hà Nội Mới: hanoimoi.vn hanoimoi.com.vn
Báo Chính phủ: baochinhphu.vn chinhphu.vn | Chinhphu.vn, VGP, VGP News
Đảng Cộng sản Việt Nam: dangcongsan.vn | ĐCSVN, CPV
Tạp chí Cộng sản: tapchicongsan.org.vn
Đại biểu Nhân dân: daibieunhandan.vn
Quốc hội: quochoi.vn
Pháp luật TP.HCM: plo.vn | PLO
Pháp luật Việt Nam: baophapluat.vn
Người Đưa Tin: nguoiduatin.vn
Zing: zingnews.vn zing.vn znews.vn | Zing News
24h: 24h.com.vn
Kênh 14: kenh14.vn
CafeF: cafef.vn
VnEconomy: vneconomy.vn
Đầu tư: baodautu.vn
Giáo dục và Thời đại: giaoducthoidai.vn | GD&TĐ
Sức khỏe và Đời sống: suckhoedoisong.vn
An ninh Thủ đô: anninhthudo.vn | ANTĐ
Đà Nẵng: baodanang.vn
Reuters: reuters.com
AP: apnews.com ap.org | Associated Press
AFP: afp.com
BBC: bbc.com bbc.co.uk
CNN: cnn.com
The New York Times: nytimes.com | New York Times, NYT
The Washington Post: washingtonpost.com | Washington Post
The Guardian: theguardian.com | Guardian
Bloomberg: bloomberg.com
Al Jazeera: aljazeera.com
Financial Times: ft.com
The Wall Street Journal: wsj.com | WSJ
Nikkei: nikkei.com
Kyodo: kyodonews.net
Yonhap: yna.co.kr yonhapnews.co.kr
Xinhua: xinhuanet.com news.cn | Tân Hoa Xã
TASS: tass.com
Sputnik: sputniknews.com
The Straits Times: straitstimes.com | Straits Times
South China Morning Post: scmp.com | SCMP
"""
_HOSTS: dict[str, str] = {}
_NAMES: dict[str, str] = {}
for _line in _OUTLETS.strip().splitlines():
    _name, _, _rest = _line.partition(": ")
    _hosts, _, _signed = _rest.partition(" | ")
    _HOSTS.update(dict.fromkeys(_hosts.split(), _name))
    _NAMES.update(dict.fromkeys([_name, *filter(None, _signed.split(", "))], _name))
_SIGNED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?!\w)")
_DATELINE = re.compile(rf"(?:[^\n()]{{0,50}}\((?:Theo )?(?P<a>{_SIGNED.pattern})\)|(?P<b>{_SIGNED.pattern})\s*[-–—]\s)")

_URL_DAY = re.compile(r"[/-](20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:/|\d{4,9}\.|-|$)")
_PLACE_AND = re.compile(r"[A-ZĐ][^\n.!?;]{0,40},\s*(?:ngày\s+)?$")
_DASH = re.compile(r"(?:\s*\([^()]{2,30}\))?\s*[-–—]\s")
_ASIDE = re.compile(
    r"(?:\b(?:từ|đến|tới|trước|sau|kể từ|hết|sinh|hạn|hạn chót|thành lập|hiệu lực|ban hành|ký|luật|nghị quyết|chỉ thị|quyết định|kết luận"
    r"|thông tư|nghị định|kỷ niệm|truyền thống|chậm nhất|since|from|until|till|by|before|after|born|founded|effective|deadline|dated|anniversary of"
    r"|to be held on|expire[sd]?(?: on)?)\s+(?:\(?(?:số\s+)?[\w/.-]+\)?\s+)?(?:vào\s+|on\s+)?(?:lúc\s+)?|\([^()]{0,60}|\bsố\s+\d+[/-][^,.;]{0,40}|\bcách đây\b[^.;]{0,40}|\b(?:sẽ|dự kiến|will|scheduled)\b[^.;]{0,40})$",
    re.IGNORECASE,
)
_COMING = re.compile(r"[^.;]{0,30}\b(?:sẽ|dự kiến|will be)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:nay|qua|hôm nay|today|yesterday)\s*,?\s*\($", re.IGNORECASE)

_ARRIVAL = re.compile(r"(?:đến |tới |tham |cùng |về )?dự\b|(?:chủ trì|phát biểu|attend|present at)", re.IGNORECASE)
_SAYING = re.compile(r"[^:]{5,200}?:\s+(?=[^\W\d_a-z][^:]{30})")
_DATED = re.compile(r"\b20\d\d\b")
_EDGE = re.compile(r"[,;:](?=\s)|\s[-–—](?=\s)|[.!?…]+$")


@dataclass(frozen=True, slots=True)
class Description:
    """What `describe` found; the fields mean what they mean in `Article`."""

    title: str
    title_derived: bool
    url: str | None
    outlet: str | None
    outlets: tuple[str, ...]
    published: DateMention | None
    event: DateMention | None
    dates: tuple[DateMention, ...]
    language: str


def describe(cleaned: Cleaned, *, published: str | None = None, outlet: str | None = None) -> Description:
    """Say what the cleaned article is; nothing is guessed, and what it does not say is None.

    Args:
        cleaned: The article without its dirt.
        published: Its day of publication in ISO 8601 where that is known from elsewhere.
        outlet: Who published it, where that is known from elsewhere.
    """
    text = cleaned.text[:READ]
    found = find_dates(text)
    opening = _opening(cleaned)
    issued = _published(cleaned, found, opening, published)
    dates = _with_counted(resolve(found, text, issued.value if issued else None), text, issued)
    dates = [_with_role(mention, text, issued) for mention in dates]
    event = _event(dates, text, opening, issued)
    if event:
        happened = event._replace(role=DateRole.EVENT)
        dates = [happened if mention == event else mention for mention in dates]
        event = happened
    shown, outlets = _outlets(cleaned, outlet)
    return Description(
        title=cleaned.title if cleaned.title is not None else _derived_title(cleaned),
        title_derived=cleaned.title is None,
        url=cleaned.url,
        outlet=shown,
        outlets=outlets,
        published=issued,
        event=event,
        dates=tuple(dates),
        language=detect_language(text[:1500]),
    )


def _opening(cleaned: Cleaned) -> list[tuple[int, int]]:
    """Return the first body sentences."""
    spans: list[tuple[int, int]] = []
    for block in cleaned.blocks:
        if block.kind is BlockKind.BODY and len(spans) < OPENING:
            found = split_sentences(cleaned.text[block.start : min(block.end, block.start + 4000)])
            spans += [(block.start + s, block.start + e) for s, e in found]
    return spans[:OPENING]


def _published(
    cleaned: Cleaned, found: list[DateMention], opening: list[tuple[int, int]], known: str | None
) -> DateMention | None:
    """Return the day of publication: as known, from a header line, from the address, or from a dateline."""
    if known:
        return DateMention(known[:10], "", 0, 0, DateRole.PUBLISHED)
    for line in cleaned.header:
        days = [m for m in find_dates(line) if len(m.value) == 10 and m.value[0] != "-"]
        if days:
            return DateMention(days[0].value, "", 0, 0, DateRole.PUBLISHED, line)
    address = _URL_DAY.search(cleaned.url or "")
    if address:
        try:
            day = date(*map(int, address.groups()))
            return DateMention(day.isoformat(), "", 0, 0, DateRole.PUBLISHED, cleaned.url)
        except ValueError:
            pass
    start = opening[0][0] if opening else 0
    for mention in found:
        if start < mention.start < start + 60 and len(mention.value) == 10 and mention.value[0] != "-":
            place = _PLACE_AND.fullmatch(cleaned.text, start, mention.start)
            if place and _DASH.match(cleaned.text, mention.end):
                return mention._replace(role=DateRole.PUBLISHED)
    return None


def _event(
    dates: list[DateMention], text: str, opening: list[tuple[int, int]], issued: DateMention | None
) -> DateMention | None:
    """Return the first day in the opening that is not a deadline, an anniversary, the date of a law or yet to come."""
    for mention in dates:
        inside = next(((s, e) for s, e in opening if s <= mention.start < e), None)
        if not inside or len(mention.value) != 10 or mention.role is DateRole.PUBLISHED:
            continue
        before = text[max(inside[0], mention.start - 70) : mention.start]
        if _ASIDE.search(before) and not _TODAY.search(before):
            continue
        if _COMING.match(text, mention.end, inside[1]):
            continue
        if issued and len(issued.value) >= 10 and not _plausible(mention.value, issued.value):
            continue
        return mention
    return None


def _plausible(day: str, issued: str) -> bool:
    return 0 <= (date.fromisoformat(issued[:10]) - date.fromisoformat(day)).days <= 400


def _with_role(mention: DateMention, text: str, issued: DateMention | None) -> DateMention:
    """Return `mention` with what it does in the article, where its words say so."""
    if issued and issued.text and (mention.start, mention.end) == (issued.start, issued.end):
        return mention._replace(role=DateRole.PUBLISHED)
    return mention._replace(role=year_role(mention, text))


def _with_counted(dates: list[DateMention], text: str, issued: DateMention | None) -> list[DateMention]:
    """Return the dates and, between them, those counted from the day of publication: `hôm qua`, `last week`."""
    if issued is None or len(issued.value) < len("2016-07-14"):
        return dates
    starts = [d.start for d in dates]
    for mention in find_counted(text, counted_from=issued.value[:10]):
        at = bisect_left(starts, mention.end)
        if at == 0 or dates[at - 1].end <= mention.start:
            dates.insert(at, mention)
            starts.insert(at, mention.start)
    return dates


def _outlets(cleaned: Cleaned, known: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the outlet as it is shown and the canonical names, from the address, the tails and the dateline."""
    host = re.sub(r"^(?:https?://)?(?:www\.|m\.|en\.|e\.)?", "", cleaned.url or "", flags=re.IGNORECASE)
    host = re.split(r"[/:?#]", host, maxsplit=1)[0].lower()
    published = next((_HOSTS[h] for h in (host, host.partition(".")[2]) if h in _HOSTS), None)
    if known:
        published = (
            _NAMES.get(known.strip())
            or _HOSTS.get(known.strip().lower().removeprefix("www."))
            or published
            or known.strip()
        )
    signed = [m[0] for line in cleaned.bylines for m in _SIGNED.finditer(line)]
    first = next((b for b in cleaned.blocks if b.kind is BlockKind.BODY), None)
    dateline = _DATELINE.match(cleaned.text, first.start, first.end) if first else None
    if dateline:
        signed.append(dateline["a"] or dateline["b"])
    names = dict.fromkeys([published] if published else [])
    names |= dict.fromkeys(_NAMES[name] for name in signed)
    return published or " / ".join(dict.fromkeys(signed)) or None, tuple(names)


def _derived_title(cleaned: Cleaned) -> str:
    """Return the opening clause of the body sentence whose words are most at home in the text."""
    text = cleaned.text
    counts = Counter(words(text[:20000]))
    at_home = {w: math.log(n) for w, n in counts.items() if n > 1 and len(w) > 1}
    best, best_score = "", 0.0
    for number, (clause, whole) in enumerate(_clauses(cleaned)):
        terms = set(words(clause))
        score = sum(map(at_home.__getitem__, terms & at_home.keys())) / math.sqrt(len(terms) + 4) * 0.95**number
        score *= (0.4 if _ARRIVAL.match(clause) else 1.0) * (1.0 if whole else 0.85) * (0.7 if ":" in clause else 1.0)
        score *= 1.2 if _DATED.search(clause) else 1.0
        if score > best_score:
            best, best_score = clause, score
    if best or len(text) <= LONGEST_TITLE:
        return best or text.replace("\n", " ")
    return (text[:LONGEST_TITLE].rpartition(" ")[0] or text[:LONGEST_TITLE]).replace("\n", " ").strip()


def _clauses(cleaned: Cleaned) -> Iterator[tuple[str, bool]]:
    """Yield openings of body sentences that fit a title, cut at the last edge of a clause; True when nothing is cut off.

    Of `Báo cáo nêu rõ: Năm 2017, …` what stands behind the colon is taken.
    """
    taken = 0
    for block in cleaned.blocks:
        if block.kind is not BlockKind.BODY or taken > 40:
            continue
        for start, end in split_sentences(cleaned.text[block.start : min(block.end, block.start + 8000)]):
            sentence = cleaned.text[block.start + start : block.start + end]
            said = _SAYING.match(sentence) if ":" in sentence else None
            sentence = sentence[said.end() :] if said else sentence
            edges = [m.start() for m in _EDGE.finditer(sentence[: LONGEST_TITLE + 1])]
            fitting = [e for e in edges if 25 <= e <= LONGEST_TITLE]
            if fitting:
                taken += 1
                yield sentence[: fitting[-1]].strip(), len(sentence) - fitting[-1] <= 3
