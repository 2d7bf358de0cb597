"""What the measures were made on: without it they mean nothing."""

import os
import platform
from pathlib import Path
from typing import Any

from bench.replay.servers import cores
from pupitre.foundation.postgres.binaries import find_binaries


def describe() -> dict[str, Any]:
    """Processor, memory, versions, and how busy others kept the machine."""
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": cores(),
        "memory_mb": int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) // 1024,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": find_binaries().full_version,
        "load_average": os.getloadavg(),
    }


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
