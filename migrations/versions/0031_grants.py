"""What is shared with an agency in the portal: grants, copies of the granted parts, and their keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import (
    GRANT_THERE,
    KEY_THERE,
    SECTION_THERE,
    answerable,
    rules_of_agency,
    shared,
)

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None
ANSWER = "ARRAY['answered_at', 'accepted', 'answered_by', 'answered_name', 'outcome']"
ONLY_ANSWERS = f"""
CREATE FUNCTION agency_only_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('portal.agency_id', true) <> ''
        AND (to_jsonb(NEW) - {ANSWER}) IS DISTINCT FROM (to_jsonb(OLD) - {ANSWER}) THEN
        RAISE EXCEPTION 'An agency answers a grant and changes nothing else of it.';
    END IF;
    RETURN NEW;
END $$
"""
CONSENT_ENDS = """
CREATE FUNCTION withdrawn_consent_ends_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE agency_grant SET ended_at = NEW.withdrawn_at, ended_by = 'their own word', revision = revision + 1
    WHERE landlord_id = NEW.landlord_id AND consent_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    for name in ("read", "add", "change"):
        op.execute(f"DROP POLICY agency_member_{name} ON agency_member")
    for statement in rules_of_agency("agency_member"):
        op.execute(statement)
    _grants()
    _copies()
    op.execute(ONLY_ANSWERS)
    op.execute(
        "CREATE TRIGGER agency_only_answers BEFORE UPDATE ON agency_grant "
        "FOR EACH ROW EXECUTE FUNCTION agency_only_answers()"
    )
    op.execute(CONSENT_ENDS)
    op.execute(
        "CREATE TRIGGER withdrawn_consent_ends_grants AFTER UPDATE OF withdrawn_at ON consent "
        "FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION withdrawn_consent_ends_grants()"
    )
    for statement in (
        *shared("agency_grant", GRANT_THERE),
        *answerable("agency_grant"),
        *shared("shared_section", SECTION_THERE),
        *shared("shared_key", KEY_THERE),
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER withdrawn_consent_ends_grants ON consent")
    op.execute("DROP FUNCTION withdrawn_consent_ends_grants()")
    for table in ("shared_key", "shared_section", "agency_grant"):
        op.execute(f"DROP POLICY IF EXISTS {table}_read ON {table}")
    for table in ("shared_key", "shared_section", "agency_grant"):
        op.drop_table(table)
    op.execute("DROP FUNCTION agency_only_answers()")


def _owned(table: str, *columns: sa.Column, links: tuple[sa.Constraint, ...] = ()) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        _to(table, "case_id", "cases"),
        *links,
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_landlord_id_{column}")
    return sa.ForeignKeyConstraint(["landlord_id", column], [f"{other}.landlord_id", f"{other}.id"], name=name)


def _by(table: str, column: str, other: str = "account") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _grants() -> None:
    table = "agency_grant"
    _owned(
        table,
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _at("from_at"),
        _at("until_at"),
        _at("made_at"),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_name", sa.String(), nullable=False),
        _at("answered_at", nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_name", sa.String(), nullable=True),
        _at("ended_at", nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        links=(
            _by(table, "agency_id", "agency"),
            _to(table, "agreement_id", "sharing_agreement"),
            _to(table, "share_id", "share"),
            _to(table, "consent_id", "consent"),
            _by(table, "made_by"),
            _by(table, "answered_by"),
        ),
    )
    op.create_index("ix_agency_grant_case", table, ["landlord_id", "case_id", "made_at"])
    op.create_index("ix_agency_grant_agency", table, ["agency_id", "until_at"])


def _copies() -> None:
    _owned(
        "shared_section",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        _at("made_at"),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        links=(
            _to("shared_section", "grant_id", "agency_grant"),
            sa.UniqueConstraint(
                "landlord_id", "grant_id", "section", name=op.f("uq_shared_section_landlord_id_grant_id_section")
            ),
        ),
    )
    _owned("shared_key", sa.Column("wrapped", sa.LargeBinary(), nullable=False), _at("made_at"))
    op.create_index("ix_shared_key_case", "shared_key", ["landlord_id", "case_id"])
