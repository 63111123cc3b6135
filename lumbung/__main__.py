"""`python -m lumbung`: the same as `lumbung`."""

from lumbung.cli import main

main()
