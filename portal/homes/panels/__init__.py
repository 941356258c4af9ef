"""A panel's one item, and the colleague who reported: asked in for it, there while it is talked about, never after."""
