"""What happens besides lessons: the shared calendar, class councils, meetings and outings, in layers that readers show or hide."""
