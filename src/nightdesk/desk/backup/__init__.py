"""Backup, restore and paper shares: the whole desk in one sealed place that is not this machine."""
