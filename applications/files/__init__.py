"""Files as they come from strangers: named, judged by content and drawn. Pure."""
