"""How the desk writes days and hours in each of its languages."""
