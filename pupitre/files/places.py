"""Where documents are kept: a folder of the state, or any server that speaks S3 when the environment names one.

`PUPITRE_S3_BUCKET`, `PUPITRE_S3_ENDPOINT` (https://…), `PUPITRE_S3_KEY`, `PUPITRE_S3_SECRET`, `PUPITRE_S3_REGION`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

# A server that does not answer is said so within seconds, not minutes.
_PATIENCE = {"connect_timeout": 3, "read_timeout": 15, "retries": {"total_max_attempts": 2}}
_IN_MEMORY = 1024 * 1024


def files_storage(environment: Mapping[str, str], state: Path) -> dict[str, Any]:
    """The entry of `STORAGES` for documents. Names are drawn, so that what is written again is the same thing."""
    bucket = environment.get("PUPITRE_S3_BUCKET")
    if not bucket:
        options: dict[str, Any] = {"location": state / "files", "allow_overwrite": True, "file_permissions_mode": 0o600}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environment.get("PUPITRE_S3_ENDPOINT") or None,
            "access_key": environment.get("PUPITRE_S3_KEY"),
            "secret_key": environment.get("PUPITRE_S3_SECRET"),
            "region_name": environment.get("PUPITRE_S3_REGION") or "us-east-1",
            "default_acl": None,
            "file_overwrite": True,
            # Beyond, a download goes through a temporary file.
            "max_memory_size": _IN_MEMORY,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                # Servers other than Amazon's do not all know the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                **_PATIENCE,
            ),
        },
    }
