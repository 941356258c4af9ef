"""Complaints about how a case was handled, linked to it; whoever handles one reads no more than is needed."""
