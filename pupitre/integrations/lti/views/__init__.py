"""What browsers and tools ask: setting a tool, opening and placing links, sign-on, marks and members."""
