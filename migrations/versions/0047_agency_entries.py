"""What agencies write beside a shared case, what they are asked to do there, and invitations of their people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.conference_rules import KEY_THERE as KEY_THERE_BEFORE
from portal.store.conference_rules import keys_of_all, written_by_many
from portal.store.entry_rules import (
    ENTRY_ADDED,
    ENTRY_READ,
    KEY_THERE,
    TASK_ADDED,
    TASK_CHANGED,
    TASK_READ,
    within_agency,
)

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None
ANSWER = "ARRAY['taken_at', 'taken_name', 'ended_at', 'ended_name', 'ending', 'outcome']"
ONLY_ANSWERS = f"""
CREATE FUNCTION agency_only_answers_tasks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('portal.agency_id', true) <> ''
        AND (to_jsonb(NEW) - {ANSWER}) IS DISTINCT FROM (to_jsonb(OLD) - {ANSWER}) THEN
        RAISE EXCEPTION 'An agency answers what it is asked and changes nothing else of it.';
    END IF;
    RETURN NEW;
END $$
"""
ANSWERS_ONLY = (
    "CREATE TRIGGER agency_only_answers_tasks BEFORE UPDATE ON agency_task "
    "FOR EACH ROW EXECUTE FUNCTION agency_only_answers_tasks()"
)


def upgrade() -> None:
    _owned(
        "agency_entry", sa.Column("kind", sa.String(), nullable=False), _at("at"), _at("made_at"), _id("account_id"),
        sa.Column("actor", sa.String(), nullable=False), sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("media", sa.String(), nullable=True), sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True), _by("agency_entry", "account_id", "account"),
    )  # fmt: skip
    op.create_index("ix_agency_entry_grant", "agency_entry", ["landlord_id", "grant_id", "at"])
    _owned(
        "agency_task", sa.Column("due_on", sa.Date(), nullable=False), _at("made_at"),
        sa.Column("made_name", sa.String(), nullable=False), _at("taken_at", nullable=True),
        sa.Column("taken_name", sa.String(), nullable=True), _at("ended_at", nullable=True),
        sa.Column("ended_name", sa.String(), nullable=True), sa.Column("ending", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False), sa.Column("outcome", sa.LargeBinary(), nullable=True),
    )  # fmt: skip
    op.create_index("ix_agency_task_grant", "agency_task", ["landlord_id", "grant_id", "due_on"])
    op.create_table(
        "agency_invitation",
        _id("agency_id"),
        _id("id"),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _at("made_at"),
        sa.Column("made_by", sa.String(), nullable=False),
        _at("until_at"),
        _at("ended_at", nullable=True),
        _at("used_at", nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_agency_invitation")),
        _by("agency_invitation", "agency_id", "agency"),
    )
    op.create_index("ix_agency_invitation_agency", "agency_invitation", ["agency_id", "made_at"])
    for statement in (
        *written_by_many("agency_entry", ENTRY_READ, ENTRY_ADDED),
        *written_by_many("agency_task", TASK_READ, TASK_ADDED, TASK_CHANGED),
        *keys_of_all(KEY_THERE),
        *within_agency("agency_invitation"),
        ONLY_ANSWERS,
        ANSWERS_ONLY,
    ):
        op.execute(statement)


def downgrade() -> None:
    for statement in keys_of_all(KEY_THERE_BEFORE):
        op.execute(statement)
    for table in ("agency_entry", "agency_task"):
        op.execute(f"DROP POLICY {table}_read ON {table}")
        op.drop_table(table)
    op.drop_table("agency_invitation")
    op.execute("DROP FUNCTION agency_only_answers_tasks()")


def _id(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _by(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_landlord_id_{column}")
    return sa.ForeignKeyConstraint(["landlord_id", column], [f"{other}.landlord_id", f"{other}.id"], name=name)


def _owned(table: str, *columns: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        _id("landlord_id"),
        _id("id"),
        _id("case_id"),
        _id("grant_id"),
        _id("agency_id"),
        *columns,
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        _by(table, "landlord_id", "landlord"),
        _to(table, "case_id", "cases"),
        _to(table, "grant_id", "agency_grant"),
        _by(table, "agency_id", "agency"),
    )
