"""The room `channels`."""
