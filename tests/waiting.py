"""Waiting for what a program does in its own time."""
import time


def until(holds, seconds=60):
    """What `holds` gives as soon as that is true."""
    deadline = time.monotonic() + seconds
    while not (value := holds()):
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.05)
    return value
