"""The cahier de textes: what was done in each lesson, the work that students have to do, and what they hand in."""
