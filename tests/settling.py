"""Leaving a page that saves by itself, and being alone in the database."""

from django.db import connection

PATIENCE = 120
"""Seconds: far more than any step takes, so that a busy machine fails no test."""

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
AT_WORK = f"SELECT count(*) {OTHERS} AND state <> 'idle'"
SENT_AWAY = f"SELECT pg_terminate_backend(pid, 5000) {OTHERS}"


def settle(page) -> None:
    """Close the page and wait until the server has done what it was still asked for.

    A save that outlives its page would else meet the emptying of the tables.
    """
    page.context.set_offline(True)  # a page that is left saves once more
    page.close()
    wait_until_idle()


def wait_until_idle() -> None:
    """Until nobody else is at work in the database; ten seconds at most."""
    with connection.cursor() as cursor:
        for _turn in range(100):
            cursor.execute("SELECT pg_sleep(0.1)")
            cursor.execute(AT_WORK)
            if cursor.fetchone() == (0,):
                return


def send_others_away() -> None:
    """End everybody else's connection. A page's last request may still be under way in a live
    server's thread: it would meet the emptying of the tables, and one of the two would fail."""
    with connection.cursor() as cursor:
        cursor.execute(SENT_AWAY)
