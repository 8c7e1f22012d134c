"""What Alembic runs: our connection, in the transaction that the caller has begun."""

from __future__ import annotations

from alembic import context

from rop_facilitator.records.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller has begun one transaction around all of it
)
context.run_migrations()
