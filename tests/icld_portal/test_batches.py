import pytest

from icld_portal.batches import each


def test_all_are_done_in_their_order():
    done = []
    each(iter([1, 2, 3]), done.append)
    assert done == [1, 2, 3]


def test_what_fails_is_raised_when_the_others_are_done():
    done = []

    def do(number: int) -> None:
        if number % 2:
            raise ValueError(number)
        done.append(number)

    with pytest.raises(ExceptionGroup) as raised:
        each([1, 2, 3, 4], do)
    assert done == [2, 4]
    assert [failure.args for failure in raised.value.exceptions] == [(1,), (3,)]


def test_being_killed_is_no_failure_to_go_on_after():
    done = []

    def do(number: int) -> None:
        if number == 2:
            raise SystemExit
        done.append(number)

    with pytest.raises(SystemExit):
        each([1, 2, 3], do)
    assert done == [1]
