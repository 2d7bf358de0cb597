"""The GAR: who is in each school, sent every night, and the page of bought resources (médiacentre)."""
