from partnerships.admin import countries, organisations, partnerships

__all__ = ["countries", "organisations", "partnerships"]
