"""The command `jangkau`: what can be done from a terminal. Exit 0 done, 1 the work found problems, 2 wrong usage."""

from jangkau.web.site.cli.main import main

__all__ = ["main"]
