"""The journal's messages into the engine's tables: micro-batches when live, all of them at a rebuild, equal tables.

A chunk of messages is read by DuckDB (`reading`), the structure of its values found (`shapes`), new names given a type
once and for all (`learning`), whose message it is (`identify`), then values spread over columns (`spreading`) and
written: traits (`subjects`) and events (`happenings`). `run` ties them together.
"""
