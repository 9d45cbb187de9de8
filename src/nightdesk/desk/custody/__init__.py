"""Who did what to what, hash-chained; and the desk-wide audit in classes and weeks only."""
