"""What each worker of the server loads."""

import gc

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

application = get_wsgi_application()

# Every view is loaded now: before the first visitor, and before the workers part.
_ = get_resolver().url_patterns

# What was loaded stays for good: the collector need not look at it again at each round.
gc.collect()
gc.freeze()
