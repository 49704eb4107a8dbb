"""The same segments counted by other means, written as someone who knows them would."""
