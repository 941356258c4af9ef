"""Every table is under forced row security with keys by pair, or stands on a short list with its reason."""

from collections.abc import Iterator

import pytest
from sqlalchemy import JSON, Connection, LargeBinary, String, text

from portal.cases.retention.jobs import KEEP_CODES
from portal.every_table import TABLES, metadata
from portal.settings import Settings
from portal.store.row_security import (
    APP_ROLE,
    APPEND_ONLY,
    NOT_OWNED,
    OF_AN_AGENCY,
    OF_AN_AREA,
    OF_THE_RULE,
    PLATFORM_ROLE,
    RELAY_ROLE,
)
from tests.conventions import catalogue
from tests.conventions.plain_words import PLAIN
from tests.conventions.unsealed_bytes import UNSEALED_BYTES

OWNED = sorted(set(metadata.tables) - set(NOT_OWNED) - set(OF_AN_AGENCY) - set(OF_AN_AREA))
PROMISES = {"outbox_event", "job_done"}
TIED_TO_LANDLORD = "portal.landlord_id"

NOT_LANDLORD_FIRST = {
    "ix_outbox_event_waiting": "the dispatcher claims what waits at all landlords in the order in which it happened",
    "ix_membership_account_id": "signing in looks for a person's roles at every landlord",
    "ix_staff_invitation_account_id": "whoever signs in reads which landlords ask them in",
    "ix_agency_grant_agency": "an agency's list is over all landlords that have shared a case with it",
    "ix_marac_referral_area": "the board of an area is over all landlords that have referred a case there",
    "uq_draft_secret_hash": "the hash of 32 random bytes: nothing can be learnt from its being taken",
}

EVIDENCE = {
    "audit_entry",
    "audit_seal",
    "timeline_entry",
    "contact",
    "policy_version",
    "policy_approval",
    "policy_read",
    "signpost",
    "service_check",
    "equality_answers",
    "feedback_answers",
    "job_done",
    "assessment_answer",
    "risk_change",
    "received_assessment",
    "disclosure",
    "document_file",
    "person_revision",
    "standing",
    "recorded_kinds",
    "order_entry",
}

OF_CASES = {name for name in OWNED if "case_id" in metadata.tables[name].columns} - KEEP_CODES

OF_THE_PLATFORM = ("agency", "landlord", "landlord_key", "account", "postcode", "platform_operator")
MAY = {
    RELAY_ROLE: {
        "landlord": "select",
        "outbox_event": "delete select",
        "job_done": "select",
        "heartbeat": "delete insert select update",
    },
    PLATFORM_ROLE: dict.fromkeys(OF_THE_PLATFORM, "insert select update")
    | {"line_check": "insert select", "account_key": "select update"}
    | dict.fromkeys(OF_CASES, "delete"),
}


@pytest.fixture
def found(settings: Settings) -> Iterator[Connection]:
    """The catalogue of a migrated database."""
    with catalogue.catalogue(settings) as connection:
        yield connection


def test_all_tables_are_known(found: Connection) -> None:
    assert set(catalogue.kinds(found)) == set(metadata.tables) | {"alembic_version"}
    assert {table.__tablename__ for table in TABLES} == set(metadata.tables)


def test_a_table_is_owned_or_listed_with_its_reason() -> None:
    assert set(NOT_OWNED) <= set(metadata.tables) | {"alembic_version"}, "a table that is not there any more"
    assert all(len(reason) > 10 for reason in NOT_OWNED.values())
    owned_by_column = {name for name, table in metadata.tables.items() if "landlord_id" in table.columns}
    assert owned_by_column - {"landlord_key"} == set(OWNED)


@pytest.mark.invariant(1)
def test_every_owned_table_is_under_forced_row_security(found: Connection) -> None:
    secured = catalogue.secured(found)
    assert {name: secured[name] for name in OWNED} == dict.fromkeys(OWNED, (True, True))


def test_what_belongs_to_an_agency_is_under_forced_row_security_and_named_with_its_reason(
    found: Connection,
) -> None:
    """No rule lets a landlord's scope read it, and nothing in it can be removed."""
    secured = catalogue.secured(found)
    assert {name: secured[name] for name in OF_AN_AGENCY} == dict.fromkeys(OF_AN_AGENCY, (True, True))
    rules = [rule for rule in catalogue.policies(found) if rule.table in OF_AN_AGENCY]
    assert {(rule.table, rule.command) for rule in rules} == {
        (name, command) for name in OF_AN_AGENCY for command in ("SELECT", "INSERT", "UPDATE")
    }
    for rule in rules:
        assert rule.roles == (APP_ROLE,)
        assert "portal.agency_id" in rule.using + rule.check
        assert " OR " not in rule.using + rule.check
        assert TIED_TO_LANDLORD not in rule.using + rule.check
    assert all(len(reason) > 10 for reason in OF_AN_AGENCY.values())


