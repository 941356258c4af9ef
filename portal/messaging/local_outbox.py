"""No mail server: messages stay in the portal, where each person reads her own."""

from portal.messaging.gateway import Gateway, GatewayAwayError, Letter, only_a_letter
from portal.messaging.smtp import SmtpGateway
from portal.settings import Settings


class LocalOutbox:
    """For showing and for tests: every message counts as sent and stands on its reader's page of messages."""

    def send(self, letter: Letter) -> None:
        """Nothing leaves the machine."""
        only_a_letter(letter)

    def close(self) -> None:
        """Nothing is open."""


class NoCarrier:
    """Real work without a mail server: messages wait and the alarm shows, instead of passing for sent."""

    def send(self, letter: Letter) -> None:
        """Refuse."""
        only_a_letter(letter)
        raise GatewayAwayError("SMTP_HOST is not set")

    def close(self) -> None:
        """Nothing is open."""


def gateway_of(settings: Settings) -> Gateway:
    """What carries messages under these settings."""
    if settings.smtp_host:
        return SmtpGateway(settings)
    return NoCarrier() if settings.env == "production" else LocalOutbox()
