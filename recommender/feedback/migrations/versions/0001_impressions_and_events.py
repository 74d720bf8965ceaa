"""What was shown, and what people did and said about it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "parley_impressions",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.Column("propensity", sa.Float(53), nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("arm", sa.Text, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("parley_impressions_request", "parley_impressions", ["request_id", "position"], unique=True)
    op.create_index("parley_impressions_session", "parley_impressions", ["session", "item"])
    op.create_index("parley_impressions_person", "parley_impressions", ["person"])
    op.create_table(
        "parley_events",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("parley_events_person", "parley_events", ["person", "at", "id"])
    op.create_index("parley_events_time", "parley_events", ["at", "id"])
    op.create_index("parley_events_key", "parley_events", ["key"], unique=True)


def downgrade() -> None:
    op.drop_table("parley_events")
    op.drop_table("parley_impressions")
