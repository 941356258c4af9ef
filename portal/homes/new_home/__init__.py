"""Where somebody went: a secret of its own, with readers of its own, that stands on no other page."""
