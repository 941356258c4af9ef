"""Risk: instruments, assessments, what changed it and when. A case's risk cannot fall but by a completed assessment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import follow, grant_app, protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AS_SAID = sa.DateTime(timezone=True)
TABLES = (
    "instrument_version",
    "training",
    "assessment",
    "assessment_answer",
    "risk_change",
    "received_assessment",
    "reassessment_trigger",
)
OF_A_CASE = TABLES[2:]

RANK = """
CREATE FUNCTION risk_rank(level text) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(array_position(ARRAY['standard', 'medium', 'high'], level), 0) $$
"""
CASE_ACCOUNTS = """
CREATE FUNCTION case_risk_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.risk_level IS DISTINCT FROM OLD.risk_level AND NOT EXISTS (
    SELECT FROM risk_change c
    LEFT JOIN assessment a ON a.landlord_id = c.landlord_id AND a.id = c.assessment_id AND a.case_id = c.case_id
    WHERE c.landlord_id = NEW.landlord_id AND c.case_id = NEW.id
      AND c.at = NEW.risk_at AND c.level = NEW.risk_level
      AND (risk_rank(NEW.risk_level) > risk_rank(OLD.risk_level)
           OR (c.at >= OLD.risk_at AND a.state = 'completed' AND a.level = NEW.risk_level))
  ) THEN
    RAISE EXCEPTION 'the risk of a case changes only as judgement or a completed assessment found it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""
