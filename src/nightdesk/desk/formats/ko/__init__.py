"""Read by Django: settings.FORMAT_MODULE_PATH."""
