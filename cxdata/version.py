"""The version of the program: the package, its files and the wheel read it here."""

__version__ = "0.1.0"
