"""PRONOTE beside Pupitre: entering it, showing what it says on the home, giving it the numbers of people."""
