"""`python -m onedoor`: the same as the `onedoor` command."""

from onedoor.tools.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
