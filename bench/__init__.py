"""How fast the portal is, by `make bench`: figures to look at, never a verdict that fails."""
