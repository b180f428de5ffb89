"""How the bundled embedding model is trained and measured; not part of what is installed."""
