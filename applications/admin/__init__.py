from applications.admin import cases, catalogue, forms, rounds, schedules

__all__ = ["cases", "catalogue", "forms", "rounds", "schedules"]
