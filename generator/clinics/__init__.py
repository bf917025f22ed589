"""What clinics show on their sites: cards, how they are found, whose look they have. Pure."""
