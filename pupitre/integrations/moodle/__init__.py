"""A school's Moodle: its accounts, classes and courses kept like ours, its courses and deadlines shown, its marks brought back."""
