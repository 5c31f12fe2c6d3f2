"""Several people who press the same button at the same moment: real threads and connections."""

import threading
from collections.abc import Callable, Sequence

from django.db import connections

DEADLINE_SECONDS = 60


def at_once(steps: Sequence[Callable[[], object]]) -> list[object]:
    """Runs all steps from one starting line; gives what each returned or raised, in order."""
    line = threading.Barrier(len(steps))
    ends: list[object] = [None] * len(steps)

    def run(index: int) -> None:
        try:
            line.wait(DEADLINE_SECONDS)
            ends[index] = steps[index]()
        except Exception as raised:  # whatever it was, the test looks at it
            ends[index] = raised
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)
    return ends
