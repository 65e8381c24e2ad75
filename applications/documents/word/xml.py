"""Word's XML by the local names of its elements: the strict and the usual format differ only in the
addresses of their namespaces."""

from xml.etree.ElementTree import Element


def local(element: Element) -> str:
    """A name without its namespace; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(parent: Element | None, name: str) -> Element | None:
    if parent is None:
        return None
    return next((each for each in parent if local(each) == name), None)


def children(parent: Element | None, name: str) -> list[Element]:
    return [] if parent is None else [each for each in parent if local(each) == name]


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty where there is none."""
    if element is None:
        return ""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
