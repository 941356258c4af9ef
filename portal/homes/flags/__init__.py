"""Marks on people and addresses: what somebody at a door has to do, and nothing of why."""
