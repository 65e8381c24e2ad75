"""Word files that the portal writes, and reads back."""
