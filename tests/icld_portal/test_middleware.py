"""When a request arrived: the trusted proxy's stamp, within bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from icld_portal import clock, middleware
from icld_portal.middleware import PROXY_BOUND, arrival

NOW = datetime(2027, 3, 15, 23, 0, 5, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("header", "back"),
    [
        (None, timedelta(0)),
        ("", timedelta(0)),
        ("nonsense", timedelta(0)),
        (f"{SECONDS - 5}", timedelta(seconds=5)),
        (f"t={SECONDS - 5}.250", timedelta(seconds=4, milliseconds=750)),
        (f"{SECONDS - 5}250", timedelta(seconds=4, milliseconds=750)),
        (f"{SECONDS + 60}", timedelta(0)),
        (f"{SECONDS - 3600}", PROXY_BOUND),
    ],
)
def test_the_stamp_counts_within_its_bounds(header, back):
    assert arrival(header, NOW) == NOW - back


@pytest.mark.django_db
@pytest.mark.parametrize("trusted", [True, False])
def test_only_a_trusted_proxy_is_believed(trusted, settings, rf, set_clock):
    settings.TRUSTED_PROXY = trusted
    seen = []
    handler = middleware.received_at(lambda request: seen.append(request.received_at))
    before = clock.real_now()
    stamp = str(int((before - timedelta(seconds=60)).timestamp()))
    handler(rf.get("/", headers={"X-Request-Start": stamp}))
    assert (seen[0] < before) is trusted
