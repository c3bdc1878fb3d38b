"""The methods of estimation, one file each: a file with `TITLE`, `COVERAGE` and `answer` in this folder is a method.

Nothing is registered; a contributor adds a file and its name is known.
"""
