from applications.admin import cases, catalogue, forms, rounds

__all__ = ["cases", "catalogue", "forms", "rounds"]
