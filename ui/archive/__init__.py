"""The archive in the page: the list of the articles, adding, removing and restoring them."""
