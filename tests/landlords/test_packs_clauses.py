"""The list of clauses in each pack and the ledger speak of the same clauses."""

import pytest

from portal.landlords.clause_checks import cited_clauses, lists
from portal.landlords.ledger import Row, rows
from tests.landlords.packs_at_hand import SLUGS, pack

OF_POLICY = {"ag-013": "dales", "havebury": "havebury", "star": "star", "whg": "whg", "nph": "nph"}


def as_cited(row: Row) -> str:
    return row.clause.replace("AG/013, document", "AG/013 document")


@pytest.mark.parametrize(("name", "slug"), OF_POLICY.items())
def test_every_row_of_the_ledger_belongs_to_a_clause_that_people_can_read(name: str, slug: str) -> None:
    missing = [row.id for row in rows() if row.policy == name and not lists(pack(slug).policy, as_cited(row))]
    assert not missing


@pytest.mark.parametrize(("name", "slug"), OF_POLICY.items())
def test_every_clause_that_people_can_read_has_a_row_in_the_ledger(name: str, slug: str) -> None:
    policy = pack(slug).policy
    known = [as_cited(row) for row in rows() if row.policy == name]
    for clause in policy.clauses:
        cited = clause.cited_as(policy.document.cite)
        assert any(row == cited or row.startswith((f"{cited},", f"{cited} (")) for row in known), cited


@pytest.mark.parametrize("slug", SLUGS)
def test_every_clause_cited_anywhere_in_a_pack_is_in_its_list(slug: str) -> None:
    cited = {clause for _, clause in cited_clauses(pack(slug).policy.model_dump(mode="json"))}
    assert len(cited) > 20
    assert all(lists(pack(slug).policy, clause) for clause in cited)


def test_the_list_of_clauses_is_in_the_packs_own_short_words() -> None:
    for slug in SLUGS:
        for clause in pack(slug).policy.clauses:
            assert len(clause.summary) <= 200, clause.number
            assert clause.summary.endswith("."), clause.number


def test_a_number_used_twice_is_kept_twice_in_the_order_of_the_document() -> None:
    numbers = [clause.number for clause in pack("havebury").policy.clauses]
    assert [clause.use for clause in pack("havebury").policy.clauses if clause.number == "3.2"] == [1, 2]
    assert numbers.index("3.2") < numbers.index("3.5")
