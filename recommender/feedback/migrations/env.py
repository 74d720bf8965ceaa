"""Alembic runs this; the connection comes from recommender.feedback.migrate, already inside a transaction."""

from alembic import context

from recommender.feedback.schema import VERSION_TABLE, Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
