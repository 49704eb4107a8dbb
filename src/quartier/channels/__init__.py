"""How a message or a list travels: one module per channel, one way to send."""
