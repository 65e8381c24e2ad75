from partnerships.admin import countries, networks, organisations, partnerships

__all__ = ["countries", "networks", "organisations", "partnerships"]
