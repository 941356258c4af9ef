"""Whoever reads the audit reads words, and every right has some."""

from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.domain.permissions_said import RIGHTS, right
from portal.domain.systems import ApiScope


def test_every_right_that_the_audit_can_name_is_said_in_words_of_its_own() -> None:
    said = [right(each.value) for kind in (Permission, AgencyPermission, ApiScope) for each in kind]
    assert not [each for each in said if not each or "." in each]
    assert len(set(RIGHTS.values())) == len(RIGHTS)
    assert right(None) == ""
