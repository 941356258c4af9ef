"""Closing a case: why, what risk is left, whether they were told, who agreed, and what comes after."""
