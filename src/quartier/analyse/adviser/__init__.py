"""The adviser: which families of segmentation the data bear today, by which method, and what is missing."""
