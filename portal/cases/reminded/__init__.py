"""Reminders of meetings to those who asked for them: what was sent, and what could not be sent safely."""
