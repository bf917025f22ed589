"""All records, linked both ways, and what holds for them."""
