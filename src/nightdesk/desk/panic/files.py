"""Panic on the disk: what can be done to a desk's folder without any key and without Django.

Whoever reaches the machine may lock the desk: a passphrase would only cost the seconds there are not.
Belongs here: erasing. Does not belong here: ending the process that holds the keys (the desk's locking).
"""

from __future__ import annotations

from pathlib import Path

from nightdesk.desk.private import alone, erase, write_private

SLOTS, RECOVERY, DESTROYED = "slots.json", "recovery.json", "destroyed"
HELD = "slots.lock"  # whoever changes the slots holds it
PATIENCE = 2.0  # seconds for a change in hand to end; one that hangs does not save the keys
DESTROY, FOR_EVER = "destroy", "destroy for ever"  # what must be typed, with paper shares and without
IN_KOREAN = {DESTROY: "파기", FOR_EVER: "영구 파기"}  # the same, for who reads the page in Korean


def has_shares(directory: Path) -> bool:
    """Whether paper shares were ever made: without them destroying is for ever."""
    return (directory / "keys" / RECOVERY).is_file()


def to_type(directory: Path) -> str:
    """The word that destroys here."""
    return DESTROY if has_shares(directory) else FOR_EVER


def destroy(directory: Path) -> None:
    """Overwrites and unlinks every member's slot; what is left opens with the paper shares alone.

    Under the slots' lock: a passphrase being changed has read that nothing is destroyed, and would write its
    slots back, or lose them to an unlink that was meant for the file before.
    """
    folder = directory / "keys"
    write_private(folder / DESTROYED, b"")  # whoever comes later makes no new file from what is held
    with alone(folder / HELD, PATIENCE):
        erase(folder / SLOTS)
        for half in folder.glob(f".{SLOTS}.*"):  # what a write that was cut short left behind
            erase(half)
