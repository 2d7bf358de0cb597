"""LTI 1.3 platform: exercises and courses of outside tools, placed in a course by its teacher, whose marks come back as drafts."""
