"""Psychographic and needs: what lies behind answers. Factors of scales, classes of answers, themes of open answers."""
