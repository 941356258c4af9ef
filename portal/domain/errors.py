"""What the portal refuses, as exceptions that a person can be told about; none ever carries personal data."""


class PortalError(Exception):
    """The root of all refusals that the portal raises on purpose."""


class NaiveTimeError(PortalError):
    """A moment without a time zone: it could be an hour wrong, so no clock accepts it."""


class BeyondCalendarError(PortalError):
    """A day in a year whose bank holidays are not known: a guess could make somebody wait too long."""
