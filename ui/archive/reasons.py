"""Why ingestion refuses a file, in Vietnamese: it says so in English, for logs and programs."""

import re

__all__ = ["in_vietnamese"]

_REASONS = (
    (r"files of the kind (.+) are not read", r"loại tệp \1 không đọc được"),
    (r"this is not a regular file", "đây không phải là tệp thường"),
    (r"the file is empty", "tệp rỗng"),
    (r"the file name is not UTF-8", "tên tệp không phải UTF-8"),
    (r"the link leads out of the folder", "liên kết dẫn ra ngoài thư mục"),
    (r"this is a binary file, not text", "đây là tệp nhị phân, không phải văn bản"),
    (r"the (?:file|page|document|PDF|record) has no text", "không có chữ nào"),
    (r"there is no article in the file", "trong tệp không có bài báo nào"),
    (
        r"no text is left once rules, links and tails are taken off",
        "bỏ đường kẻ, liên kết và phần cuối trang thì không còn chữ nào",
    ),
    (r"the feed has no entries", "nguồn tin không có mục nào"),
    (r"the (?:text|line|file) has more than the (\S+) MB that are taken", r"dài hơn mức \1 MB được nhận"),
    (r"more than (\S+) MB come out of the archive", r"giải nén ra hơn \1 MB"),
    (
        r"it unpacks to more than (\S+) times its size, as no text does",
        r"giải nén ra gấp hơn \1 lần, văn bản không thể như vậy",
    ),
    (r"more than (\d+) archives stand within one another", r"hơn \1 tệp nén lồng nhau"),
    (r"the table of contents of the archive is too long", "mục lục của tệp nén quá dài"),
    (r"this is no ZIP archive that can be read: .*", "đây không phải là tệp ZIP đọc được"),
    (r"the archive (?:is damaged|cannot be read): .*|it cannot be unpacked: .*", "tệp nén bị hỏng"),
    (r"this is not a PDF", "đây không phải là tệp PDF"),
    (r"the PDF has (\d+) pages, more than the (\d+) that are taken", r"tệp PDF có \1 trang, quá \2 trang được nhận"),
    (r"the (?:PDF|document) is password-protected.*|the PDF is protected .*", "tệp có mật khẩu"),
    (r"the pages are scanned images, without text", "các trang là ảnh chụp, không có chữ"),
    (r"the document unpacks to (\S+) MB, .*", r"giải nén ra \1 MB, quá lớn so với một văn bản"),
    (r"there are more than (\d+) files in the archive", r"trong tệp nén có hơn \1 tệp"),
    (r"the (?:PDF|document) is damaged.*", "tệp bị hỏng"),
    (r"the letters of the PDF have no Unicode meaning", "không biết chữ trong tệp PDF là chữ gì"),
    (r"(?:this|the line) is not JSON.*", "JSON viết sai"),
    (r"the line is .+, not an object|number \d+ of the list is .+, not an object", "không phải là một bản ghi"),
    (r"more stands behind the JSON value", "sau giá trị JSON còn chữ thừa"),
    (r"none of the first (\d+) lines is an article in JSON", r"trong \1 dòng đầu không dòng nào là bài báo dạng JSON"),
    (r"there is no list of articles in it", "trong đó không có danh sách bài báo"),
    (r"the list does not end; it was read up to number (\d+)", r"danh sách bị cụt; đã đọc đến số \1"),
    (r"no column is known as the text; .*", "không nhận ra cột nào là nội dung bài"),
    (r"the table cannot be read on from here: .*", "từ đây bảng không đọc được nữa"),
    (r"this XML is not a feed: .*", "tệp XML này không phải là nguồn tin"),
    (
        r"the text seems to be typed with an old Vietnamese font \((.+)\), .*",
        r"hình như văn bản gõ bằng phông chữ cũ (\1), nhưng không rõ",
    ),
    (r"the row has (\d+) columns, the first row (\d+)", r"dòng có \1 cột, dòng đầu có \2 cột"),
    (r"the XML cannot be read on from here: .*", "từ đây XML không đọc được nữa"),
    (r"the text is not .*", "bảng mã của văn bản không đúng"),
    (r"(\d+) characters of the text are lost .*", r"văn bản mất \1 chữ vì lưu sai bảng mã"),
    (r"reading it takes more than (\S+) s", r"đọc quá \1 giây"),
    (r"reading it takes more memory than there is", "không đủ bộ nhớ để đọc"),
    (r"it is nested too deeply", "cấu trúc lồng nhau quá sâu"),
    (r"the (?:file|folder) cannot be read: .*", "không đọc được tệp"),
    (r"the library that reads it (?:crashed|failed).*", "tệp làm chương trình đọc bị lỗi"),
)
_KNOWN = tuple((re.compile(pattern), words) for pattern, words in _REASONS)


def in_vietnamese(reason: str) -> str | None:
    """Return a reason of ingestion in Vietnamese, or None when it is none that is known."""
    for pattern, words in _KNOWN:
        if found := pattern.fullmatch(reason):
            return found.expand(words)
    return None
