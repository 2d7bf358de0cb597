"""The OpenID Connect provider: services let people in by codes and signed tokens."""