CHANGE_ACCOUNTS = """
CREATE FUNCTION risk_change_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.cause = 'assessment' AND EXISTS (
    SELECT FROM assessment a
    WHERE a.landlord_id = NEW.landlord_id AND a.id = NEW.assessment_id AND a.case_id = NEW.case_id
      AND a.state = 'completed' AND a.level = NEW.level
  ) OR NEW.cause = 'judgement' AND NEW.sealed IS NOT NULL AND EXISTS (
    SELECT FROM cases k
    WHERE k.landlord_id = NEW.landlord_id AND k.id = NEW.case_id
      AND k.risk_level IS NOT NULL AND risk_rank(NEW.level) > risk_rank(k.risk_level)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'judgement raises, with its reason; only a completed assessment finds anything else'
    USING ERRCODE = 'check_violation';
END $$
"""
STAYS = """
CREATE FUNCTION ended_assessment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an assessment that has ended never changes' USING ERRCODE = 'check_violation';
END $$
"""
ANSWER_IN_DRAFT = """
CREATE FUNCTION answer_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM assessment a WHERE a.landlord_id = NEW.landlord_id
                 AND a.id = NEW.assessment_id AND a.case_id = NEW.case_id AND a.state = 'draft') THEN
    RAISE EXCEPTION 'an assessment that has ended takes no answers' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER risk_accounts BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION case_risk_accounts()",
    "CREATE TRIGGER accounts BEFORE INSERT ON risk_change FOR EACH ROW EXECUTE FUNCTION risk_change_accounts()",
    """CREATE TRIGGER stays BEFORE UPDATE ON assessment FOR EACH ROW
    WHEN (OLD.state <> 'draft') EXECUTE FUNCTION ended_assessment_stays()""",
    "CREATE TRIGGER in_draft BEFORE INSERT ON assessment_answer FOR EACH ROW EXECUTE FUNCTION answer_in_draft()",
)


def upgrade() -> None:
    for name, kind in (
        ("risk_level", sa.String()),
        ("risk_at", AS_SAID),
        ("risk_again_on", sa.Date()),
        ("risk_declined_at", AS_SAID),
        ("staff_risk", sa.String()),
    ):
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_cases_not_assessed",
        "cases",
        ["landlord_id", "opened_at", "id"],
        postgresql_where=sa.text("stage <> 'closed' AND risk_level IS NULL"),
    )
    _instruments_and_training()
    _assessments()
    _what_happened()
    for table in TABLES:
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)
    for table in OF_A_CASE:
        for statement in follow(table, case_id="cases"):
            op.execute(statement)
    for statement in (RANK, CASE_ACCOUNTS, CHANGE_ACCOUNTS, STAYS, ANSWER_IN_DRAFT, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER risk_accounts ON cases")
    for table in reversed(TABLES):
        op.drop_table(table)
    for function in (
        "case_risk_accounts",
        "risk_change_accounts",
        "ended_assessment_stays",
        "answer_in_draft",
        "risk_rank",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_cases_not_assessed", "cases")
    for name in ("staff_risk", "risk_declined_at", "risk_again_on", "risk_at", "risk_level"):
        op.drop_column("cases", name)


def _instruments_and_training() -> None:
    op.create_table(
        "instrument_version",
        *_owned("instrument_version"),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("loaded_at", AS_SAID, nullable=False),
        sa.UniqueConstraint("landlord_id", "digest", name=op.f("uq_instrument_version_landlord_id_digest")),
    )
    op.create_index("ix_instrument_version_code", "instrument_version", ["landlord_id", "code", "loaded_at"])
    op.create_table(
        "training",
        *_owned("training"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", AS_SAID, nullable=False),
        _account("training", "account_id"),
        _account("training", "recorded_by"),
    )
    op.create_index("ix_training_account", "training", ["landlord_id", "account_id", "completed_on"])


def _assessments() -> None:
    op.create_table(
        "assessment",
        *_owned("assessment"),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_version_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", AS_SAID, nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("starter", sa.String(), nullable=False),
        sa.Column("completed_at", AS_SAID, nullable=True),
        sa.Column("completed_by", sa.Uuid(), nullable=True),
        sa.Column("completer", sa.String(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("unknown", sa.Integer(), nullable=True),
        sa.Column("by_count", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("incidents", sa.Integer(), nullable=True),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("staff_risk", sa.String(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _pair("assessment", "case_id", "cases"),
        _pair("assessment", "instrument_version_id", "instrument_version"),
        _account("assessment", "started_by"),
        _account("assessment", "completed_by"),
    )
    op.create_index("ix_assessment_case", "assessment", ["landlord_id", "case_id", "completed_at"])
    op.create_index(
        "uq_assessment_draft",
        "assessment",
        ["landlord_id", "case_id"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "assessment_answer",
        *_owned("assessment_answer"),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", AS_SAID, nullable=False),
        *_signed("assessment_answer"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _pair("assessment_answer", "case_id", "cases"),
        _pair("assessment_answer", "assessment_id", "assessment"),
        sa.UniqueConstraint(
            "landlord_id",
            "assessment_id",
            "item",
            "revision",
            name=op.f("uq_assessment_answer_landlord_id_assessment_id_item_revision"),
        ),
    )


def _what_happened() -> None:
    op.create_table(
        "risk_change",
        *_owned("risk_change"),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", AS_SAID, nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        *_signed("risk_change"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _pair("risk_change", "case_id", "cases"),
        _pair("risk_change", "assessment_id", "assessment"),
    )
    op.create_index("ix_risk_change_case", "risk_change", ["landlord_id", "case_id", "at"])
    op.create_table(
        "received_assessment",
        *_owned("received_assessment"),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("received_at", AS_SAID, nullable=False),
        *_signed("received_assessment"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _pair("received_assessment", "case_id", "cases"),
    )
    op.create_index(
        "ix_received_assessment_case", "received_assessment", ["landlord_id", "case_id", "made_on"]
    )
    op.create_table(
        "reassessment_trigger",
        *_owned("reassessment_trigger"),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", AS_SAID, nullable=False),
        *_signed("reassessment_trigger"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _pair("reassessment_trigger", "case_id", "cases"),
    )
    op.create_index(
        "ix_reassessment_trigger_case", "reassessment_trigger", ["landlord_id", "case_id", "recorded_at"]
    )


def _owned(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
    )


def _signed(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        _account(table, "account_id"),
    )


def _account(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}"))


def _pair(table: str, column: str, to: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["landlord_id", column], [f"{to}.landlord_id", f"{to}.id"], name=op.f(f"fk_{table}_landlord_id_{column}")
    )
