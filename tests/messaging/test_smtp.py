"""Mail over a real SMTP server: what it holds, and what is made of a server's refusals."""

import ssl
from pathlib import Path
from uuid import UUID

import pytest

from portal.messaging.gateway import GatewayAwayError, LetterRefusedError, StaffLetter
from portal.messaging.local_outbox import LocalOutbox, NoCarrier, gateway_of
from portal.messaging.smtp import SmtpGateway
from portal.messaging.words import Kind
from portal.settings import Settings
from tests.messaging.mail_servers import certificate, free_port, mail_server

ID = UUID("01a20872-3b20-7dfb-97c5-adbfa711ee41")
LETTER = StaffLetter(ID, "robin@staff.example", Kind.DUE_NOW, "K7QXPF", "https://portal.example/desk/")


def test_a_mail_has_a_neutral_sender_fixed_words_and_always_the_same_id(settings: Settings) -> None:
    with mail_server() as server:
        gateway = SmtpGateway(server.settings(settings))
        gateway.send(LETTER)
        gateway.send(LETTER)
        gateway.close()
        one, two = server.mails
    assert one["From"] == settings.mail_from
    assert one["To"] == "robin@staff.example"
    assert one["Subject"] == "Something is due now (K7QXPF)"
    assert one["Message-ID"] == two["Message-ID"] == f"<{ID}@portal.invalid>"
    assert one["Auto-Submitted"] == "auto-generated"
    assert "https://portal.example/desk/" in one.get_content()
    assert one.get_content_type() == "text/plain"


def test_words_go_out_only_once_the_line_is_encrypted(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with mail_server(tls_context=context, require_starttls=True) as server:
        gateway = SmtpGateway(server.settings(settings, starttls=True))
        gateway.send(LETTER)
        gateway.close()
        assert len(server.raw) == 1


def test_a_server_that_cannot_encrypt_or_prove_who_it_is_gets_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    with mail_server() as server, pytest.raises(GatewayAwayError):
        SmtpGateway(server.settings(settings, starttls=True)).send(LETTER)
    assert server.raw == []
    unknown: ssl.SSLContext = certificate(tmp_path)
    with mail_server(tls_context=unknown) as server, pytest.raises(GatewayAwayError):
        SmtpGateway(server.settings(settings, starttls=True)).send(LETTER)
    assert server.raw == []


def test_a_server_that_is_away_is_not_the_letters_fault(settings: Settings) -> None:
    told = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": free_port()})
    with pytest.raises(GatewayAwayError) as fault:
        SmtpGateway(told).send(LETTER)
    assert str(fault.value) == "ConnectionRefusedError"


def test_a_refusal_is_kept_as_a_number_because_the_servers_words_hold_the_address(settings: Settings) -> None:
    with mail_server() as server:
        server.refused.add(LETTER.to)
        gateway = SmtpGateway(server.settings(settings))
        with pytest.raises(LetterRefusedError) as fault:
            gateway.send(LETTER)
        assert str(fault.value) == "refused 550"
        server.refused.clear()
        server.answer = "554 river@example.org is not welcome"
        with pytest.raises(LetterRefusedError) as fault:
            gateway.send(LETTER)
        assert str(fault.value) == "refused 554"
        server.answer = "250 OK"
        gateway.send(LETTER)
        gateway.close()
        assert len(server.raw) == 1


def test_without_a_mail_server_real_work_raises_the_alarm_and_a_demonstration_does_not(
    settings: Settings,
) -> None:
    assert isinstance(gateway_of(settings), LocalOutbox)
    demo = settings.model_copy(update={"portal_env": "demo"})
    assert isinstance(gateway_of(demo), LocalOutbox)
    real = settings.model_copy(update={"portal_env": "production"})
    assert isinstance(gateway_of(real), NoCarrier)
    with pytest.raises(GatewayAwayError):
        gateway_of(real).send(LETTER)
    assert isinstance(gateway_of(real.model_copy(update={"smtp_host": "mail.example"})), SmtpGateway)
