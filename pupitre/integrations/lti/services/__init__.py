"""What is done with tools: setting them, leading people there, proving who speaks, placing links, keeping marks."""
