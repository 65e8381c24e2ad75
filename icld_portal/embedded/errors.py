class EmbeddedError(Exception):
    """An embedded server cannot run. The text is one sentence a newcomer can act on."""
