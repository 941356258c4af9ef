"""Files of colleagues and of homes beside those of cases, and the register of homes that comes of them."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import grant_app, protect

revision = "0100"
down_revision = "0087"
branch_labels = None
depends_on = None

FILE, MADE, MAPPING, HOME, COLLEAGUE = (
    "case_import", "imported_case", "import_mapping", "own_home", "imported_colleague",
)  # fmt: skip
ONCE, EACH_KIND = "uq_import_mapping_landlord_id", "uq_import_mapping_landlord_id_kind"
STANDS = sa.text("left_by IS NULL")


def upgrade() -> None:
    for table in (FILE, MAPPING):
        op.add_column(table, sa.Column("kind", sa.String(), nullable=False, server_default="cases"))
        op.alter_column(table, "kind", server_default=None)
    op.add_column(FILE, sa.Column("warned", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column(FILE, "warned", server_default=None)
    op.add_column(FILE, sa.Column("by_id", sa.Uuid(), nullable=True))
    op.add_column(FILE, sa.Column("by_name", sa.String(), nullable=True))
    op.add_column(FILE, sa.Column("changed", sa.Integer(), nullable=True))
    op.add_column(FILE, sa.Column("codes", sa.LargeBinary(), nullable=True))
    op.create_foreign_key(op.f("fk_case_import_by_id"), FILE, "account", ["by_id"], ["id"])
    op.drop_index("ix_case_import_read", FILE)
    op.create_index("ix_case_import_read", FILE, ["landlord_id", "kind", "read_at"])
    op.drop_constraint(ONCE, MAPPING)
    op.create_unique_constraint(op.f(EACH_KIND), MAPPING, ["landlord_id", "kind"])
    op.add_column(MADE, sa.Column("home_id", sa.Uuid(), nullable=True))
    op.create_index("ix_imported_case_home", MADE, ["landlord_id", "home_id"])
    _homes()
    _colleagues()
    for table in (HOME, COLLEAGUE):
        for statement in (*protect(table), grant_app(table)):
            op.execute(statement)


def _homes() -> None:
    op.create_table(
        HOME,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("left_by", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_own_home")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_own_home_landlord_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "import_id"],
            ["case_import.landlord_id", "case_import.id"],
            name=op.f("fk_own_home_landlord_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "left_by"],
            ["case_import.landlord_id", "case_import.id"],
            name=op.f("fk_own_home_landlord_id_left_by"),
        ),
    )
    op.create_index("uq_own_home_key", HOME, ["landlord_id", "key"], unique=True, postgresql_where=STANDS)
    op.create_index("ix_own_home_other", HOME, ["landlord_id", "other"], postgresql_where=STANDS)
    op.create_index("ix_own_home_place", HOME, ["landlord_id", "place"], postgresql_where=STANDS)
    op.create_index("ix_own_home_import", HOME, ["landlord_id", "import_id"])
    op.create_index("ix_own_home_left_by", HOME, ["landlord_id", "left_by"])


def _colleagues() -> None:
    op.create_table(
        COLLEAGUE,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_imported_colleague")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_imported_colleague_landlord_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_imported_colleague_account_id")),
        sa.ForeignKeyConstraint(
            ["landlord_id", "import_id"],
            ["case_import.landlord_id", "case_import.id"],
            name=op.f("fk_imported_colleague_landlord_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id", "training_id"],
            ["training.landlord_id", "training.id"],
            name=op.f("fk_imported_colleague_landlord_id_training_id"),
        ),
        sa.UniqueConstraint(
            "landlord_id", "import_id", "line", name=op.f("uq_imported_colleague_landlord_id_import_id_line")
        ),
    )
    op.create_index("ix_imported_colleague_account", COLLEAGUE, ["landlord_id", "account_id"])


def downgrade() -> None:
    op.drop_table(COLLEAGUE)
    op.drop_table(HOME)
    op.drop_index("ix_imported_case_home", MADE)
    op.drop_column(MADE, "home_id")
    op.drop_constraint(EACH_KIND, MAPPING)
    for table in (MAPPING, FILE):  # what the tables of before cannot hold: no case hangs on it
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind <> 'cases'")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.create_unique_constraint(op.f(ONCE), MAPPING, ["landlord_id"])
    op.drop_index("ix_case_import_read", FILE)
    op.create_index("ix_case_import_read", FILE, ["landlord_id", "read_at"])
    op.drop_constraint("fk_case_import_by_id", FILE)
    for column in ("codes", "changed", "by_name", "by_id", "warned", "kind"):
        op.drop_column(FILE, column)
    op.drop_column(MAPPING, "kind")
