"""The segment editor: a definition as a form that reads as a sentence, and back."""
