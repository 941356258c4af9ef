"""What people prove themselves with beside a password, what happened with it, and what a landlord asks of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from portal.store.row_security import APP_ROLE, OWN_LANDLORD, PLATFORM_ROLE, grant_app, protect

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

OF_ACCOUNTS = ("account_key", "authenticator", "recovery_code", "passkey", "sign_in_event", "challenge")
RULE = "sign_in_rule"
OWN_OR_OF_MY_LANDLORDS = (
    "CASE WHEN current_setting('portal.account_id', true) <> '' "
    "THEN EXISTS (SELECT FROM membership m WHERE m.landlord_id = sign_in_rule.landlord_id "
    "AND m.account_id = nullif(current_setting('portal.account_id', true), '')::uuid) "
    f"ELSE {OWN_LANDLORD} END"
)


def upgrade() -> None:
    _sessions()
    op.add_column("account_code", sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("account_code", "anew", server_default=None)
    op.create_table(
        "account_key", _account(), sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master", sa.String(), nullable=False), _at("made_at"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_key")), _of_account("account_key"),
    )  # fmt: skip
    op.create_table(
        "authenticator", _account(), sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False), _at("made_at"), _at("confirmed_at", nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_authenticator")), _of_account("authenticator"),
    )  # fmt: skip
    op.create_table(
        "recovery_code", _account(), sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _at("made_at"), _at("used_at", nullable=True),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_code")),
        _of_account("recovery_code"),
    )  # fmt: skip
    op.create_table(
        "passkey", sa.Column("id", sa.Uuid(), nullable=False), _account(),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False), _at("made_at"), _at("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")), _of_account("passkey"),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )  # fmt: skip
    op.create_index("ix_passkey_account", "passkey", ["account_id", "made_at"])
    op.create_table(
        "sign_in_event", sa.Column("id", sa.Uuid(), nullable=False), _account(), _at("at"),
        sa.Column("what", sa.String(), nullable=False), sa.Column("device", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_event")), _of_account("sign_in_event"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_sign_in_event_by_id")),
    )  # fmt: skip
    op.create_index("ix_sign_in_event_account", "sign_in_event", ["account_id", "at"])
    op.create_table(
        "challenge", sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False), _account(nullable=True), _at("ends_at"),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_challenge")), _of_account("challenge"),
    )  # fmt: skip
    op.create_index("ix_challenge_ends", "challenge", ["ends_at"])
    _rule()
    _grants()


def _sessions() -> None:
    """What was there was signed in with a password, when it was made."""
    table = "staff_session"
    for name in ("half", "enrol_due"):
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        op.alter_column(table, name, server_default=None)
    op.add_column(table, _at("proved_at", nullable=True))
    op.add_column(table, sa.Column("via", sa.String(), nullable=False, server_default="password"))
    op.add_column(table, sa.Column("opened", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.execute("UPDATE staff_session SET proved_at = made_at")
    op.alter_column(table, "proved_at", nullable=False)
    op.alter_column(table, "via", server_default=None)


def _rule() -> None:
    op.create_table(
        RULE, sa.Column("landlord_id", sa.Uuid(), nullable=False), sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False), sa.Column("revision", sa.Integer(), nullable=False),
        _at("changed_at"), sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_id", "id", name=op.f("pk_sign_in_rule")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_sign_in_rule_landlord_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_sign_in_rule_changed_by")),
        sa.UniqueConstraint("landlord_id", name=op.f("uq_sign_in_rule_landlord_id")),
    )  # fmt: skip
    for statement in (*protect(RULE, OWN_OR_OF_MY_LANDLORDS), grant_app(RULE)):
        op.execute(statement)


def _grants() -> None:
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON account_key TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, UPDATE ON account_key TO {PLATFORM_ROLE}")
    for table in ("authenticator", "recovery_code", "passkey", "challenge"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT ON sign_in_event TO {APP_ROLE}")


def downgrade() -> None:
    op.drop_table(RULE)
    for table in reversed(OF_ACCOUNTS):
        op.drop_table(table)
    op.drop_column("account_code", "anew")
    for name in ("opened", "via", "proved_at", "enrol_due", "half"):
        op.drop_column("staff_session", name)


def _account(*, nullable: bool = False) -> sa.Column:
    return sa.Column("account_id", sa.Uuid(), nullable=nullable)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id"))


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
