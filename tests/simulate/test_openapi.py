"""What the demo server answers over HTTP is what the OpenAPI document says, for the ordinary units."""

from __future__ import annotations

import json

import jsonschema
import pytest
from humas.simulate.model import Conduct, ContentKind
from humas.specification.openapi import PATH, openapi_document

from tests.simulate.test_server import fetch, fetch_first, path_of

DOCUMENT = openapi_document()
PAGES = jsonschema.Draft202012Validator({
    "$ref": "#/components/schemas/Halaman", "components": DOCUMENT["components"],
})  # fmt: skip


def ordinary(demo, content: ContentKind = ContentKind.NORMAL) -> list[str]:
    """Units with a JSON API that send stored values (the others write as people do, which is understood too)."""
    return [
        code
        for code, r in demo.world.plans.items()
        if (r.conduct, r.content, r.channels[0], r.styling) == (Conduct.GOOD, content, "json", 0) and not r.placements
    ]


def test_every_page_of_ordinary_units_conforms(demo):
    looked_at = []
    for code in ordinary(demo)[:12]:
        number = count = 1
        while number <= count:
            answer = fetch(demo, path_of(demo, code, number))
            content = json.loads(answer.content)
            assert list(PAGES.iter_errors(content)) == [], code
            assert (content["kode_satker"], content["halaman"]) == (code, number)
            count = content["jumlah_halaman"]
            number += 1
        looked_at.append(count)
        assert fetch(demo, path_of(demo, code, count + 1)).status == 404
    assert max(looked_at) > 1, "no unit with several pages among them"


def test_headers_and_304_conform(demo):
    path = path_of(demo, ordinary(demo)[0])
    full = fetch(demo, path)
    header = DOCUMENT["paths"][PATH]["get"]["responses"]["200"]["headers"]
    for name in header:
        schema = DOCUMENT["components"]["headers"][name]["schema"]
        jsonschema.validate(full.header[name.lower()], schema)
    assert full.header["content-type"].startswith("application/json")
    unchanged = fetch(demo, path, {"If-None-Match": full.header["etag"]})
    assert (unchanged.status, unchanged.content, unchanged.header["etag"]) == (304, b"", full.header["etag"])


@pytest.mark.parametrize("conduct", [Conduct.BUSY_ALWAYS, Conduct.ERROR_ALWAYS, Conduct.NOT_FOUND])
def test_refusals_are_documented(demo, conduct):
    answer = fetch_first(demo, conduct)
    recorded = DOCUMENT["paths"][PATH]["get"]["responses"]
    code = str(answer.status) if str(answer.status) in recorded else f"{answer.status // 100}XX"
    content = DOCUMENT["components"]["responses"][recorded[code]["$ref"].rpartition("/")[2]]
    assert answer.header["content-type"].partition(";")[0] in content["content"]
    if answer.status == 429:
        assert answer.header["retry-after"].isdigit()
