"""Recommendations: what each customer may buy next, by what customers who bought the same went on to buy."""
