"""The hall: home page, menu, search, gathered from what rooms offer."""
