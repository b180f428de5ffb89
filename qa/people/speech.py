"""Who speaks: verbs of communication in their forms, and what marks any other verb as one.

The English verbs are those of Levin (1993), *English Verb Classes and Alternations*, classes 33 (judgement) and 37
(communication), as far as newspapers use them; a form that also means something else stands with what tells it apart.
"""

import re

__all__ = ["OPEN", "QUOTED_BY", "SPEAKS", "WELCOMED"]

_VIETNAMESE = (
    '(?:có (?:bài )?)?phát biểu|kết luận|nhấn mạnh|khẳng định|cho biết|cho hay|cho rằng|rưng rưng(?: nước mắt)?(?=:)|nghẹn ngào(?=:)|nói(?! (?:riêng|chung|ít|dối|xấu|lắp|ngọng))|bảo(?=,? ?[“"])|nêu|chia sẻ(?! (?:giải|phòng|quyền|lợi|ghế|huy chương|điểm))|yêu cầu|đề nghị|kêu gọi|tuyên bố|viết(?! tặng| nên| lời bài| nhạc| kịch)|bày tỏ|biểu dương|'
    "gửi lời|chúc mừng|chúc tết|chúc|đánh giá|ghi nhận|lưu ý|cảnh báo|nhận định|nhận xét|thông tin|thông báo|xác nhận|trả lời|giải thích|lý giải|kể(?! từ| cả)|lên án|bác bỏ|phản bác|bác (?:thông tin|cáo buộc|tin)|hối thúc|thúc giục|xin lỗi|căn dặn|dặn|nhắn nhủ|đe do[ạa]|đe dọa|doạ|dọa|tweet|thảo luận|than thở|tái khẳng định|phản hồi|"
    '(?:đã )?(?:ra|đưa ra) (?:tuyên bố|cảnh báo|nhận định|thông điệp|lời kêu gọi)|cho là|thuyết minh|đăng (?:trên|dòng|lên)|tán thành|đồng tình|ví(?= )|mô tả|gọi (?:đây|đó|việc|vụ|hành động|hành vi|điều|quyết định)|gọi(?! điện)(?: [^\\s,.;:“”"]+){1,6}? là|đặt (?:ra )?câu hỏi|có (?:văn bản|công văn|ý kiến|thư)(?: khẩn| hỏa tốc)? (?:chỉ đạo|yêu cầu|đề nghị|trả lời|kiến nghị|phản hồi)|gửi (?:các )?(?:thư|điện|thông điệp)(?: \\w+)?(?= (?:chúc|chia|biểu|mừng|tới|đến|cho))|thừa nhận|phủ nhận|chỉ ra|chỉ rõ|chỉ đạo|'
    r"cảm ơn|hoan nghênh|h[yi] vọng|mong muốn|mong(?! chờ| đợi)|tin rằng|cam kết|lên tiếng|phân tích|dẫn chứng|hứa|than phiền|cáo buộc|biện minh|dự đoán|dự báo|ca ngợi|khen ngợi|khen|phê bình|chỉ trích|tố cáo|tâm sự|trao đổi|phản đối|giãi bày|than(?! \w+ )|"
    "khai(?! khoáng| phá| quật| mạc| giảng| trương| thác| trừ| thông| sinh| man)|trải lòng|thốt lên|hỏi(?! thăm)|đáp(?! ứng)|nhắc|nhắc lại|nhắc nhở|quán triệt|điểm lại|đặt vấn đề|gợi ý|khuyến cáo|khuyên|tiết lộ|công bố|bình luận|động viên|chất vấn|góp ý|quả quyết|trần tình|trình bày ý kiến|"
    "đề xuất|kiến nghị|nhớ lại|bộc bạch|thổ lộ|trăn trở|phản ánh|nhìn nhận|lập luận|phân trần|thuật lại|tán dương|bật mí|thú nhận|trấn an|trình báo|hứa hẹn|ra lệnh|chỉ thị|đính chính|cải chính|mỉa mai|buộc tội|diễn giải|tổng kết|cảnh tỉnh|hồi tưởng|giới thiệu(?= (?:với|về|rằng))|so sánh|ra thông báo|băn khoăn|lo lắng(?= (?:về|rằng|khi|cho))"
)
_ENGLISH = (
    "accuse acknowledge add admit advise advocate affirm allege announce answer apologise apologize argue ask assert assure attest beg blame blast boast "
    "brief caution claim comment commend complain concede conclude condemn confess confide confirm congratulate contend counter credit criticise "
    "criticize declare decry defend demand denounce deny deplore deride describe disclose dispute doubt echo elaborate emphasise emphasize enthuse exclaim exhort "
    "explain express grumble hail hint implore inform insist instruct interject joke lament lambast mention muse mutter note object observe opine order "
    "outline plead pledge praise predict proclaim promise propose protest query question quip reaffirm reason reassure rebuke recall reckon recommend recount "
    "refute reiterate reject remark remind reply request respond retort reveal scoff shout signal slam specify speculate state stress suggest summarise summarize "
    "sympathise testify thank threaten tweet underline underscore urge voice vow warn whisper wonder yell believe estimate wish indicate"
).split()
WELCOMED = r" (?:(?:the|a|an|any|this|that|his|her|its|their) (?:\w+ )?(?:plan|plans|move|moves|decision|decisions|news|ruling|deal|agreement|report|result|results|proposal|proposals|announcement|idea|step|measures?|verdict|vote|law|bill|changes?|launch|investment|commitment|choice|appointment|ceasefire|statement|progress|initiative|offer|support|opportunity|increase|cut|findings|project|election|release|arrest|return|outcome|compromise|pact|truce)|it|this|that)\b"
"""What is welcomed in words: `welcomed the plan`."""
_PARTICULAR = (
    r"said|says|(?:was|were|is) quoted (?:[^,.;:]{2,40} )?as saying|told|tells|spoke|speaks|wrote|writes|swore(?! (?:him|her|them|in|it)\b)|put the [\w ]{3,40} at|pa(?:id|ys) tribute|thinks|expects|thought that|summed up|asks|appeal(?:ed|s) (?:to|for)|call(?:ed|s) (?:on|for|it|him|her|the)|rul(?:ed|es) (?:that|out)|"
    r"report(?:ed|s) that|attribut(?:ed|es) [^,.;:]{3,40} to|maintain(?:ed|s) that|agree(?:d|s) that|dismiss(?:ed|es) (?:the|claims|reports|suggestions|calls|talk)|joined calls|took questions|"
    r"posted (?:on|that)|gave (?:a speech|evidence|warning)|delivered (?:a|the) speech|delivered (?:the )?(?:opening|closing) remarks|opened the (?:meeting|conference) with|"
    rf"address(?:ed|es)|welcom(?:ed|es){WELCOMED}|"
    r"press(?:ed|es) (?:for|[\w ]{3,30} (?:to|for|on)\b)"
)


