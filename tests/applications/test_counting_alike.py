"""The page counts as the server does, on whatever anybody may paste."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.texts.counting import count
from applications.texts.typed import clean
from tests.addresses import page_of

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = """async ([address, texts]) => {
    const { clean, count } = await import(address);
    return texts.map((text) => [count(text, "words"), count(text, "characters"), clean(text)]);
}"""
# Lone surrogates never reach the page or the server: neither can be told in UTF-8.
ODD = st.sampled_from("\r\n \t\v\f\x00\x1c\x85\xa0\u1680\u2003\u200b\u2028\u202f\u3000\ufeffa.é🏳")
TEXTS = st.lists(st.text(st.one_of(ODD, st.characters(codec="utf-8"))), min_size=50, max_size=50)


def test_words_and_characters_are_counted_alike(
    live_server, page, context, draft, malmo, client_for
):
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + page_of("application_content", draft.public_id))
    script = f"{live_server.url}/static/portal/counting.js"

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def alike(texts):
        # A form's text has CRLF; the box on the page never has a bare CR.
        found = page.evaluate(COUNT, [script, texts])
        stored = map(clean, texts)
        assert found == [[count(text, "words"), count(text, "characters"), text] for text in stored]

    alike()
