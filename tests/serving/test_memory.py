"""What is loaded once is not looked through again, and what a page leaves behind is still cleared away."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from portal.serving import memory


class Circle:
    """Something that refers to itself, which only the collector lets go of."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_the_collector_sees_nothing_of_what_was_there_and_all_that_comes_after() -> None:
    kept = Circle()
    memory.settle()
    assert gc.get_freeze_count() > 0
    assert not any(each is kept for each in gc.get_objects())
    left = weakref.ref(Circle())
    assert left() is not None
    gc.collect()
    assert left() is None


def test_a_page_full_of_small_things_sets_off_no_search() -> None:
    memory.settle()
    searched = gc.get_stats()[0]["collections"]
    page = [Circle() for _ in range(2_000)]
    assert gc.get_stats()[0]["collections"] == searched
    assert len(page) == 2_000
