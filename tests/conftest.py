"""What every test needs: this environment's own commands come first, as the `gradschool` command has them."""

from gradschool.cli import find_our_commands

pytest_plugins = ["browsing"]

find_our_commands()
