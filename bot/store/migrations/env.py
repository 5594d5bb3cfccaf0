"""What Alembic runs: it is given a connection by bot.store.migrate."""

from alembic import context

from bot.store.tables import metadata

connection = context.config.attributes["connection"]
# SQLite cannot alter most of a table; batch mode rebuilds it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
