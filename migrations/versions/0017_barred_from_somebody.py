"""A bar from somebody holds in every case in which that person is recognised."""

import sqlalchemy as sa
from alembic import op

from portal.store.row_security import CASE_OPEN_AT_FIRST, CASE_OPEN_TO_READER, follow, narrow

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_bar", sa.Column("person_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_case_bar_landlord_id_person_id"),
        "case_bar",
        "person",
        ["landlord_id", "person_id"],
        ["landlord_id", "id"],
    )
    op.execute("DROP POLICY person_key_follows_case ON person_key")
    op.execute("DROP POLICY cases_open_to_reader ON cases")
    op.execute(narrow("cases", "open_to_reader", CASE_OPEN_TO_READER))


def downgrade() -> None:
    op.execute("DROP POLICY cases_open_to_reader ON cases")
    op.execute(narrow("cases", "open_to_reader", CASE_OPEN_AT_FIRST))
    for statement in follow("person_key", case_id="cases"):
        op.execute(statement)
    op.drop_constraint(op.f("fk_case_bar_landlord_id_person_id"), "case_bar", type_="foreignkey")
    op.drop_column("case_bar", "person_id")
