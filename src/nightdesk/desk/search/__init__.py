"""Full-text search over everything a member may see. What is found still comes through `visible_to`."""