def _forms(verb: str) -> str:
    """Return the past and the third person of a regular English verb, as a pattern."""
    if verb.endswith("e"):
        return rf"{verb}[ds]"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return rf"{verb[:-1]}ie[ds]"
    doubled = {"beg", "quip", "admit", "slam"}
    past = verb + verb[-1] + "ed" if verb in doubled else verb + "ed"
    return rf"{past}|{verb}{'es' if verb.endswith(('s', 'ss', 'sh', 'ch', 'x')) else 's'}"


SPEAKS = f"{_VIETNAMESE}|{_PARTICULAR}|{'|'.join(map(_forms, _ENGLISH))}"
"""Verbs that say that somebody speaks, as a pattern."""
_NO_SPEECH = "là|đã|sẽ|đang|biết|thấy|nhận ra|phát hiện|chứng minh|cho thấy|hiểu|nhận thấy|quyết định|bị|được|phải|không|chưa|có|với|và"
OPEN = re.compile(
    rf"(?!(?:{_NO_SPEECH})(?![\w]))[a-zà-ỹđ]+(?: (?!(?:{_NO_SPEECH}|lại)(?![\w]))[a-zà-ỹđ]+){{0,2}} rằng(?![\w])"
    rf"|(?!(?:{_NO_SPEECH})(?![\w]))[a-zà-ỹđ]+(?: (?!(?:{_NO_SPEECH}|lại)(?![\w]))[a-zà-ỹđ]+){{0,2}}\s?:\s*[“\"]"
    r"|(?!(?:found|learn|discover|realis|realiz|decid|show|prov|ensur|requir|mean|know|notic|hear|believ|so|was|is)[a-z]*\b)[a-z]{3,}(?:ed|s)"
    r"(?: (?:him|her|them|us|me|reporters|journalists|lawmakers|deputies|parliament|(?:the|a|an) (?:\w+ )?(?:court|hearing|inquiry|meeting|conference|forum|committee|audience|crowd|session|congress|assembly|council|newspaper|jury)))?"
    r" (?:that|how)\b"
)
"""A verb, whatever it is, that reports what was said: `X lập luận rằng`, `X grumbled that`."""
QUOTED_BY = re.compile(
    r"[”\"],?(?: [-–—])? (?:(?:said|says|wrote|adds|quipped|admitted)|(?!(?:and|but|a|an|the)\b)[a-z]{4,}ed) \Z"
)
"""Before a name: `“…,” grumbled X`."""
