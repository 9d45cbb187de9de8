"""Replies to sources: written on a report's page, closed into cells of the board, put up at the drop."""
