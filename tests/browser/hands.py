"""Hands that count: each touch of a journey is a tap; typing is not."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass
class Hand:
    """A finger on a page."""

    page: Page
    taps: int = 0

    def tap(self, name: str, role: str = "button") -> None:
        """Touch what bears this name."""
        self.page.get_by_role(role, name=name, exact=False).first.click()  # type: ignore[arg-type]
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        """Touch a field, unless the page has put the cursor there, and type."""
        field = self.page.get_by_label(label, exact=True)
        if not field.evaluate("field => field === document.activeElement"):
            field.click()
            self.taps += 1
        self.page.keyboard.type(text)

    def heading(self) -> str:
        """The title of the page."""
        return self.page.locator("h1").inner_text()
