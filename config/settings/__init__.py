"""`production` by default, `demo` when PUPITRE_DEMO=1, `test` under pytest; `base` is what they share."""
