"""When a request arrived: the trusted proxy's stamp, within bounds. On real servers:
test_proxy.py."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from icld_portal import clock, middleware
from icld_portal.middleware import PROXY_BOUND, arrival
from icld_portal.proxies import proxies

NOW = datetime(2027, 3, 15, 23, 0, 5, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("header", "back"),
    [
        (f"{SECONDS - 5}", timedelta(seconds=5)),
        (f"t={SECONDS - 5}.250", timedelta(seconds=4, milliseconds=750)),
        (f"{SECONDS - 5}250", timedelta(seconds=4, milliseconds=750)),
        (f"{SECONDS + 60}", timedelta(0)),
        (f"{SECONDS - 120}", PROXY_BOUND),
        (f"{SECONDS - 121}", PROXY_BOUND),
        (f"{SECONDS - 3600}", PROXY_BOUND),
    ],
)
def test_the_stamp_counts_within_its_bounds(header, back):
    assert arrival(header, NOW) == NOW - back


@pytest.mark.parametrize("header", [None, "", "nonsense", "t=", "-1", f"{SECONDS},{SECONDS}"])
def test_a_stamp_that_cannot_be_read_is_none(header):
    assert arrival(header, NOW) is None


@pytest.mark.parametrize(
    ("setting", "peer", "believed"),
    [
        ("", "127.0.0.1", False),
        ("", "", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1", "", False),
        ("10.0.0.7, 172.16.0.0/12", "172.31.255.255", True),
        ("10.0.0.7, 172.16.0.0/12", "172.32.0.0", False),
        ("172.16.0.0/12", "::ffff:172.18.0.3", True),
        ("fd00::/8", "fd12::1", True),
        ("fd00::/8", "127.0.0.1", False),
        ("unix", "", True),
        ("unix", "127.0.0.1", False),
        ("unix,127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "unix", False),
    ],
)
@pytest.mark.django_db
def test_only_the_proxy_itself_is_believed(setting, peer, believed, settings, rf):
    settings.TRUSTED_PROXIES = proxies(setting.split(","))
    seen = []
    handler = middleware.ReceivedAt(seen.append)
    before = clock.real_now()
    stamp = str(int((before - timedelta(seconds=60)).timestamp()))
    claims = {"X-Request-Start": stamp, "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"}
    request = rf.get("/", headers=claims, REMOTE_ADDR=peer)
    assert "X-Forwarded-For" in request.headers, "somebody outside has asked for them before"
    handler(request)
    assert seen == [request]
    assert (request.received_at < before) is believed
    assert ("X-Forwarded-Proto" in request.headers) is believed
    assert ("X-Forwarded-For" in request.headers) is believed


@pytest.mark.parametrize("text", ["1", "yes", "proxy.example.org", "172.16.0.1/12", "127.0.0.1/99"])
def test_a_proxy_that_is_no_address_is_refused_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured, match=f"TRUSTED_PROXIES has “{text}”, which is no"):
        proxies(["127.0.0.1", text])


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0"])
def test_everybody_is_no_proxy(text):
    with pytest.raises(ImproperlyConfigured, match="any visitor could choose"):
        proxies([text])


def test_without_a_proxy_nobody_is_one():
    assert not proxies(["", " "])
