"""What a year does where it is spoken of: looked back on, planned for, or merely mentioned."""

import re

from qa.schema import DateMention, DateRole

__all__ = ["year_role"]

_REVIEW = re.compile(
    r"\b(?:tổng kết|sơ kết|kết quả|báo cáo|đánh giá|nhìn lại|điểm lại|nhìn nhận|kiểm điểm|thành tích|thành tựu|đã đạt được|đã"
    r"|review(?:s|ed|ing)?|look(?:s|ed|ing)? back|results?|report|achievements?|sum(?:s|med|ming) up|summary)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:nhiệm vụ|phương hướng|kế hoạch|chương trình(?: công tác)?|triển khai|bàn việc|mục tiêu|giải pháp|dự toán|chỉ tiêu|định hướng|những việc phải làm|sẽ|cần"
    r"|plan(?:s|ned|ning)?|tasks?|goals?|targets?|priorities|agenda|programme|program|outlook|objectives?|will)\b",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(r"\bđã\b[^,]{0,40}$", re.IGNORECASE)
_DONE = re.compile(r"\s*,[^.;]{0,160}?\b(?:đã|was|were|had|have|has)\b", re.IGNORECASE)


def year_role(mention: DateMention, text: str) -> DateRole:
    """Return whether `text` looks back on the year of `mention` or plans for it; full dates keep the role they have.

    Args:
        mention: A date found in `text`.
        text: An article or a question.
    """
    if len(mention.value) != 4:
        return mention.role
    before = re.split(r"[.;:!?\n]", text[max(0, mention.start - 90) : mention.start])[-1]
    reviews = [m.start() for m in _REVIEW.finditer(before)]
    plans = [m.start() for m in _PLAN.finditer(before)]
    # The nearest word decides, but a plan already carried out (`đã hoàn thành nhiệm vụ năm 2017`) looks back.
    if plans and (not reviews or plans[-1] > reviews[-1]) and not _CARRIED_OUT.search(before[: plans[-1]]):
        return DateRole.PLANNED
    opens = mention.text[:1] in "nNI" and _DONE.match(text, mention.end)
    return DateRole.REVIEWED if reviews or opens else mention.role
