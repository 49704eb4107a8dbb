"""The catalog: what is known of traits, events and properties, and the inbox of new names."""
