"""Where somebody must not be, with a distance: measured here from a table that is loaded, and drawn by nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.permissions import Role
from portal.domain.rehousing.areas import Circle, Spot, area, circle, lies_in
from portal.domain.rehousing.drawing import SIDE, drawn
from portal.homes.places import queries
from portal.homes.places.loading import NotPostcodesError, load
from portal.store.database import Database
from portal.store.scope import PlatformScope
from tests.desk import Desk, DeskAt
from tests.homes.at_home import manager
from tests.homes.test_moves import HOME, agrees, at_high_risk, move, offers, prepares

TABLE = """postcode,eastings,northings
ZQ1 1AA,400000,300000
ZQ1 1AB,401000,300000
ZQ2 3CD,404000,300000
ZQ9 9ZZ,430000,300000
ZQ1 2XX,,
not one,1,2
"""


@pytest.fixture
def table(database: Database) -> Database:
    """A few places that do not exist."""
    with database.work(PlatformScope("test")) as session:
        assert load(session, TABLE.splitlines()) == 4
    return database


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("3 km around ZQ1 1AA", "3 km around ZQ1 1AA"),
        ("2 miles of zq11aa", "3.3 km around ZQ1 1AA"),
        ("1.5km from ZQ1 1AA", "1.5 km around ZQ1 1AA"),
        ("3 km around his mother", None),
        ("around ZQ1 1AA", None),
    ],
)
def test_a_distance_is_read_as_people_write_it_and_kept_in_one_form(said: str, kept: str | None) -> None:
    assert area(said) == kept
    if kept:
        assert area(kept) == kept, "what is kept can be read again"


@given(st.integers(0, 700_000), st.integers(0, 1_200_000), st.integers(1, 99))
def test_a_home_in_the_middle_lies_in_and_one_further_than_the_radius_does_not(
    east: int, north: int, far: int
) -> None:
    within = f"{far} km around ZQ1 1AA"
    here, there = Spot(east, north), Spot(east + far * 1000 + 1, north)
    known = {"ZQ1 1AA": here, "ZQ2 3CD": there, "ZQ1 1AB": Spot(east, north + far * 1000)}
    assert lies_in("ZQ1 1AA", within) is True
    assert lies_in("ZQ1 1AB", within, known) is True
    assert lies_in("ZQ2 3CD", within, known) is False
    assert lies_in("ZQ9 9ZZ", within, known) is None, "what cannot be measured is not far away"


@given(
    st.lists(
        st.tuples(st.integers(0, 700_000), st.integers(0, 1_200_000), st.integers(0, 50_000)),
        min_size=1,
        max_size=6,
    )
)
def test_every_circle_of_a_map_lies_on_its_square(found: list[tuple[int, int, int]]) -> None:
    drawing = drawn({f"area {n}": Circle(Spot(e, m), r) for n, (e, m, r) in enumerate(found)})
    assert drawing
    for each in drawing.shapes:
        assert 0 <= each.x <= SIDE
        assert 0 <= each.y <= SIDE
        assert each.r <= SIDE
    assert drawn({}) is None


def test_code_point_open_and_the_directory_are_both_read_and_anything_else_is_refused(
    table: Database,
) -> None:
    with table.work(PlatformScope("test")) as session:
        assert load(session, ['"ZQ1 1AA",10,400005,300005,"E92000001"']) == 1
        assert load(session, ["pcds,oseast1m,osnrth1m", "ZQ1 1AA,400000,300000"]) == 1
        with pytest.raises(NotPostcodesError):
            load(session, ["name,place", "ZQ1 1AA,here"])
        found = queries.spots(session, ["ZQ1 1AA", "ZQ8 8QQ"])
    assert found == {"ZQ1 1AA": Spot(400_000, 300_000)}
    assert circle("3 km around ZQ1 1AA") == ("ZQ1 1AA", 3000)


@pytest.mark.clause("WHG-2.10")
def test_a_home_within_the_distance_is_stopped_one_outside_passes_and_one_unmeasured_asks_why(
    table: Database, desk_at: DeskAt
) -> None:
    desk = desk_at("whg")
    officer, case_id = desk.client(Role.OFFICER), desk.case()
    at_high_risk(desk, officer, case_id)
    prepares(desk, officer, case_id, no_go="5 km around ZQ1 1AA\nZQ7")
    agrees(desk, officer, case_id)
    refused = offers(
        desk, manager(desk), case_id, status=422, postcode="ZQ2 3CD", reason="It is the only one."
    )
    assert "It lies where they said that they must not be. (whg 2.10)" in refused.text
    assert "Map of the areas named below it, with the home that is asked about" in refused.html
    refused = offers(desk, officer, case_id, status=422, postcode="ZQ8 8QQ")
    assert "How far it lies from where they must not be could not be measured" in refused.text
    offers(desk, officer, case_id, postcode="ZQ8 8QQ", reason="Forty miles, by the map on the wall.")
    _draws(desk, case_id)


def _draws(desk: Desk, case_id: object) -> None:
    client = desk.client(Role.OFFICER)
    page = client.get(f"{move(desk, case_id)}")  # type: ignore[arg-type]
    assert "Must not be: 5 km around ZQ1 1AA" in page.text
    assert page.html.count("<circle") == 1, "a district of which no postcode is known is not drawn"
    assert "http" not in page.html.partition("<svg")[2].partition("</svg>")[0]
    assert HOME["postcode"] not in page.html
