"""facilitate with a clock that is as many minutes ahead as the first argument says."""

from __future__ import annotations

import datetime as dt
import sys

from facilitate.cli.main import main
from facilitate.session.clock import SystemClock

ahead = dt.timedelta(minutes=int(sys.argv.pop(1)))
now = SystemClock.now
SystemClock.now = lambda clock: now(clock) + ahead  # type: ignore[method-assign]
main()
