"""Heads: addresses, methods, tokens and headers as they should not be, and requests in pieces or too large."""

import re
from itertools import pairwise

from hypothesis import strategies as st

from tests.fuzz.case import CANARY, HOST, MESSAGES, SESSIONS, TOKEN, Case, request
from tests.fuzz.texts import SIGNS
from wegwijs.content import content
from wegwijs.files import WIDGET

_WORD = st.text(st.sampled_from("ABCdefghijKLMnopqrstUVWxyz0123456789-_"), min_size=43, max_size=43).map(str.encode)
_ALTERED = st.sampled_from(
    [
        b"", b" ", TOKEN[:-1], TOKEN + b"a", TOKEN + b" ", b" " + TOKEN, TOKEN + b"\t", TOKEN + b"=",
        TOKEN + b"," + TOKEN,
        TOKEN + b"\x80", b"\xff" * 43, "\uff11".encode() * 14, b"%00", b"null", b"default", b"../../x", b"*",
        b"a" * 7000, b'"' + TOKEN + b'"',
    ]
)  # fmt: skip
_SCHEMES = st.sampled_from(
    [b"Bearer ", b"bearer ", b"BEARER ", b"Bearer  ", b"Bearer", b"Basic ", b"Token ", b"Bearer\t", b"", b"Digest "]
)
# A token that is no more than looked at is asked for often; a real one in another scheme must not work either.
tokens = st.builds(
    lambda method, scheme, token, twice: Case(
        (
            request(
                method,
                SESSIONS if method != "POST" else MESSAGES,
                b'{"text": "hoi"}' if method == "POST" else None,
                None,
                (b"Authorization: " + scheme + token + b"\r\n") * twice,
            ),
        )
    ),
    st.sampled_from(["GET", "POST", "DELETE"]),
    _SCHEMES,
    _WORD
    | _ALTERED.filter(lambda token: token.strip() != TOKEN)
    | st.binary(max_size=20).map(lambda raw: bytes(b for b in raw if b > 32)),
    st.integers(0, 2),
)

_PATHS = [
    "/", "/chat", "/health", "/health/live", "/metrics", "/veiligheid", SESSIONS, MESSAGES, "/favicon.ico",
    "/robots.txt",
    *(f"/widget/{file.name}" for file in sorted(WIDGET.iterdir())[:3]),
    *(f"/gids/{name}" for name in list(content().guides)[:4]),
    *(f"/agenda/{name}.ics" for name in content().calendars), "/webhooks/rest/webhook", "/model/parse",
    "/conversations/default/tracker",
    "/socket.io/", "/.env", "/.git/config", "/widget/", "/gids/", "/agenda/", "//", "/%2e%2e/",
    "/widget/%2e%2e/bot/endpoints.yml", "/;/",
]  # fmt: skip
_METHODS = [
    "GET",
    "GET",
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "get",
    "G-T",
    "A" * 300,
]
_SAFE = re.compile(r"[^!-~]")
_TAILS = st.one_of(
    st.just(""),
    st.text(st.sampled_from("abc/.%2e%2F%00%ff;:@!$&'()*+,=~?#[]{}|\\^`<>\""), max_size=40),
    SIGNS.map(lambda signs: "".join(f"%{byte:02x}" for byte in signs.encode("utf-8", "surrogatepass"))[:2000]),
    st.tuples(
        st.sampled_from(["vanaf", "school", "audience", "country", "exit-url", "a[]", ""]),
        st.sampled_from(
            [
                CANARY,
                "2026-02-30",
                "9999-12-31",
                "0001-01-01",
                "2026-11-26",
                "%00",
                "%ff",
                "%ud800",
                "<script>",
                "javascript:x",
                "{{7*7}}",
            ]
        ),
        st.integers(1, 30),
    ).map(lambda query: "?" + "&".join([f"{query[0]}={query[1]}"] * query[2])),
)
routes = st.builds(
    lambda method, path, tail, more: Case(
        (request(method, _SAFE.sub("", path + tail), b"{}" if method in ("POST", "PUT", "PATCH") else None, None,
        more),)
    ),
    st.sampled_from(_METHODS),
    st.sampled_from(_PATHS),
    _TAILS,
    st.sampled_from(
        [
            b"", b"Origin: null\r\n", b"Origin: https://evil.example\r\n", b"Accept-Encoding: gzip\r\n",
            b"If-None-Match: *\r\n",
            b"Range: bytes=0-1\r\n", b"X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n", b"X-Forwarded-Host: evil.example\r\n",
            b"Forwarded: for=\"[\"\r\n",
            b"Cookie: a=b; \xff=\xfe; =;;\r\n", b"Accept: \xff/\xff;q=x\r\n",
            b"X-Request-ID: " + CANARY.encode() + b"\r\n", b"Accept-Language: zz\r\n",
            b"X-HTTP-Method-Override: DELETE\r\n", b"Referer: " + CANARY.encode() + b"\r\n", b"Connection: close\r\n",
            b"TE: trailers\r\n",
        ]
    ),
)  # fmt: skip