def test_what_belongs_to_an_area_is_written_by_whoever_coordinates_it_and_never_removed(
    found: Connection,
) -> None:
    """Everybody reads it, because every landlord chooses among the same areas; no landlord and no case is in it."""
    secured = catalogue.secured(found)
    assert {name: secured[name] for name in OF_AN_AREA} == dict.fromkeys(OF_AN_AREA, (True, True))
    rules = [rule for rule in catalogue.policies(found) if rule.table in OF_AN_AREA]
    assert {(rule.table, rule.command) for rule in rules} == {
        (name, command) for name in OF_AN_AREA for command in ("SELECT", "INSERT", "UPDATE")
    }
    for rule in rules:
        assert rule.roles == (APP_ROLE,)
        assert rule.command == "SELECT" or "portal.agency_id" in rule.using + rule.check
        assert " OR " not in rule.using + rule.check
    columns = {column.name for name in OF_AN_AREA for column in metadata.tables[name].columns}
    assert not columns & {"landlord_id", "case_id", "account_id"}
    assert all(len(reason) > 10 for reason in OF_AN_AREA.values())


@pytest.mark.invariant(1)
def test_every_rule_of_web_and_workers_names_the_landlord(found: Connection) -> None:
    rules = [rule for rule in catalogue.policies(found) if APP_ROLE in rule.roles or "public" in rule.roles]
    rules = [
        rule for rule in rules if not rule.only_narrows and rule.table not in {*OF_AN_AGENCY, *OF_AN_AREA}
    ]
    assert {rule.table for rule in rules} == set(OWNED)
    for rule in rules:
        assert rule.roles == (APP_ROLE,)
        assert TIED_TO_LANDLORD in rule.using + rule.check
        for side in filter(None, (rule.using, rule.check)):
            assert TIED_TO_LANDLORD in side, f"{rule.name} is not tied to a landlord"
            assert " OR " not in side, f"{rule.name} has a way round"


def test_whatever_hangs_on_a_case_is_there_only_for_those_who_may_know_of_the_case(found: Connection) -> None:
    """A restricted case is nowhere: not in its notes, its clocks, its documents, or what will hang on it next."""
    rules = [rule for rule in catalogue.policies(found) if rule.only_narrows]
    narrowing = {
        rule.table: rule for rule in rules if rule.table == "cases" or rule.name.endswith("_follows_case")
    }
    links = [each for each in catalogue.links(found) if each.table in OWNED and each.table not in OF_THE_RULE]
    always = {
        name for name in OWNED if not getattr(metadata.tables[name].columns.get("case_id"), "nullable", True)
    }
    ties: dict[str, set[tuple[str, str]]] = {"cases": set()}
    grown = True
    while grown:
        before = sum(map(len, ties.values()))
        for each in links:
            if each.to in ties and each.to != each.table and (each.to == "cases" or each.table not in always):
                ties.setdefault(each.table, set()).add((each.columns[-1], each.to))
        grown = sum(map(len, ties.values())) > before
    named = {name for name in OWNED if "case_id" in metadata.tables[name].columns} - set(OF_THE_RULE)
    assert named <= set(ties), f"{named - set(ties)}: case_id without a key to cases"
    for table, keys in ties.items():
        arguments = ", ".join(f'{key}="{to}"' for key, to in sorted(keys))
        mend = f'in the migration that makes {table}: for each in follow("{table}", {arguments}): op.execute(each)'
        assert table in narrowing, mend
        rule = narrowing[table]
        assert (rule.command, rule.roles) == ("ALL", (APP_ROLE,)), mend
        for key, to in keys:
            assert f"{table}.{key}" in rule.using, mend
            assert f"FROM {to} b" in rule.using, mend
    assert all(len(reason) > 10 for reason in OF_THE_RULE.values())


def test_only_the_dispatcher_has_rules_of_its_own_for_promises_and_the_platform_for_what_is_erased(
    found: Connection,
) -> None:
    others = [rule for rule in catalogue.policies(found) if APP_ROLE not in rule.roles]
    assert {rule.roles for rule in others} == {(RELAY_ROLE,), (PLATFORM_ROLE,)}
    assert {rule.table for rule in others if rule.roles == (RELAY_ROLE,)} == PROMISES


