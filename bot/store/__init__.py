"""SQLAlchemy tables and queries over SQLite and PostgreSQL."""
