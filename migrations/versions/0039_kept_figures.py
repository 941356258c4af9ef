"""What may remain of erased records: sums by year, in which nobody is; and the level of risk goes with its case."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "kept_figure"
RISK = """
CREATE OR REPLACE FUNCTION case_risk_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {erased}IF NEW.risk_level IS DISTINCT FROM OLD.risk_level AND NOT EXISTS (
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
ERASED = """IF NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL AND NEW.risk_level IS NULL THEN
    RETURN NEW;
  END IF;
  """


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_kept_figure")),
        sa.UniqueConstraint(
            "landlord_id", "year", "what", "code", name=op.f("uq_kept_figure_landlord_id_year_what_code")
        ),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_kept_figure_landlord_id")),
    )
    op.create_index("ix_kept_figure_what", TABLE, ["landlord_id", "what", "year"])
    for statement in (*protect(TABLE), grant_app(TABLE)):
        op.execute(statement)
    op.execute(RISK.format(erased=ERASED))


def downgrade() -> None:
    op.execute(RISK.format(erased=""))
    op.drop_table(TABLE)
