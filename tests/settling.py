"""Leaving a page that saves by itself."""

from django.db import connection

OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND state <> 'idle'"
)


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
            cursor.execute(OTHERS)
            if cursor.fetchone() == (0,):
                return
