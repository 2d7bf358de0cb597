"""Who: people, their roles in schools, families, groups. What national imports give, and no more."""
