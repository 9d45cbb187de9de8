"""`python -m nightdesk` is the command `nightdesk`; the programs start each other this way."""

from nightdesk.cli import main

main(prog_name="nightdesk")
