"""The people of a case and what becomes of them, the register of orders, and safeguarding."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import follow, of_case

TABLES = (
    "person_revision",
    "standing",
    "recorded_kinds",
    "person_key",
    "same_person",
    "court_order",
    "order_entry",
    "safeguarding_concern",
    "safeguarding_referral",
)

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        "person_revision",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_revision_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_person_revision_landlord_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_person_revision_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "person_id"],
            ["person.landlord_id", "person.id"],
            name=op.f("fk_person_revision_landlord_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_person_revision")),
    )
    op.create_index(
        "ix_person_revision_case", "person_revision", ["landlord_id", "case_id", "person_id", "at"]
    )
    op.create_table(
        "standing",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_standing_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_standing_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_standing_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "person_id"],
            ["person.landlord_id", "person.id"],
            name=op.f("fk_standing_landlord_id_person_id"),
        ),
        sa.CheckConstraint(
            "standing <> 'convicted' OR (source IN ('police', 'court') AND on_date IS NOT NULL)",
            name=op.f("ck_standing_nobodys_word"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_case", "standing", ["landlord_id", "case_id", "person_id", "at"])
    op.create_table(
        "recorded_kinds",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recorded_kinds_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_recorded_kinds_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_recorded_kinds_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_recorded_kinds")),
    )
    op.create_index("ix_recorded_kinds_case", "recorded_kinds", ["landlord_id", "case_id", "at"])
    op.create_table(
        "person_key",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_person_key_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "person_id"],
            ["person.landlord_id", "person.id"],
            name=op.f("fk_person_key_landlord_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "token", "person_id", name=op.f("pk_person_key")),
    )
    op.create_index("ix_person_key_case", "person_key", ["landlord_id", "case_id"])
    op.create_table(
        "same_person",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_case_id", sa.Uuid(), nullable=False),
        sa.Column("other_person_id", sa.Uuid(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_same_person_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_same_person_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_same_person_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "person_id"],
            ["person.landlord_id", "person.id"],
            name=op.f("fk_same_person_landlord_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_same_person")),
    )
    op.create_index(
        "ix_same_person_pair", "same_person", ["landlord_id", "person_id", "other_person_id", "at"]
    )
    op.create_table(
        "court_order",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("served", sa.String(), nullable=False),
        sa.Column("arrest", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_court_order_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_court_order_landlord_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_court_order")),
    )
    op.create_index("ix_court_order_case", "court_order", ["landlord_id", "case_id", "ends_on"])
    op.create_table(
        "order_entry",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_order_entry_account_id")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_order_entry_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_order_entry_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "order_id"],
            ["court_order.landlord_id", "court_order.id"],
            name=op.f("fk_order_entry_landlord_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_order_entry")),
    )
    op.create_index("ix_order_entry_case", "order_entry", ["landlord_id", "case_id", "order_id", "at"])
    op.create_table(
        "safeguarding_concern",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("risk_group", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_safeguarding_concern_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_safeguarding_concern_landlord_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_safeguarding_concern_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "person_id"],
            ["person.landlord_id", "person.id"],
            name=op.f("fk_safeguarding_concern_landlord_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_safeguarding_concern")),
    )
    op.create_index(
        "ix_safeguarding_concern_case", "safeguarding_concern", ["landlord_id", "case_id", "noted_at"]
    )
    op.create_index(
        "ix_safeguarding_concern_open",
        "safeguarding_concern",
        ["landlord_id", "noted_at"],
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_table(
        "safeguarding_referral",
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_safeguarding_referral_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_safeguarding_referral_landlord_id")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_safeguarding_referral_landlord_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "concern_id"],
            ["safeguarding_concern.landlord_id", "safeguarding_concern.id"],
            name=op.f("fk_safeguarding_referral_landlord_id_concern_id"),
        ),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_safeguarding_referral")),
    )
    op.create_index(
        "ix_safeguarding_referral_case", "safeguarding_referral", ["landlord_id", "case_id", "made_at"]
    )
    op.create_index(
        "ix_safeguarding_referral_open",
        "safeguarding_referral",
        ["landlord_id", "chase_at"],
        postgresql_where=sa.text("outcome IS NULL"),
    )
    for table in TABLES:
        for statement in of_case(table):
            op.execute(statement)
    both = follow("same_person", other_case_id="cases")
    for statement in both:
        op.execute(statement.replace("same_person_follows_case", "same_person_follows_other_case"))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("person", "revision")
