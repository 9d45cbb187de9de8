"""A key for each source, under which everything lies that this source told."""
