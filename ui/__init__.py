"""People in: the page and the command line."""
