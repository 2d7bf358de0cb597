"""Monday morning with everything due at once: two workers, one of which is killed in the middle, twice."""

import json
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench.post.place import MONDAY_MORNING, place_for_post, run, start
from config.cli import say

WORKERS, KILLS = 2, (0.3, 0.6)
MOST_MINUTES = 60


class Letterbox:
    """A mail server that counts what it is given, by `Message-ID`."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Called by aiosmtpd."""
        for line in envelope.content[:2000].split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                self.received[line.partition(b":")[2].strip().decode()] += 1
        return "250 OK"


def release(notices: int, port: int) -> dict[str, Any]:
    """Let the workers send everything; what was received, how many times, how fast."""
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    since = started = time.time()
    smtp = {"PUPITRE_SMTP": f"smtp://127.0.0.1:{port}"}
    workers = [start("work", now=MONDAY_MORNING, since=since, **smtp) for _worker in range(WORKERS)]
    first_at, most_at, killed = 0.0, 0.0, 0
    try:
        while len(box.received) < notices and time.time() - started < MOST_MINUTES * 60:
            time.sleep(0.2)
            first_at = first_at or (time.time() if box.received else 0.0)
            # The last tenth waits for the lease of what the dead had taken.
            most_at = most_at or (time.time() if len(box.received) >= 0.9 * notices else 0.0)
            if killed < len(KILLS) and len(box.received) >= notices * KILLS[killed]:
                victim = workers[killed % WORKERS]
                victim.send_signal(signal.SIGKILL)
                victim.wait()
                killed += 1
                say(f"  {len(box.received)} reçus : un ouvrier est tué")
                workers[(killed - 1) % WORKERS] = start("work", now=MONDAY_MORNING, since=since, **smtp)
        done_at = time.time()
        # A duplicate would come after the lease of what was taken by the dead.
        time.sleep(200)
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()
        server.stop()
    told = place_for_post() / "counted.json"
    run("bench.post.steps", "counted", str(told), now=MONDAY_MORNING)
    facts: dict[str, Any] = json.loads(Path(told).read_text())
    seconds = done_at - first_at
    return facts | {
        "workers": WORKERS, "killed": killed, "received": len(box.received), "total": box.received.total(),
        "received_twice": sum(1 for times in box.received.values() if times > 1),
        "seconds": seconds, "a_second": 0.9 * notices / (most_at - first_at) if most_at else 0.0,
    }  # fmt: skip
