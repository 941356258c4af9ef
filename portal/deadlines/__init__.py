"""Clocks started, met and missed, and the reminders that climb while nobody has acted."""
