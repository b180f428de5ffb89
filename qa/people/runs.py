"""Words with capitals that stand together, and the name among them."""

import re

from qa.language.forms import UPPER, fold
from qa.people.beside import (
    adjoins_head,
    agent_apposed,
    agent_before,
    begins_word,
    follows_head,
    follows_scholar,
    in_place,
    is_aged,
    is_agent_title,
    is_foreign,
    is_place,
    is_stranger,
    names_country,
    opens,
    recurs,
    says,
    tells,
    title_before,
)
from qa.people.capitals import PARTICLE_BEFORE, end_of_name, pieces_of
from qa.people.divisions import is_division
from qa.people.named import Mention
from qa.people.names import EASTERN, GIVEN, INSTITUTION, MIDDLE_NAMES, NOBODY, OPENERS, POSTNOMINALS, RARE, SURNAMES
from qa.people.things import (
    ADJOINED,
    FIRMS,
    PLACE_ENDS,
    SCHOOLS,
    SHORTENED,
    begins_body,
    ends_institution,
    fields_before,
    follows_plural,
    follows_school,
    follows_ship,
    goes_on,
    has_abbreviation,
    is_camel,
    is_cut,
    is_firm,
    is_named_after,
    is_named_next,
    is_numbered,
    is_paper,
    names_thing_itself,
)
from qa.people.words import DIVISION, RANK, TITLES, head_before, head_end, head_ends, names_body, names_thing

__all__ = ["Run"]

_FOLDED_SURNAMES = frozenset(fold(s) for s in SURNAMES)
_INITIAL = re.compile(rf"[{UPPER}]\.?")
_THE = re.compile(r"(?<![\w])(?:the|a|an|its|their|this|of|at|from|with) \Z", re.IGNORECASE)
_DOCTOR = frozenset({"Dr", "Mr", "Mrs", "Ms", "Sir", "Prof", "TS", "PGS", "GS", "BS", "ThS"})
_PLACED = re.compile(r"(?<![\w])(?:tại|ở|trên|trong|khắp|quanh|gần) \Z")
LOOK_BACK = 24
"""Characters before a name in which the noun of a division is looked for."""
LONGEST = 5
"""Syllables of the longest Vietnamese name."""


