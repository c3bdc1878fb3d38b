"""One file for each command: its first line is its help, its `command` what runs."""
