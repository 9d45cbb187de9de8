"""Members, their roles, signing in, and the first screen. Roles are data: roles.toml."""
