"""The command line without the presets, which are elsewhere: what it starts asks only what a test puts there.

How long a process has for its end, before it is ended by force, is not the business of tests on a busy machine.
"""

from functools import partial

from bot import app, ending
from bot.__main__ import main
from bot.last_resort import LastResort

if __name__ == "__main__":
    app.load_sources = lambda: ()
    ending.LastResort = partial(LastResort, seconds=300.0)  # type: ignore[assignment, misc]
    main()
