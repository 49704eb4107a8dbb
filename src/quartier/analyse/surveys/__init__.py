"""What a survey found: for each question how people answered, each estimate with its interval."""
