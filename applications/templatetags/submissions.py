"""Showing a frozen submission: `{% load submissions %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

from applications.documents.chain_told import ChainTold, chain_told_of
from applications.documents.reading import Reading, read
from applications.documents.told_tables import ToldTable, told_goals, told_tables

register = template.Library()


@register.simple_tag
def reading(content: Mapping[str, Any]) -> Reading:
    """A submission's `data` worded in the active language: `{% reading content as shown %}`."""
    return read(content)


@register.simple_tag
def chain_told(content: Mapping[str, Any]) -> ChainTold | None:
    """Earlier case, training and other grants: `{% chain_told content as chain %}`."""
    return chain_told_of(content)


@register.simple_tag
def frozen_tables(content: Mapping[str, Any]) -> list[ToldTable]:
    """The tables of a submission's `data` in words."""
    return told_tables(content)


@register.simple_tag
def frozen_goals(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The Global Goals of a submission's `data`, the main ones first."""
    return told_goals(content)
