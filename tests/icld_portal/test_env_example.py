"""What a production host can set is explained in .env.example, and nothing else is."""

import re

from icld_portal.embedded.folders import CHECKOUT

READ_ELSEWHERE = {"PORTAL_DATA", "POSTGRES_PASSWORD"}  # `make run` and docker-compose.yml


def test_every_setting_is_explained():
    settings = (CHECKOUT / "icld_portal" / "settings.py").read_text()
    read = set(re.findall(r"""\benv\.\w+\(\s*["']([A-Z_]+)""", settings))
    example = (CHECKOUT / ".env.example").read_text()
    assert len(read) > 15
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == read | READ_ELSEWHERE
    assert not re.search(r"\n\n(?:# )?[A-Z_]+=", example), "a setting without a word about it"


def test_the_proxys_stamp_must_be_its_own():
    example = (CHECKOUT / ".env.example").read_text()
    template = (CHECKOUT / "deploy" / "nginx.conf.template").read_text()
    assert "must OVERWRITE" in example
    assert "deploy/nginx.conf.template" in example
    assert 'proxy_set_header X-Request-Start "t=${msec}";' in template
    assert "proxy_request_buffering on;" in template