class Run:
    """Words with capitals that stand together, of which some may be a name."""

    def __init__(self, text: str, start: int, end: int, title: re.Match[str] | None) -> None:
        self.text = text
        self.pieces = pieces_of(text, start, end)
        if particle := PARTICLE_BEFORE.search(text, max(0, start - 8), start):
            self.pieces[0] = (particle.start(), self.pieces[0][1])
            title = title_before(text, particle.start())
        self.titled = title is not None
        self.lead: int | None = title.start() if title else None
        self.posted = False

    def mentions(self) -> list[Mention]:
        """Return the person that the words name, if any."""
        self._take_off()
        if self.pieces and self._is_thing_by_form():
            return []
        if self.pieces and self.text.startswith("& ", max(0, self.pieces[0][0] - 2)):
            if len(self.pieces) < 3 or not self.text[slice(*self.pieces[0])].isupper():
                return []  # `Ernst & ⟨Young⟩`
            self.pieces = self.pieces[1:]  # `Sở GD & ĐT ⟨Lê Văn Tám⟩`
        if not self.pieces or head_end(self.text, self.pieces[0][0]) >= self.pieces[-1][1] or self._is_office():
            return []
        if len(self.pieces) > 1 and is_place(self.text[self.pieces[0][0] : self.pieces[-1][1]]):
            return []  # `Hội Nhạc sĩ ⟨Việt Nam⟩`, `Chủ tịch ⟨Thái Bình⟩`
        found = self._vietnamese() or self._other()
        return [found] if found and not is_numbered(found.name) else []

    def _is_thing_by_form(self) -> bool:
        """Return whether the words themselves say that they are no name of a person, or only a part of one."""
        words = [self.text[slice(*p)] for p in self.pieces]
        return is_cut(self.text, words, self.pieces[-1][1]) or (not self.titled and names_thing_itself(words))

    def _is_office(self) -> bool:
        """Return whether the words end in the head of an English post: `Vietnamese ⟨Deputy Minister⟩ of Labour`."""
        end = self.pieces[-1][1]
        if not self.text[slice(*self.pieces[-1])].isascii() or self.text[slice(*self.pieces[-2:][0])] in GIVEN:
            return False  # `Julie ⟨Bishop⟩`
        return any(
            head_end(self.text, p[0]) == end for p in self.pieces if self.text[p[0] : end].isascii() and p[1] - p[0] > 3
        )

    def _take_off(self) -> None:
        """Take titles, posts and the first word of a sentence off the beginning, and what begins another word off the end."""
        while self.pieces:
            word = self.text[slice(*self.pieces[0])].rstrip(".").lower()
            begins = opens(self.text, self.pieces[0][0])
            if self._is_title(word, begins=begins):
                self.lead = self.pieces[0][0] if self.lead is None else self.lead
                self.titled = True
            elif is_agent_title(self.text, self.pieces):
                self.lead, self.titled = self.pieces[0][0], True
            elif self.titled or word not in OPENERS or not begins or self._names_after_opener():
                break
            self.pieces = self.pieces[1:]
        while begins_word(self.text, self.pieces) or (
            len(self.pieces) > 2
            and (self.text[slice(*self.pieces[-1])] in POSTNOMINALS or self.text[slice(*self.pieces[-1])] == "Phó")
        ):
            self.pieces = self.pieces[:-1]
        if len(self.pieces) > 2 and is_camel(self.text[slice(*self.pieces[0])]):
            self.pieces = self.pieces[1:]  # `người sáng lập WikiLeaks ⟨Julian Assange⟩`
        for n, piece in enumerate(self.pieces[1:-1], start=1):
            if self.text[slice(*piece)].rstrip(".") in _DOCTOR:  # `in Việt Nam ⟨Dr Amara Conteh⟩`
                self.pieces, self.titled, self.lead = self.pieces[n + 1 :], True, piece[0]
                break
        self._take_posts()

    def _take_posts(self) -> None:
        """Take the posts that a run begins with, and what they are for, off it."""
        if (n := fields_before(self.text, self.pieces)) and follows_head(self.text, self.pieces[0][0]):
            self.pieces, self.posted, self.lead, self.titled = self.pieces[n:], True, None, False
        ends = head_ends(self.text)
        for n, piece in enumerate(self.pieces[:-1]):
            end = ends.get(piece[0], 0)
            k = next((i for i, p in enumerate(self.pieces[:-1], start=1) if p[1] == end), 0) if end else 0
            if not k or head_end(self.text, self.pieces[k][0]):
                continue
            in_place = n > 0 and is_place(self.text[self.pieces[n - 1][0] : piece[1]])  # `Trung Quốc Vương Nghị`
            firm = n == 0 and names_thing(self.text, piece[0])  # `công ty General Atomics`
            if not in_place and not firm:
                self.pieces, self.posted, self.lead, self.titled = self.pieces[k:], True, None, False
                return

    def _is_title(self, word: str, *, begins: bool) -> bool:
        """Return whether the first word, in small letters, is a title; `begins` when a sentence begins there."""
        if word in TITLES and len(self.pieces) > 1 and (word != "anh" or begins):
            thing = not begins and names_thing(self.text, self.pieces[0][0])  # `tỉnh ⟨Bà Rịa⟩`
            return not thing and not (self.titled and word == "ông")
        return goes_on(self.text, self.pieces, word, titled=self.titled)

    def _names_after_opener(self) -> bool:
        named = len(self.pieces) > 1 and self.text[slice(*self.pieces[0])] in SURNAMES
        return named and not is_place(self.text[self.pieces[1][0] : self.pieces[-1][1]])  # `Từ Trung Quốc, ông X`

    def _vietnamese(self) -> Mention | None:
        """Return the Vietnamese name among the words."""
        if self.titled and len(self.pieces) > 3 and is_place(self.text[self.pieces[0][0] : self.pieces[1][1]]):
            self.pieces, self.lead = self.pieces[2:], None  # `ca sĩ Trung Quốc ⟨Trương Nghệ Hưng⟩`
        if self.titled and all(self._is_syllable(i) for i in range(len(self.pieces))) and len(self.pieces) <= LONGEST:
            country = names_country(self.text, self.lead, self.pieces[0][0], self.pieces[-1][1])
            whole = self._made(0, len(self.pieces) - 1, sure=not country)
            return None if whole.name in NOBODY else whole  # `Bà Rịa`
        for i in self._beginnings():
            last = self._end_of_name(i)
            name = self.text[self.pieces[i][0] : self.pieces[last][1]]
            if (
                last == i
                or (last == i + 1 and i and self.text[slice(*self.pieces[i - 1])] in FIRMS)
                or (last + 1 < len(self.pieces) and self.text[slice(*self.pieces[i])].isascii())
            ):
                continue
            if last + 1 < len(self.pieces) and INSTITUTION.match(self.text[slice(*self.pieces[last + 1])]):
                return None
            before = self.text[slice(*self.pieces[i - 1])] if i else ""
            if name == "Hồ Chí Minh" and is_named_after(self.text, self.pieces[i][0]):
                return None
            if (before in SCHOOLS) or (name == "Hồ Chí Minh" and before in {"TP", "Tp"}):
                return None
            if name in NOBODY or (not self.titled and self._is_thing(i, last)):
                return None
            if (
                not self.titled
                and last + 1 == len(self.pieces)
                and is_named_next(self.text, self.pieces[last][1])
                and follows_head(self.text, self.pieces[0][0])
            ):
                return None  # `Giám đốc Công ty Hồng Lĩnh - ông Cao Bá Sơn`
            goes_on = last + 1 < len(self.pieces)  # `Cựu Thủ tướng Thái Lan ⟨Thaksin⟩`
            if (
                not self.titled
                and (is_place(name) or is_division(name))
                and (goes_on or not adjoins_head(self.text, self.pieces[i][0]))
            ):
                continue
            baptised = i and before in GIVEN  # `Bishop Joseph Đặng Văn Thành`
            first = (
                i - 1 if baptised else 0 if self.titled and i and not self._is_syllable(0) else i
            )  # `linh mục Phêrô Dương Hữu Nhơn`
            return self._made(first, last, sure=self.titled or self.posted or last - i >= 2)
        return None

    def _beginnings(self) -> list[int]:
        """Return where a Vietnamese name may begin, likeliest first: before `Văn` or `Thị`, else from the left."""
        surnames = [i for i in range(len(self.pieces)) if self._is_surname(i)]
        middle = [i for i in range(len(self.pieces) - 2) if self.text[slice(*self.pieces[i + 1])] in MIDDLE_NAMES]
        sure = [i for i in middle if i in surnames or i == 0 or self.text[slice(*self.pieces[i])] in RARE][::-1]
        return sure + [i for i in surnames if i not in sure]

    def _is_surname(self, i: int) -> bool:
        word = self.text[slice(*self.pieces[i])]
        known = word in SURNAMES or (i == 0 and word.isascii() and word.lower() in _FOLDED_SURNAMES)
        return known and not in_place(self.text, self.pieces, i)

    def _is_syllable(self, i: int) -> bool:
        return not is_foreign(self.text, self.pieces[i])

    def _end_of_name(self, first: int) -> int:
        """Return the last piece that belongs to the Vietnamese name beginning at `first`."""
        last = first
        while last + 1 < len(self.pieces) and last - first < LONGEST - 1:
            word = self.text[slice(*self.pieces[last + 1])]
            cut = _INITIAL.fullmatch(word) or word in SHORTENED
            if not cut and not (word[1:].islower() and self._is_syllable(last + 1)):
                break
            last += 1
        return last

    def _is_thing(self, i: int, last: int) -> bool:
        """Return whether the noun before it makes the name that of a place, a firm or a thing."""
        if i > 1:
            return False
        start, long = self.pieces[i][0], last - i >= 2
        if i == 0 and _THE.search(self.text, max(0, start - 6), start):
            return not long
        if i == 0 and follows_school(self.text, start):
            return True  # `Trường THPT chuyên Nguyễn Bỉnh Khiêm`
        if i == 0 and not long and names_body(self.text, start):
            return not adjoins_head(self.text, start)  # `lãnh đạo Bệnh viện đa khoa Vân Hồ`
        if not names_thing(self.text, start) or (i and self.text[slice(*self.pieces[i - 1])].isupper()):
            return False
        division = DIVISION.search(self.text, max(0, start - LOOK_BACK), start)
        return not (long and division and follows_head(self.text, start))

    def _other(self) -> Mention | None:
        """Return the name of another language among the words: it needs a title, a post, or a form no syllable has."""
        whole = self.text[self.pieces[0][0] : self.pieces[-1][1]]
        if all(b - a < 3 for a, b in self.pieces) or (whole.isupper() and len(whole) < 5) or whole in NOBODY:
            return None
        foreign = [not self._is_syllable(i) for i in range(len(self.pieces))]
        if begins_body(whole) and not any(foreign):
            return None
        posted = self.posted or follows_head(self.text, self.pieces[0][0])
        if not self.titled and len(self.pieces) == 1 and not (posted and foreign[0]):
            # Alone it may be the short form of somebody named in full elsewhere.
            return self._made(0, 0, sure=False)
        shown = self._is_shown(whole)
        k = self._body(posted=posted)
        first = self.pieces[k][0]
        name = self.text[first : self.pieces[-1][1]]
        if (
            begins_body(name)
            or is_place(name)
            or (not self.titled and (is_division(name) or has_abbreviation(name.split())))
        ):
            return None
        if not self.titled and is_firm([self.text[slice(*p)] for p in self.pieces[k:]]):
            return None
        if not (self.titled or k) and _PLACED.search(self.text, max(0, first - 8), first):
            return None  # `chuyên gia tại ⟨Stratfor⟩ nói`
        if (
            not self.titled
            and any(foreign[k:])
            and not (foreign[k] or name.isascii() or name.partition(" ")[0] in SURNAMES)
        ):
            return None  # `Điện Kremlin`
        if not (self.titled or shown) and (
            _THE.search(self.text, max(0, first - 6), first) or INSTITUTION.search(name, name.find(" "))
        ):
            return None
        if not self.titled and self._belongs_to_thing(k, native=not any(foreign[k:])):
            return None
        if (
            not self.titled
            and (len(self.pieces) - k == 1 or not any(foreign[k:]))
            and is_named_next(self.text, self.pieces[-1][1])
        ):
            return None  # `HLV trưởng Thép Nam Côn, ông Trương Việt Hùng`
        # Behind the words of a body a Vietnamese name without a surname is rather that of a place or a firm.
        if (
            not any(foreign[k:])
            and not (self.titled or shown)
            and not (posted and (k or self.posted or adjoins_head(self.text, first)))
        ):
            return None
        return self._made(k, len(self.pieces) - 1, sure=self.titled or self.posted or shown or self._after_rank())

    def _belongs_to_thing(self, k: int, *, native: bool) -> bool:
        """Return whether the noun before the piece, or before the words that lead up to it, makes a name that of a thing."""
        first = self.pieces[0][0]
        if (k == 0 or self.text[slice(*self.pieces[k - 1])].isupper()) and names_thing(self.text, self.pieces[k][0]):
            return True  # `THPT ⟨Hương Sơn⟩`
        long = len(self.pieces) - k > 2
        if k and native and names_thing(self.text, first):
            # `trường Nam ⟨Trung Yên⟩`, `Công ty TNHH ⟨Hùng Thanh⟩`, but `Chủ tịch xã Xuân Chinh ⟨Cầm Bá Nhang⟩`
            return not (long and DIVISION.search(self.text, max(0, first - LOOK_BACK), first))
        if long and is_place(self.text[self.pieces[-2][0] : self.pieces[-1][1]]):
            return True  # `Formosa Hà Tĩnh`
        if not native and len(self.pieces) - k == 2 and is_place(self.text[slice(*self.pieces[-1])]):
            return True  # `đại diện tập đoàn ⟨Korvanir Nga⟩`
        if len(self.pieces) == 1 and follows_plural(self.text, first):
            return True  # `các nghị sĩ ⟨Catalonia⟩`
        return (
            (native or len(self.pieces) == 1) and not adjoins_head(self.text, first) and names_body(self.text, first)
        )  # `Công ty may ⟨Tinh Lợi⟩`

    def _is_shown(self, whole: str) -> bool:
        """Return whether what stands behind the words is said of people only."""
        end = self.pieces[-1][1]
        if is_paper(whole) or whole.isupper() or INSTITUTION.search(whole) or begins_body(whole):
            return False
        if is_aged(self.text, end):
            return True
        if len(self.pieces) >= LONGEST:
            return False
        foreign = [not self._is_syllable(i) for i in range(len(self.pieces))]
        begin = self.text[slice(*self.pieces[0])]
        if len(self.pieces) > 1 and (
            (begin in GIVEN and any(foreign)) or (begin in EASTERN and any(foreign[1:])) or is_stranger(self.text, end)
        ):
            return True
        if 1 < len(self.pieces) < LONGEST and any(foreign):
            start = self.pieces[0][0]
            if agent_before(self.text, start) or agent_apposed(self.text, start) or recurs(self.text, start, end):
                return True
        return says(self.text, end) or (not any(foreign) and tells(self.text, end))

    def _after_rank(self) -> bool:
        """Return whether a rank that people alone follow adjoins the piece, or the place before it: `Tổng thống Nga Putin`."""
        start = self.pieces[0][0]
        if len(self.pieces) > 1 and follows_scholar(self.text, start):
            return True
        head = head_before(self.text, max(0, start - 40), start)
        if head is None or self.text[head[1] : start] not in ADJOINED or not RANK.match(self.text, head[0]):
            return False
        return not (
            names_thing(self.text, head[0]) or follows_ship(self.text, head[0])
        )  # `tàu sân bay Đô đốc Kuznetsov`

    def _body(self, *, posted: bool) -> int:
        """Return how many pieces before the name name the place or body of a post: `Tổng thống ⟨Mỹ⟩ Donald Trump`."""
        text, pieces = self.text, self.pieces
        for k in range(len(pieces) - 1, 0, -1):
            lead = text[pieces[0][0] : pieces[k - 1][1]]
            if k == len(pieces) - 1 and self._is_syllable(k):
                continue  # `Nam Em`
            if (
                (posted and ends_institution(text, pieces, k))
                or is_place(lead)
                or lead in NOBODY
                or (lead.isupper() and len(lead) > (1 if posted else 2))
                or lead.rpartition(" ")[2] in PLACE_ENDS
            ):
                return k
        if not posted:
            return 0
        for k in range(len(pieces) - 2, 0, -1):
            # What also stands without the name, and under no title, is none of its parts: `Điện Kremlin`.
            lead, rest = text[pieces[0][0] : pieces[k - 1][1]], text[pieces[k - 1][1] : pieces[-1][1]]
            if lead in GIVEN or lead in EASTERN:
                continue  # `Tổng thống ⟨John Fitzgerald Kennedy⟩`
            alone = re.compile(rf"(?<!\w){re.escape(lead)}(?!\w|{re.escape(rest)})")
            if not all(title_before(text, m.start()) or adjoins_head(text, m.start()) for m in alone.finditer(text)):
                return k
        plain = [text[a:b].isascii() for a, b in pieces]
        native = [self._is_syllable(i) for i in range(len(pieces))]
        if (
            not native[0]
            and (k := next((i for i, n in enumerate(native) if n), 0))
            and all(native[k:])
            and not plain[k]
        ):
            return k  # `Giám đốc ⟨Huawei⟩ Mạnh Vãn Chu`
        k = len(pieces) - next((n for n, ascii_only in enumerate(reversed(plain)) if not ascii_only), len(pieces))
        return k if not all(native[k:]) and all(native[:k]) else 0  # `Cố vấn ⟨Nhà Trắng⟩ Peter Navarro`

    def _made(self, first: int, last: int, *, sure: bool) -> Mention:
        start, end = self.pieces[first][0], end_of_name(self.text, self.pieces[last][1])
        lead = self.lead if self.lead is not None and first == 0 else start
        return Mention(self.text[start:end], start, end, lead, sure)
