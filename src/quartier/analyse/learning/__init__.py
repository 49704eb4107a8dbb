"""What drivers, propensities and associations share: clues from traits, models that learn, how good they are, leaks.

Pure modules over NumPy arrays; nothing here touches store or engine.
"""
