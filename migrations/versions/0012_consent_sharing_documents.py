"""Consents, documents with their files, shares and what has left because of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import of_case

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
TABLES = ("consent", "document", "document_file", "kept_back", "share", "disclosure")


def upgrade() -> None:
    _consent()
    _documents()
    _sharing()
    # What is sealed does not compress: store it apart and as it is.
    op.execute("ALTER TABLE document_file ALTER COLUMN sealed SET STORAGE EXTERNAL")
    op.execute("ALTER TABLE disclosure ALTER COLUMN file SET STORAGE EXTERNAL")
    for table in TABLES:
        for statement in of_case(table):
            op.execute(statement)


def _owned(table: str, *columns: sa.Column, links: tuple[sa.ForeignKeyConstraint, ...] = ()) -> None:
    op.create_table(
        table,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f(f"fk_{table}_landlord_id")),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f(f"pk_{table}")),
        *links,
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_landlord_id_{column}")
    return sa.ForeignKeyConstraint(["landlord_id", column], [f"{other}.landlord_id", f"{other}.id"], name=name)


def _by(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}"))


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _list(name: str) -> sa.Column:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _sealed(name: str = "sealed", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _who(name: str = "account_id", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _consent() -> None:
    _owned(
        "consent",
        _text("recipient_kind"),
        _list("parts"),
        _text("given_how"),
        _at("given_at"),
        _at("until"),
        _at("withdrawn_at", nullable=True),
        _at("recorded_at"),
        _who(),
        _sealed(),
        links=(_to("consent", "case_id", "cases"), _by("consent", "account_id")),
    )
    op.create_index("ix_consent_case", "consent", ["landlord_id", "case_id", "until"])


def _documents() -> None:
    _owned(
        "document",
        _who("first_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("kind"),
        _text("media"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("sha256"),
        _text("received_sha256"),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        _at("added_at"),
        _who(),
        _at("replaced_at", nullable=True),
        _sealed(),
        links=(_to("document", "case_id", "cases"), _by("document", "account_id")),
    )
    op.create_unique_constraint(
        op.f("uq_document_landlord_id_case_id_first_id_version"),
        "document",
        ["landlord_id", "case_id", "first_id", "version"],
    )
    op.create_index("ix_document_case", "document", ["landlord_id", "case_id", "added_at", "id"])
    _owned(
        "document_file",
        _sealed(),
        links=(_to("document_file", "case_id", "cases"), _to("document_file", "id", "document")),
    )
    _owned(
        "kept_back",
        _text("what"),
        _who("of_id"),
        _at("at"),
        _who(),
        _at("lifted_at", nullable=True),
        _who("lifted_by", nullable=True),
        _sealed(),
        links=(_to("kept_back", "case_id", "cases"), _by("kept_back", "account_id"), _by("kept_back", "lifted_by")),
    )
    op.create_index("ix_kept_back_case", "kept_back", ["landlord_id", "case_id", "of_id"])


def _sharing() -> None:
    _owned(
        "share",
        _text("state"),
        _text("recipient_kind"),
        _list("parts"),
        _list("documents"),
        _at("since", nullable=True),
        _who("consent_id", nullable=True),
        _text("exception", nullable=True),
        _text("clause", nullable=True),
        _list("concerns"),
        _text("basis", nullable=True),
        _text("condition", nullable=True),
        _text("law", nullable=True),
        _text("told", nullable=True),
        sa.Column("life_in_danger", sa.Boolean(), nullable=False),
        _at("asked_at"),
        _who("asked_by"),
        _at("decided_at", nullable=True),
        _who("decided_by", nullable=True),
        _sealed(),
        links=(
            _to("share", "case_id", "cases"),
            _to("share", "consent_id", "consent"),
            _by("share", "asked_by"),
            _by("share", "decided_by"),
        ),
    )
    op.create_index("ix_share_case", "share", ["landlord_id", "case_id", "asked_at", "id"])
    _owned(
        "disclosure",
        _who("share_id"),
        _at("at"),
        _who(),
        _text("way"),
        _list("parts"),
        _list("documents"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("sha256"),
        _sealed(),
        _sealed("file", nullable=True),
        links=(
            _to("disclosure", "case_id", "cases"),
            _to("disclosure", "share_id", "share"),
            _by("disclosure", "account_id"),
        ),
    )
    op.create_index("ix_disclosure_case", "disclosure", ["landlord_id", "case_id", "at", "id"])
    op.create_index("ix_disclosure_share", "disclosure", ["landlord_id", "share_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
