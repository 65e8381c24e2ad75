"""Cost types and exchange rates. Schedules are in `applications.admin`, which knows the rounds."""

from funding.admin import cost_types, rates

__all__ = ["cost_types", "rates"]
