"""The network of a telephone: slow, and cut while a file leaves."""

from pathlib import Path

from playwright.sync_api import Page, Response


def slow(page: Page, bytes_a_second: int) -> None:
    """The network of a telephone."""
    told = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", told)


def sent_part(answer: Response) -> bool:
    return answer.request.method == "PATCH" and answer.status == 204


def received(page: Page, upload: str) -> int:
    """Where the server says that an upload stands; asked as the browser does, for they share one connection."""
    return int(page.request.head(upload).headers["upload-offset"])


def start(page: Page, path: Path, speed: int) -> str:
    """Choose a file on a slow network, and wait for its first part to arrive; the address of the upload."""
    slow(page, speed)
    with page.expect_response(sent_part) as part:
        page.set_input_files("#id_files", path)
    return part.value.url
