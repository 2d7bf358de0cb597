"""The CAS 3.0 server: services let people in on the word of this house, by tickets."""
