"""Django's SQLite backend over SQLCipher: the same SQL, every page of every file encrypted."""
