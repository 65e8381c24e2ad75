"""Texts as they are typed: cleaned, counted, compared, joined and found. Pure."""
