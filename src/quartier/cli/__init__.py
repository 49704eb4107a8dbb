"""The command line: one file per noun; each command parses, calls one function, prints.

Exit codes: 0 done; 1 a defect of Quartier; 2 what was given cannot be used; 4 another process holds the workspace;
5 what is on disk contradicts itself; 130 interrupted.
"""

from quartier.cli.main import main

__all__ = ["main"]
