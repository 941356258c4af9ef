"""The figures of a quarter as they were published: once, and never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from portal.store.row_security import grant_app, protect

revision = "0093"
down_revision = "0074"
branch_labels = None
depends_on = None

PUBLISHED = "published_figures"


def upgrade() -> None:
    op.create_table(
        PUBLISHED,
        sa.Column("landlord_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_published_figures")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_published_figures_landlord_id")),
        sa.UniqueConstraint("landlord_id", "quarter", name=op.f("uq_published_figures_landlord_id_quarter")),
    )
    for statement in (*protect(PUBLISHED), grant_app(PUBLISHED)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(PUBLISHED)
