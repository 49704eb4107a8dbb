"""Score: points out of 100 by criteria that are stated, each point traced to a fact."""
