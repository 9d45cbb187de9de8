"""The incident record: acts coded from claims, shown as a table and by month. Holds no source."""
