"""Surveys: documents that ask questions, and the answers that come back as messages of the journal."""
