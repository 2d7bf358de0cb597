"""The post room under load: a Monday at seven, a message to a whole school, a thousand open pages."""
