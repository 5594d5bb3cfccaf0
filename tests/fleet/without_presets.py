"""The command line without the presets, which are elsewhere: what it starts asks only what a test puts there."""

from bot import app
from bot.__main__ import main

if __name__ == "__main__":
    app.load_sources = lambda: ()
    main()
