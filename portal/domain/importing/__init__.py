"""Tables that come from another system: which column means what, and everything that is wrong with a line."""