_BODY = b'{"text": 5}'
_LINES = st.sampled_from(
    [
        b"GET / HTTP/1.0", b"GET / HTTP/0.9", b"GET / HTTP/1.2", b"GET / HTTP/2.0", b"GET / http/1.1", b"GET /",
        b"GET", b"", b" ",
        b"GET  / HTTP/1.1", b"GET / HTTP/1.1 ", b" GET / HTTP/1.1", b"GET\t/\tHTTP/1.1", b"GET /\x00 HTTP/1.1",
        b"GET /\xff\xfe HTTP/1.1",
        b"GET http://" + HOST + b"/health HTTP/1.1", b"GET http://[::1 HTTP/1.1", b"GET http://a:99999999/ HTTP/1.1",
        b"CONNECT a:80 HTTP/1.1",
        b"GET health HTTP/1.1", b"GET ?a HTTP/1.1", b"OPTIONS * HTTP/1.1", b"PRI * HTTP/2.0", b"G\xc3\x89T / HTTP/1.1",
        b"\x16\x03\x01\x02\x00",
        b"GET //evil.example/ HTTP/1.1", b"GET /" + b"a" * 7900 + b" HTTP/1.1",
        b"POST " + MESSAGES.encode() + b" HTTP/1.1",
        b"POST " + SESSIONS.encode() + b" HTTP/1.1", b"DELETE " + SESSIONS.encode() + b" HTTP/1.1",
        b"GET /" + CANARY.encode() + b"\xff HTTP/1.1",
    ]
)  # fmt: skip
_HEADERS = st.sampled_from(
    [
        b"Host: " + HOST, b"Host: " + HOST, b"Host: " + HOST, b"Host: evil.example", b"Host:", b"Host: a b",
        b"Host: \xff", b"Host : a", b"host;a",
        b"Content-Length: abc", b"Content-Length: -5", b"Content-Length: +5", b"Content-Length: 5_0",
        b"Content-Length: 0x5", b"Content-Length:",
        b"Content-Length: 5, 5", b"Content-Length: \xd9\xa3", b"Content-Length: " + b"9" * 5000,
        b"Content-Length: 99999999999", b"Content-Length: 0",
        b"Transfer-Encoding: chunked", b"Transfer-Encoding: Chunked", b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: identity",
        b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked", b"Transfer-Encoding: xchunked",
        b"TE: chunked", b" folded: a", b"\tfolded",
        b"Expect: 100-continue", b"Expect: 200-ok", b"Expect: \xff", b"Upgrade: websocket", b"Upgrade: h2c",
        b"Connection: Upgrade", b"Connection: \xff",
        b"X: \x00", b"X: a\nb", b"X: a\rb", b"X\x00: a", b"\xff: a", b": a", b":", b"no colon", b"X" * 3000 + b": a",
        b"X: " + b"a" * 7000,
        b"Authorization: Bearer \xff\xfe", b"Authorization: " + CANARY.encode(), b"Content-Type: \xff",
        b"Content-Type: text/plain",
        b"Content-Type: application/x-www-form-urlencoded", b"Content-Type: multipart/form-data; boundary=x",
        b"Origin: null", b"Origin: \xff",
    ]
)  # fmt: skip
_FLOOD = st.integers(50, 3000).map(lambda count: [b"X-%d: a" % number for number in range(count)])
_CHUNKS = [
    b"0\r\n\r\n",
    b"5\r\nhallo\r\n0\r\n\r\n",
    b"zz\r\nabc",
    b"-5\r\nabc\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\n",
    b"5;a=" + b"b" * 90 + b"\r\nhallo",
]


def _head(line: bytes, headers: list[bytes], after: bytes) -> Case:
    raw = b"\r\n".join([line, *headers, b"", b""])
    waits = any(
        re.fullmatch(rb"(?i)content-length: *[0-9]{1,10}", header) and not header.endswith(b" 0") for header in headers
    )
    # What follows a head may be a second request, answered by another refusal or not at all.
    return Case((raw + after,), None if waits or after else 1, fresh=True)


heads = st.builds(
    _head,
    _LINES | st.just(b"GET /health HTTP/1.1") | st.just(b"POST " + MESSAGES.encode() + b" HTTP/1.1"),
    st.lists(_HEADERS, max_size=5) | _FLOOD,
    st.just(b"") | st.just(b"") | st.sampled_from([_BODY, *_CHUNKS]) | st.binary(max_size=30),
)


def _mutated(raw: bytes, changes: list[tuple[int, bytes, int]]) -> Case:
    for place, put, taken in changes:
        place %= len(raw) + 1
        raw = raw[:place] + put + raw[place + taken :]
    return Case((raw,), None, fresh=True)


_PLAIN = [
    request("GET", "/health", None, None),
    request("POST", MESSAGES, _BODY),
    request("GET", SESSIONS),
    request("POST", SESSIONS, b"[]"),
]
mutated = st.builds(
    _mutated,
    st.sampled_from(_PLAIN),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4), st.integers(0, 6)), min_size=1, max_size=6),
)


def _cut(count: int, places: list[int], method: str) -> Case:
    raw = {"GET": request("GET", "/health", None, None), "POST": request("POST", MESSAGES, _BODY)}[method] * count
    cuts = [0, *sorted(place % len(raw) for place in places), len(raw)]
    return Case(tuple(raw[a:b] for a, b in pairwise(cuts) if a < b), count, fresh=True)


cut = st.builds(_cut, st.integers(1, 8), st.lists(st.integers(0, 5000), max_size=6), st.sampled_from(["GET", "POST"]))
_REFUSED = {
    f"{method} {path}".encode()
    for method, path in (
        ("POST", MESSAGES),
        ("POST", SESSIONS),
        ("PUT", "/"),
        ("POST", "/health"),
        ("POST", "/nowhere"),
    )
}
large = st.builds(
    lambda line, size, sign: Case(
        (line + b" HTTP/1.1\r\nHost: %b\r\nContent-Length: %d\r\n\r\n" % (HOST, size) + sign * size,), 1, fresh=True
    ),
    st.sampled_from(sorted(_REFUSED)),
    st.sampled_from([70_000, 200_000, 1_000_000]),
    st.sampled_from([b"a", b"[", b"\x00", b"\xff", b" "]),
)
