"""Why a ticket is refused: the codes of CAS 3.0, and a sentence for the logs of the service, which never names the ticket."""

REASONS = {
    "INVALID_REQUEST": "a parameter is missing",
    "INVALID_TICKET_SPEC": "this address takes no proxy ticket",
    "INVALID_TICKET": "the ticket is unknown, used or too old",
    "INVALID_SERVICE": "the ticket was given for another address",
    "UNAUTHORIZED_SERVICE": "this service takes no proxy ticket",
    "UNAUTHORIZED_SERVICE_PROXY": "this service may not act for people",
    "INVALID_PROXY_CALLBACK": "the callback is not the registered one, or did not answer",
    "INTERNAL_ERROR": "the person has no identifier for this service",
}


class Refused(Exception):
    """A ticket that is not honoured; `code` is one of CAS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def reason(self) -> str:
        """A sentence for whoever reads the logs of the service."""
        return REASONS[self.code]
