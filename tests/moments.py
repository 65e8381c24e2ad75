"""Moments around the spring round of 2027, as a clock in Sweden shows them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

MID_ROUND = datetime(2027, 3, 10, 9, 12, tzinfo=SWEDEN)
LAST_EVENING = datetime(2027, 3, 15, 23, 40, tzinfo=SWEDEN)
CLOSE = datetime(2027, 3, 16, 0, 0, tzinfo=SWEDEN)
LAST_SECOND = CLOSE - timedelta(seconds=1)
ENFORCED = CLOSE + timedelta(minutes=10)
AFTER_CLOSE = datetime(2027, 3, 19, 9, 12, tzinfo=SWEDEN)
DECISION_DAY = datetime(2027, 5, 20, 10, 0, tzinfo=SWEDEN)
