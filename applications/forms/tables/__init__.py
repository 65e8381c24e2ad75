"""Tables with editors: a card for each row, and one form for each kind of row."""

from applications.forms.tables.table import DO, Table, table_of, tables_of

__all__ = ["DO", "Table", "table_of", "tables_of"]
