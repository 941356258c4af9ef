"""A Firefox with a folder of its own, driven over its own wire (Marionette)."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIREFOX = next((path for path in map(shutil.which, ("firefox-esr", "firefox")) if path), None)
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SHIFT, ENTER = "\ue008", "\ue007"
PATIENCE = 20  # seconds
AT_HOME = {
    "remote.prefs.recommended": False,  # what a test tool turns off, and a browser at home does not
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
}


class Firefox:
    """What a person does with it, in the words of its wire."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._number = 0
        self._read()
        self.do("WebDriver:NewSession", capabilities={})
        self.do("WebDriver:SetTimeouts", implicit=PATIENCE * 1000)

    def do(self, name: str, **said: object) -> dict[str, Any]:
        """One command, and what it answers."""
        self._number += 1
        words = json.dumps([0, self._number, name, said])
        self._line.sendall(f"{len(words.encode())}:{words}".encode())
        _, _, fault, answer = json.loads(self._read())
        assert not fault, f"{name} {said}: {fault['error']}: {fault['message']}"
        return answer or {}

    def open(self, address: str) -> None:
        """Write an address into the bar."""
        self.do("WebDriver:Navigate", url=address)

    def find(self, xpath: str) -> str:
        """The first that there is, waited for."""
        found: str = self.do("WebDriver:FindElement", using="xpath", value=xpath)["value"][ELEMENT]
        return found

    def reads(self, heading: str) -> None:
        """Wait for the page with this heading."""
        self.find(f'//h1[normalize-space()="{heading}"]')

    def press(self, words: str, what: str = "*[self::a or self::button or self::label]") -> None:
        """Press what says this, once nothing else is under way."""
        self.find("/html[not(@aria-busy)]")
        self.do("WebDriver:ElementClick", id=self.find(f'//{what}[contains(normalize-space(), "{words}")]'))

    def enter(self, xpath: str) -> None:
        """Press Enter on it, and wait for nothing."""
        self.do("WebDriver:ElementSendKeys", id=self.find(xpath), text=ENTER)

    def write(self, name: str, words: str) -> None:
        """Write into the field of this name."""
        self.do("WebDriver:ElementSendKeys", id=self.find(f'//*[@name="{name}"]'), text=words)

    def text(self, xpath: str) -> str:
        """What stands there."""
        said: str = self.do("WebDriver:GetElementText", id=self.find(xpath))["value"]
        return said

    def is_at(self, address: str) -> None:
        """Wait until the bar says this, whether or not there is a line to it."""
        ends = time.monotonic() + PATIENCE
        while not (seen := self.do("WebDriver:GetCurrentURL")["value"]).startswith(address):
            assert time.monotonic() < ends, f"still at {seen}"
            time.sleep(0.1)

    def press_shift(self, times: int) -> None:
        """Press Shift and let go of it."""
        pressed = [{"type": kind, "value": SHIFT} for _ in range(times) for kind in ("keyDown", "keyUp")]
        self.do("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": pressed}])

    def close_the_tab(self) -> None:
        """Close it, with another one beside it so that the browser stays."""
        self.do("WebDriver:NewWindow", type="tab", focus=False)
        self.do("WebDriver:CloseWindow")

    def _read(self) -> bytes:
        size = b""
        while (byte := self._line.recv(1)) != b":":
            assert byte, "it hung up"
            size += byte
        left, words = int(size), b""
        while len(words) < left:
            words += self._line.recv(left - len(words))
        return words


@contextmanager
def firefox(profile: Path, *, js: bool) -> Iterator[Firefox]:
    """A browser as somebody has it at home; at the end it is left as by its own menu, and has written all it writes."""
    port = _free()
    wanted = AT_HOME | {"marionette.port": port, "javascript.enabled": js}
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in wanted.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [str(FIREFOX), "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with _reached(port) as line:
                driven = Firefox(line)
                yield driven
                driven.do("Marionette:Quit", flags=["eAttemptQuit"])
            process.wait(PATIENCE)
        finally:
            process.kill()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _reached(port: int) -> socket.socket:
    ends = time.monotonic() + 3 * PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=3 * PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < ends, "Firefox did not start"
            time.sleep(0.1)
