"""What the portal was told at its start: read once from the environment, then handed on as one frozen value."""

from portal.settings.errors import SettingsError
from portal.settings.model import PROJECT, Environment, Settings
from portal.settings.reading import read_settings

__all__ = ["PROJECT", "Environment", "Settings", "SettingsError", "read_settings"]
