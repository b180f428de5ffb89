"""Under which address an article is known."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

__all__ = ["url_key"]

_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|_ga|ref|vn_source|vn_medium|vn_campaign|itm_\w+")


def url_key(url: str | None) -> str | None:
    """Return the form under which spellings of one address meet, or None where it can name no article.

    Scheme, `www.`, mobile host, trailing slash, fragment and tracking parameters are left out: `https://m.example.vn/a/?utm_source=x#top`
    → `example.vn/a`. A bare host is no article.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = _HOST.sub("", (parts.hostname or "").lower())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.lower())]
    if not host or not (path or kept):
        return None
    return host + path + (f"?{urlencode(sorted(kept))}" if kept else "")
