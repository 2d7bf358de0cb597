"""iCalendar files for tests, written line by line as other tools do."""


def event(*lines: str, uid: str = "a@reseau", start: str = "20261203T170000", end: str = "20261203T190000") -> str:
    """An event at Paris time, with other lines."""
    zone = "TZID=Europe/Paris:"
    head = ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTART;{zone}{start}", f"DTEND;{zone}{end}")
    return "\r\n".join([*head, *(lines or ("SUMMARY:Réunion du réseau",)), "END:VEVENT"])


def calendar_file(*events: str) -> bytes:
    """A file that holds events; one meeting when none is given."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Autre outil//FR", "X-WR-CALNAME:Agenda du réseau")
    return ("\r\n".join([*head, *(events or (event(),)), "END:VCALENDAR"]) + "\r\n").encode()
