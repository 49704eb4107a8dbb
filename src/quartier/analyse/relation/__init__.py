"""The relation to us: lead, prospect, committed prospect, customer, lapsed, by conditions that are stated."""
