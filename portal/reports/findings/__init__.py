"""Audits of closed cases, and recommendations with an owner, a day and evidence."""
