"""Moments that are waited for, also when the clock has gone wrong meanwhile."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_

FARTHEST = timedelta(days=9)
"""How far ahead a moment to wait for can be: a digest's by a week, a flood wait's by a day. What is farther was written
while the clock went wrong, and is not waited for."""

LONGEST_LEASE = timedelta(hours=1)
"""Longer than any lease; one that ends later was taken while the clock went wrong."""


def reached(moment: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    """Say whether a moment to wait for, if any, is there."""
    return or_(moment.is_(None), moment <= now, moment > now + FARTHEST)


def is_free(until: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    """Say whether nobody holds a lease."""
    return or_(until.is_(None), lease_ended(until, now))


def lease_ended(until: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    """Say whether a lease has ended."""
    return or_(until < now, until > now + LONGEST_LEASE)
