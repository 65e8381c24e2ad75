"""What gunicorn reads at its start in place of a configuration, so that its clock stands ahead."""

from datetime import timedelta

from icld_portal import clock

AHEAD = timedelta(minutes=5, seconds=1)
_right = clock.real_now

clock.real_now = lambda: _right() + AHEAD
