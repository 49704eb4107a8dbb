"""The room of data: what came from where, files brought in, rejected rows, sources, catalog, quality, what arrives."""
