"""What each worker of the server loads."""

import gc

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# What was loaded stays for good: the collector need not look at it again at each round.
gc.collect()
gc.freeze()
