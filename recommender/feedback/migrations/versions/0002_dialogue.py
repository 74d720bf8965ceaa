"""Lasting wishes, questions without an answer, and conversations for a person of the shop."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "parley_preferences",
        *_who_and_when(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("attribute", sa.Text, nullable=True),
        sa.Column("value", sa.Text, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("parley_preferences_person", "parley_preferences", ["person", "id"])
    op.create_table(
        "parley_questions",
        *_who_and_when(),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.Column("source", sa.Text, nullable=True),
    )
    op.create_table(
        "parley_handovers",
        *_who_and_when(),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
    )
    for table in ("parley_questions", "parley_handovers"):
        op.create_index(f"{table}_person", table, ["person"])
        op.create_index(f"{table}_time", table, ["at", "id"])


def downgrade() -> None:
    for table in ("parley_handovers", "parley_questions", "parley_preferences"):
        op.drop_table(table)


def _who_and_when() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
