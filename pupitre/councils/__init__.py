"""Class councils: what is missing before, the screen of each student while it sits, its minutes and its summary after."""
