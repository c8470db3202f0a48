"""Bodies: no JSON, JSON of any other shape, and fields of which the value is wrong."""

import json

from hypothesis import strategies as st

from tests.fuzz.case import CANARY, MESSAGES, SESSIONS, Case, request, said
from tests.fuzz.texts import COMMANDS, MARKUP
from wegwijs import vocabulary

_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from([CANARY, "", "hoi", "child", "nl", "\ud800", "x" * 65, "x" * 5000]),
    st.sampled_from([10**400, -(10**4000), 2**63, -(2**64)]),
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = st.sampled_from(
    [
        "text",
        "choice",
        "id",
        "country",
        "role",
        "school",
        "sender",
        "session",
        "__proto__",
        "",
        "TEXT",
        "text\x00",
        CANARY,
    ]
)
_DEEP = st.tuples(
    st.sampled_from(["[", '{"text":', '{"a":[', '[{"text":']),
    st.integers(1, 100_000),
    st.sampled_from(["", "]", "}", "1"]),
).map(lambda deep: (deep[0] * deep[1])[:60_000] + deep[2])
_RAW_JSON = st.sampled_from(
    [
        '{"text":"a","text":"b"}', '{"text":"hoi","text":5}', '{"choice":"a","choice":"b","text":NaN}', '{"text":NaN}',
        '{"id":Infinity}',
        '{"text":-Infinity}', '{"text":1e999999}', '{"text":%s}' % ("9" * 5000), '{"text":"\\ud800"}',
        '{"text":"\\udc00\\ud800"}',
        '{"text":"\\u0000"}', '{"text":"\t"}', '{"text":"a"}{"text":"b"}', '{"text":"a"},', "{'text':'a'}",
        '{"text":"a",}', '{text:"a"}',
        "\ufeff{}", "nul", "--", '{"text":"\\x41"}', '{"text":"/*"}//', '{"text"', '"', "\\",
        '{"id":"\\ud800","text":5}',
        "e30=", "text=hoi", "<text>hoi</text>", "%7B%7D", " ", "\x00", "[]", "0", "true", '""', "{}",
    ]
)  # fmt: skip
_ENCODED = st.tuples(
    _RAW_JSON, st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "latin-1", "cp500"])
).map(
    lambda pair: pair[0].encode(
        pair[1], "surrogatepass" if pair[1].startswith("utf-") and pair[1] != "utf-7" else "replace"
    )
)
_BODIES = st.one_of(
    st.dictionaries(_FIELDS, _VALUES, max_size=4).map(lambda fields: json.dumps(fields).encode()),
    _VALUES.map(lambda value: json.dumps(value).encode()),
    _DEEP.map(str.encode),
    _ENCODED,
    st.binary(max_size=60),
    st.builds(
        lambda body, at, byte: body[:at] + byte + body[at + 1 :], _ENCODED, st.integers(0, 40), st.binary(max_size=2)
    ),
)
bodies = st.tuples(_BODIES, st.sampled_from([MESSAGES, MESSAGES, MESSAGES, SESSIONS])).map(
    lambda one: Case((request("POST", one[1], one[0]),))
)

_IDS = st.sampled_from(
    [
        "",
        "a",
        "x" * 64,
        "x" * 65,
        "\ud800",
        "\x00",
        CANARY,
        5,
        None,
        [],
        {},
        True,
        1.5,
        "😂",
        "/restart",
        "'",
        "*",
        "id\r\nb: c",
    ]
)
_OFFERED = ["role_target", "role_parent", "more_tips", "country_nl"]
choices = st.one_of(
    st.tuples(st.sampled_from([*_OFFERED, *COMMANDS, *MARKUP, CANARY, "", "0", "-1", "[0]"]), st.text(max_size=3)).map(
        lambda pair: said({"choice": pair[0] + pair[1]})
    ),
    st.tuples(_IDS, st.sampled_from([{"choice": CANARY}, {"text": ""}, {"text": " \u200b "}, {"text": 5}, {}])).map(
        lambda pair: said({**pair[1], "id": pair[0]})
    ),
    st.sampled_from(COMMANDS).map(lambda command: said({"choice": f"/{command}"})),
)
_WORDS = [word for question in ("role", "country") for word in vocabulary.labels()[question]]
openings = st.dictionaries(
    st.sampled_from(["role", "country", "school", "sender"]),
    st.sampled_from([*_WORDS, "regenboog", CANARY, "", 5, [], "Child", "nl ", "\ud800"]),
    max_size=3,
).map(lambda fields: Case((request("POST", SESSIONS, json.dumps(fields).encode(), None),)))
