"""The first page of the room: what came from where and when."""
