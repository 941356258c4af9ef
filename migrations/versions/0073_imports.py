"""Files of cases that are taken over from another system, and the cases that came of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import grant_app, of_case, protect

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

FILE, MADE, MAPPING = "case_import", "imported_case", "import_mapping"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        FILE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mapped", postgresql.JSONB(), nullable=False),
        sa.Column("read_at", AT, nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("read_name", sa.String(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("asked_at", AT, nullable=True),
        sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_case_import")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_case_import_landlord_id")),
        sa.ForeignKeyConstraint(["read_by"], ["account.id"], name=op.f("fk_case_import_read_by")),
    )
    op.create_index("ix_case_import_read", FILE, ["landlord_id", "read_at"])
    op.create_table(
        MADE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_imported_case")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_imported_case_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "import_id"],
            ["case_import.landlord_id", "case_import.id"],
            name=op.f("fk_imported_case_landlord_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "case_id"],
            ["cases.landlord_id", "cases.id"],
            name=op.f("fk_imported_case_landlord_id_case_id"),
        ),
        sa.UniqueConstraint(
            "landlord_id", "import_id", "line", name=op.f("uq_imported_case_landlord_id_import_id_line")
        ),
    )
    op.create_index("ix_imported_case_key", MADE, ["landlord_id", "key"])
    op.create_index("ix_imported_case_case", MADE, ["landlord_id", "case_id"])
    op.create_table(
        MAPPING,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", AT, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_import_mapping")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_import_mapping_landlord_id")),
        sa.UniqueConstraint("landlord_id", name=op.f("uq_import_mapping_landlord_id")),
    )
    for table in (FILE, MAPPING):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)
    for statement in of_case(MADE):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(MAPPING)
    op.drop_table(MADE)
    op.drop_table(FILE)