def test_everything_of_an_erased_case_can_be_removed_and_nothing_else(found: Connection) -> None:
    """And the role that removes it can read none of its words."""
    rules = [
        rule for rule in catalogue.policies(found) if rule.roles == (PLATFORM_ROLE,) and rule.table != "cases"
    ]
    may_remove = {rule.table for rule in rules if rule.command == "DELETE"}
    assert may_remove == OF_CASES, "use portal.store.row_security.of_case(table) in the table's migration"
    assert {rule.command for rule in rules} == {"SELECT", "DELETE"}
    for rule in rules:
        assert TIED_TO_LANDLORD in rule.using
        assert "erased_at IS NOT NULL" in rule.using


def test_the_landlord_leads_every_owned_primary_key() -> None:
    for name in OWNED:
        columns = [column.name for column in metadata.tables[name].primary_key.columns]
        assert columns[0] == "landlord_id", name
        assert len(columns) > 1, name


@pytest.mark.invariant(1)
def test_owned_tables_refer_to_one_another_by_pair(found: Connection) -> None:
    for link in catalogue.links(found):
        if link.table in OWNED and link.to in OWNED:
            assert ("landlord_id", "landlord_id") in zip(link.columns, link.to_columns, strict=True), (
                link.name
            )
        elif link.table in OWNED:
            assert link.to in {"landlord", "account", "agency", *OF_AN_AREA}, link.name
        else:
            assert link.to not in OWNED, f"{link.name}: a row of nobody points at a landlord's row"


def test_what_is_unique_is_unique_at_its_landlord(found: Connection) -> None:
    for index in catalogue.indexes(found):
        if index.table in OWNED and index.unique and index.name not in NOT_LANDLORD_FIRST:
            assert "landlord_id" in index.columns, index.name


def test_the_landlord_leads_every_owned_index(found: Connection) -> None:
    others = {i.name for i in catalogue.indexes(found) if i.table in OWNED and i.columns[0] != "landlord_id"}
    assert others == set(NOT_LANDLORD_FIRST)


def test_a_view_reads_with_the_eyes_of_whoever_asks(found: Connection) -> None:
    kinds = catalogue.kinds(found)
    assert not [name for name, kind in kinds.items() if kind in {"m", "f"}], (
        "row security does not reach into these"
    )
    options = text("SELECT coalesce(reloptions, '{}') FROM pg_class WHERE relname = :name")
    for name in (name for name, kind in kinds.items() if kind == "v"):
        assert "security_invoker=true" in found.scalar(options, {"name": name}), name


def test_no_function_lends_its_owners_rights(found: Connection) -> None:
    lending = text("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert found.scalars(lending).all() == []


def test_each_role_may_do_exactly_this(found: Connection) -> None:
    write, add = "delete insert select update", "insert select"
    app = {name: add if name in APPEND_ONLY else write for name in OWNED}
    app |= dict.fromkeys(
        ("agency", "line_check", "landlord", "landlord_key", "postcode", "platform_operator"), "select"
    )
    app |= dict.fromkeys(("authenticator", "challenge", "passkey", "recovery_code"), write)
    app |= {"account_key": "insert select update", "sign_in_event": add}
    app |= {"account_code": write, "heartbeat": write, "exchange_card": add, "benchmark_card": add}
    app |= dict.fromkeys(("account", "staff_session", *OF_AN_AGENCY, *OF_AN_AREA), "insert select update")
    assert catalogue.grants(found) == MAY | {APP_ROLE: app}


def test_evidence_is_append_only() -> None:
    assert set(APPEND_ONLY) >= EVIDENCE


def test_plain_words_in_owned_tables_are_codes() -> None:
    """What is not sealed is listed here with what it holds; anything that could name a person is sealed."""
    plain = {
        name: {
            column.name
            for column in metadata.tables[name].columns
            if isinstance(column.type, String | JSON) and column.name != "id"
        }
        for name in OWNED
    }
    assert {name: columns for name, columns in plain.items() if columns} == {
        name: set(columns) for name, columns in PLAIN.items()
    }


def test_bytes_are_sealed_or_hashes() -> None:
    sealed = {"file", "codes", "answers", "draft", "headline", "outcome", "safe_contact", "sealed", "summary"}
    plain = {
        f"{name}.{column.name}"
        for name in OWNED
        for column in metadata.tables[name].columns
        if isinstance(column.type, LargeBinary) and column.name not in sealed
    }
    assert plain == set(UNSEALED_BYTES)
