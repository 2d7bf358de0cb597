"""Hot pages opened again and again by signed-in visitors, and what each view costs."""
