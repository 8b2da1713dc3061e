"""facilitate with a fault planted in it: the key that extends a part divides by zero."""

from __future__ import annotations

from facilitate.cli.main import main
from facilitate.tui.screens.run import RunScreen


def extend(_screen: RunScreen) -> None:
    """Fail as a program fails that nobody has tried."""
    print(1 / 0)


if __name__ == "__main__":
    RunScreen.action_extend = extend  # type: ignore[assignment]
    main()
