"""Just enough of Marionette, the remote control that Thunderbird has built in, to run scripts."""
import json
import os
import socket
import subprocess
import time

START_S = 180


class Thunderbird:
    """Thunderbird without a window, with a profile of its own. To be used with `with`."""

    def __init__(self, profile, log):
        os.makedirs(profile)
        with open(os.path.join(profile, "user.js"), "w", encoding="utf-8") as file:
            for name, value in PREFERENCES.items():
                file.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
        self.profile, self.log = profile, open(log, "w", encoding="utf-8")
        self.process, self.socket, self.number = None, None, 0

    def __enter__(self):
        environment = dict(os.environ, TZ="UTC", HOME=self.profile, MOZ_HEADLESS="1")
        self.process = subprocess.Popen(
            ["thunderbird", "--headless", "--no-remote", "--profile", self.profile, "--marionette",
             "--remote-allow-system-access"],
            stdout=self.log, stderr=self.log, env=environment)
        self.socket = socket.create_connection(("127.0.0.1", self.port()), timeout=START_S)
        self.file = self.socket.makefile("rb")
        self.receive()  # what it says of itself
        self.call("WebDriver:NewSession", {"capabilities": {}})
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.call("WebDriver:SetTimeouts", {"script": START_S * 1000})
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.socket.close()
        self.log.close()

    def port(self):
        """It takes a free one, and writes it down."""
        path = os.path.join(self.profile, "MarionetteActivePort")
        for _ in range(START_S * 4):
            if os.path.exists(path) and os.path.getsize(path):
                with open(path, encoding="ascii") as file:
                    return int(file.read())
            if self.process.poll() is not None:
                raise RuntimeError(f"Thunderbird ended with {self.process.returncode}")
            time.sleep(0.25)
        raise RuntimeError("Thunderbird did not start")

    def receive(self):
        size = b""
        while not size.endswith(b":"):
            byte = self.file.read(1)
            if not byte:
                raise RuntimeError("Thunderbird hung up")
            size += byte
        return json.loads(self.file.read(int(size[:-1])))

    def call(self, command, parameters):
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self.receive()
        assert number == self.number
        if error:
            raise RuntimeError(f"{command}: {error.get('message')}\n{error.get('stacktrace')}")
        return result

    def run(self, script, *args):
        """The value that the script, the body of an async function, returns."""
        body = ("const [resolve] = [arguments[arguments.length - 1]];"
                "(async (...args) => {" + script + "})(...arguments).then("
                "value => resolve({value}), error => resolve({error: String(error)}));")
        result = self.call("WebDriver:ExecuteAsyncScript",
                           {"script": body, "args": list(args), "sandbox": "system"})["value"]
        if "error" in result:
            raise RuntimeError(result["error"])
        return result.get("value")


PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.shell.checkDefaultClient": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mailnews.start_page.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "calendar.timezone.local": "UTC",
    "calendar.timezone.useSystemTimezone": False,
    "calendar.network.multirealm": False,
}
