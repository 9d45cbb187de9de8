"""What was told, as told, with its reading. `Report.objects.visible_to(member)` is the only way to fetch."""
