"""What the drop holds is readable by its owner alone."""

from nightdesk.drop.store import Store


def test_the_drops_file_and_its_journals_are_for_the_owner_alone(tmp_path):
    path = tmp_path / "drop.sqlite3"
    path.touch(mode=0o644)  # as an older version left it
    store = Store(path, 10)
    store.publish("keys", b"x", None).result()
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    store.close()
    assert "drop.sqlite3-wal" in modes
    assert set(modes.values()) == {0o600}, modes
