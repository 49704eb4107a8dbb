"""`python -m quartier`: the command line."""

from quartier.cli import main

main()
