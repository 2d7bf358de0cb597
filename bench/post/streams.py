"""A thousand open pages: what their process weighs, and how soon they hear."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from bench.post.place import TUESDAY, place_for_post, resident_mb, run, start


def streams(pages: int, port: int) -> dict[str, Any]:
    """Open the pages, tell everyone something, and watch."""
    told = place_for_post() / "sessions.json"
    run("bench.post.steps", "sessions", str(told), str(pages))
    keys = json.loads(Path(told).read_text())
    server = start("events", f"--port={port}", now=TUESDAY, since=time.time())
    try:
        return asyncio.run(_watch(keys, server.pid, port))
    finally:
        server.terminate()
        server.wait()


async def _watch(keys: list[str], pid: int, port: int) -> dict[str, Any]:
    await _answers(port)
    empty_mb = resident_mb(pid)
    heard: list[float] = []
    pages = [asyncio.create_task(_page(key, port, heard)) for key in keys]
    while len(heard) < len(keys):
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    open_mb = resident_mb(pid)
    heard.clear()
    await asyncio.to_thread(
        run, "bench.post.steps", "announce", str(place_for_post() / "announced.json"), str(len(keys))
    )
    told_at = json.loads((place_for_post() / "announced.json").read_text())["told_at"]
    for _time in range(300):
        if len(heard) >= len(keys):
            break
        await asyncio.sleep(0.1)
    after_mb = resident_mb(pid)
    for page in pages:
        page.cancel()
    delays = sorted(at - told_at for at in heard)
    return {
        "pages": len(keys), "empty_mb": empty_mb, "open_mb": open_mb, "after_mb": after_mb, "heard": len(heard),
        "p50_seconds": delays[len(delays) // 2], "p99_seconds": delays[int(len(delays) * 0.99)],
    }  # fmt: skip


async def _page(key: str, port: int, heard: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /evenements/ HTTP/1.1\r\nHost: localhost\r\nCookie: pupitre_session={key}\r\n\r\n".encode())
    while line := await reader.readline():
        if line.startswith(b"data:"):
            heard.append(time.time())


async def _answers(port: int) -> None:
    for _time in range(300):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        await asyncio.sleep(1)
        return
    raise RuntimeError("pupitre events never answered")
